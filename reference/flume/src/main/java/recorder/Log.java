package recorder;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Property;

/** What Flume logs: kept here instead of printed, so that a recording can hold the exact words. */
final class Log {
  private static final List<LogEvent> LINES = new ArrayList<>();

  private Log() {}

  static void listen() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    Configuration configuration = context.getConfiguration();
    configuration.getRootLogger().getAppenders().keySet()
        .forEach(configuration.getRootLogger()::removeAppender);
    AbstractAppender keeper = new AbstractAppender("kept", null, null, true, Property.EMPTY_ARRAY) {
      @Override
      public void append(LogEvent event) {
        synchronized (LINES) {
          LINES.add(event.toImmutable());
        }
      }
    };
    keeper.start();
    configuration.getRootLogger().addAppender(keeper, Level.INFO, null);
    configuration.getRootLogger().setLevel(Level.INFO);
    context.updateLoggers();
  }

  /** What `logger` (a class or package) has said since the last call, from `least` up. */
  static List<LogEvent> since(String logger, Level least) {
    synchronized (LINES) {
      List<LogEvent> found = new ArrayList<>();
      for (LogEvent line : LINES) {
        boolean serious = line.getLevel().isMoreSpecificThan(least);
        if (serious && line.getLoggerName().startsWith(logger)) found.add(line);
      }
      LINES.clear();
      return found;
    }
  }
}
