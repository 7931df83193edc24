package recorder;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
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

  /** Prints at the standard output what `logger` says with this beginning, and nothing else of it. */
  static void print(String logger, String beginning) {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    Configuration configuration = context.getConfiguration();
    AbstractAppender printer =
        new AbstractAppender(logger, null, null, true, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            String text = event.getMessage().getFormattedMessage();
            if (text.startsWith(beginning)) System.out.println(text);
          }
        };
    printer.start();
    LoggerConfig own = new LoggerConfig(logger, Level.INFO, false);
    own.addAppender(printer, Level.INFO, null);
    configuration.addLogger(logger, own);
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
