package recorder;

import static recorder.Case.object;
import static recorder.Case.properties;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.client.avro.ReliableSpoolingFileEventReader;
import org.apache.flume.instrumentation.SourceCounter;
import org.apache.flume.source.SpoolDirectorySourceConfigurationConstants.ConsumeOrder;

/** The reader of a spooling directory: which file comes next, and what it does not forgive. */
final class Spooldirs {
  private Spooldirs() {}

  static void record(List<Case> cases) throws Exception {
    order(cases, "spooldir-oldest-first",
        "The file changed longest ago is read first, the smaller name among equals; hidden and finished ones never.",
        properties("spoolDir = /spool"),
        "b 3000", "a 5000", "d 1000", "c 1000", ".hidden 0", "e.COMPLETED 0");
    order(cases, "spooldir-youngest-first",
        "The file changed last is read first, and among equals still the smaller name.",
        properties("spoolDir = /spool", "consumeOrder = youngest"),
        "b 3000", "a 5000", "d 1000", "c 1000", "f 5000");
    order(cases, "spooldir-patterns",
        "Both patterns have to match the whole name, and what is ignored is not included.",
        properties("spoolDir = /spool", "includePattern = .*[.]txt", "ignorePattern = b.*",
            "fileSuffix = .done"),
        "a.txt 1000", "b.txt 2000", "c.txt.gz 3000", "xb.txt 4000", "d.txt.done 5000");
    changed(cases);
    reused(cases);
    restarted(cases);
  }

  private static void order(
      List<Case> cases, String name, String says, Map<String, String> properties, String... files)
      throws Exception {
    Case recorded = new Case(name, Topic.RECALLED, "spooldir-order", says).config(properties);
    Path directory = Files.createTempDirectory("flume-spool");
    List<Object> listing = new ArrayList<>();
    for (String file : files) {
      String[] parts = file.split(" ");
      write(directory.resolve(parts[0]), Long.parseLong(parts[1]), "x");
      listing.add(object("name", parts[0], "modifiedMs", Long.parseLong(parts[1])));
    }
    ReliableSpoolingFileEventReader reader = readerOf(directory, properties);
    List<String> read = new ArrayList<>();
    for (List<Event> events = reader.readEvents(10); !events.isEmpty(); events = reader.readEvents(10)) {
      read.add(events.get(0).getHeaders().get("basename"));
      reader.commit();
    }
    recorded.step(object("files", listing), read);
    reader.close();
    Temporary.delete(directory);
    cases.add(recorded);
  }

  private static void changed(List<Case> cases) throws Exception {
    Case recorded = start("spooldir-file-changed-while-it-was-read",
        "A file that grows is delivered with what was added in time, and then stops the source for good.");
    Path directory = Files.createTempDirectory("flume-spool");
    write(directory.resolve("a"), 1000, "1", "2");
    ReliableSpoolingFileEventReader reader = readerOf(directory, Map.of());
    recorded.step(object("write", "/spool/a", "lines", List.of("1", "2")), "ok");
    recorded.step(object("read", 1), read(reader, 1, directory));
    write(directory.resolve("a"), 9000, "1", "2", "3");
    recorded.step(object("write", "/spool/a", "lines", List.of("1", "2", "3")), "ok");
    for (int i = 0; i < 3; i++) recorded.step(object("read", 5), read(reader, 5, directory));
    reader.close();
    Temporary.delete(directory);
    cases.add(recorded);
  }

  private static void reused(List<Case> cases) throws Exception {
    Case recorded = start("spooldir-name-used-again",
        "A name that was finished before stops the source, after all of the new file was delivered.");
    Path directory = Files.createTempDirectory("flume-spool");
    write(directory.resolve("a.COMPLETED"), 500, "0");
    write(directory.resolve("a"), 1000, "1");
    ReliableSpoolingFileEventReader reader = readerOf(directory, Map.of());
    recorded.step(object("write", "/spool/a.COMPLETED", "lines", List.of("0")), "ok");
    recorded.step(object("write", "/spool/a", "lines", List.of("1")), "ok");
    for (int i = 0; i < 2; i++) recorded.step(object("read", 5), read(reader, 5, directory));
    reader.close();
    Temporary.delete(directory);
    cases.add(recorded);
  }

  private static void restarted(List<Case> cases) throws Exception {
    Case recorded = start("spooldir-restart-in-the-middle-of-a-file",
        "A new start goes on behind the last committed batch; what was read and not committed comes again.");
    Path directory = Files.createTempDirectory("flume-spool");
    write(directory.resolve("a"), 1000, "1", "2", "3", "4");
    recorded.step(object("write", "/spool/a", "lines", List.of("1", "2", "3", "4")), "ok");
    ReliableSpoolingFileEventReader first = readerOf(directory, Map.of());
    recorded.step(object("read", 2), read(first, 2, directory));
    recorded.step(object("read", 1, "commit", false), bodies(first.readEvents(1)));
    recorded.step(object("call", "kill and start"), "ok");
    ReliableSpoolingFileEventReader second = readerOf(directory, Map.of());
    recorded.step(object("read", 5), read(second, 5, directory));
    recorded.step(object("read", 5), read(second, 5, directory));
    second.close();
    Temporary.delete(directory);
    cases.add(recorded);
  }

  private static Case start(String name, String says) {
    String topic = name.contains("restart") ? Topic.RESTART : Topic.RECALLED;
    return new Case(name, topic, "spooling-reader", says).config(properties("spoolDir = /spool"));
  }

  /** @return the bodies of a batch, which is committed then, or the exception's message */
  private static Object read(ReliableSpoolingFileEventReader reader, int count, Path directory)
      throws Exception {
    try {
      List<Event> events = reader.readEvents(count);
      reader.commit();
      return bodies(events);
    } catch (RuntimeException thrown) {
      return thrown.getMessage().replace(directory.toString(), "/spool");
    }
  }

  private static List<String> bodies(List<Event> events) {
    return events.stream().map(Events::body).toList();
  }

  private static void write(Path file, long modifiedMs, String... lines) throws Exception {
    Files.writeString(file, String.join("\n", lines) + "\n");
    Files.setLastModifiedTime(file, FileTime.fromMillis(modifiedMs));
  }

  private static ReliableSpoolingFileEventReader readerOf(
      Path directory, Map<String, String> properties) throws Exception {
    var builder = new ReliableSpoolingFileEventReader.Builder()
        .spoolDirectory(directory.toFile()).annotateBaseName(true).baseNameHeader("basename")
        .sourceCounter(new SourceCounter("r1"));
    // The builder's own default is the name of the key.
    builder.completedSuffix(properties.getOrDefault("fileSuffix", ".COMPLETED"));
    if (properties.containsKey("includePattern")) builder.includePattern(properties.get("includePattern"));
    if (properties.containsKey("ignorePattern")) builder.ignorePattern(properties.get("ignorePattern"));
    if (properties.containsKey("consumeOrder")) {
      builder.consumeOrder(ConsumeOrder.valueOf(properties.get("consumeOrder").toUpperCase()));
    }
    return builder.build();
  }
}
