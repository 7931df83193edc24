package recorder;

import static recorder.Case.object;

import java.io.File;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.serialization.DurablePositionTracker;
import org.apache.flume.serialization.EventDeserializer;
import org.apache.flume.serialization.EventDeserializerFactory;
import org.apache.flume.serialization.ResettableFileInputStream;
import org.apache.flume.sink.LoggerSink;
import org.apache.logging.log4j.Level;

/** How lines become events (`LineDeserializer`), and how the logger sink prints them. */
final class Texts {
  private Texts() {}

  static void record(List<Case> cases) throws Exception {
    lines(cases, "long-lines-are-split", 10,
        "A line that is too long is split, not cut, and one of exactly the maximum leaves an empty event behind.",
        "abcdefghijklmnopqrstuvwxyz", "123456789", "1234567890", "12345678901", "", "tail\r");
    lines(cases, "a-line-of-one-character", 1,
        "With a maximum of one, every character is an event and every line ends in an empty one.",
        "ab", "");
    logger(cases);
  }

  private static void lines(
      List<Case> cases, String name, int maxLineLength, String says, String... lines)
      throws Exception {
    Case recorded = new Case(name, Topic.RECALLED, "line-deserializer", says)
        .config(object("maxLineLength", maxLineLength));
    for (String line : lines) recorded.step(object("line", line), eventsOf(line, maxLineLength));
    cases.add(recorded);
  }

  private static List<String> eventsOf(String line, int maxLineLength) throws Exception {
    File file = Files.createTempFile("flume", ".txt").toFile();
    File meta = Files.createTempFile("flume", ".meta").toFile();
    meta.delete();
    Files.writeString(file.toPath(), line + "\n");
    List<String> bodies = new ArrayList<>();
    var tracker = DurablePositionTracker.getInstance(meta, file.getPath());
    Context context = new Context(Map.of("maxLineLength", String.valueOf(maxLineLength)));
    try (var in = new ResettableFileInputStream(file, tracker)) {
      EventDeserializer deserializer = EventDeserializerFactory.getInstance("LINE", context, in);
      for (Event event = deserializer.readEvent(); event != null; event = deserializer.readEvent()) {
        bodies.add(Events.body(event));
      }
    }
    file.delete();
    meta.delete();
    return bodies;
  }

  private static void logger(List<Case> cases) throws Exception {
    Case recorded = new Case("logger-prints-sixteen-bytes", Topic.RECALLED, "logger-sink",
        "The logger sink prints at most 16 bytes, in hexadecimal and as text, with a dot for what is not printable.");
    MemoryChannel channel = Events.roomy("c1");
    LoggerSink sink = new LoggerSink();
    sink.setName("k1");
    sink.setChannel(channel);
    sink.start();
    for (Event event : List.of(
        Events.event("hello", Map.of()), Events.event("Hello world!\r", Map.of()),
        Events.event("", Map.of()), Events.event("0123456789abcdef", Map.of("host", "web1")),
        Events.event("0123456789abcdefg", Map.of()), Events.event("p\u0159\u00edli\u0161 \u20ac5\t~\u007f", Map.of()))) {
      Map<String, Object> step = Events.written(event);
      Events.put(channel, List.of(event));
      Log.since("", Level.ALL);
      sink.process();
      String line = Log.since(LoggerSink.class.getName(), Level.INFO).get(0)
          .getMessage().getFormattedMessage();
      recorded.step(step, line.substring("Event: ".length()));
    }
    cases.add(recorded);
  }
}
