package recorder;

import static recorder.Case.object;
import static recorder.Case.properties;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.conf.Configurables;
import org.apache.flume.sink.hdfs.ObservedHdfsSink;

/** `HDFSEventSink` on a local disk: which files it makes, and when it closes and renames them. */
final class HdfsSinks {
  private final Case recorded;
  private final Path directory;
  private final ObservedHdfsSink sink = new ObservedHdfsSink();
  private final boolean realTime;
  private long nowMs;

  private HdfsSinks(Case recorded, Map<String, String> properties) throws Exception {
    this.recorded = recorded.config(properties);
    realTime = properties.containsKey("hdfs.idleTimeout")
        || !properties.getOrDefault("hdfs.rollInterval", "0").equals("0");
    if (realTime) recorded.withRealClock();
    directory = Files.createTempDirectory("flume-hdfs");
    FileLog.startUnder(directory.toString());
    Map<String, String> own = new HashMap<>(properties);
    own.put("hdfs.path", "observed://" + directory + properties.get("hdfs.path"));
    sink.setName("k1");
    Configurables.configure(sink, new Context(own));
    sink.setChannel(Events.roomy("c1"));
    sink.start();
  }

  static void record(List<Case> cases) throws Exception {
    countAndSize(cases);
    names(cases);
    timers(cases);
    poison(cases);
    broken(cases);
  }

  private static void countAndSize(List<Case> cases) throws Exception {
    HdfsSinks count = start(cases, "roll-count-looks-before-it-writes", "hdfs-sink",
        "A file of rollCount events stays open until the next event comes; a batch ends in one flush.",
        "hdfs.rollCount = 3", "hdfs.rollSize = 0");
    count.batch(1000, "1", "2");
    count.batch(2000, "3");
    count.batch(3000, "4", "5", "6", "7");
    count.batch(4000, new String[0]);
    count.end();
    HdfsSinks size = start(cases, "roll-size-counts-bodies", "hdfs-sink",
        "rollSize counts bytes of bodies without newlines, and a file may exceed it by its last event.",
        "hdfs.rollCount = 0", "hdfs.rollSize = 25");
    size.batch(1000, "0123456789", "0123456789", "01234", "0123456789");
    size.batch(2000, "0123456789012345678901234567890", "x", "");
    size.end();
    HdfsSinks flush = start(cases, "every-batch-size-events-are-flushed", "hdfs-sink",
        "A bucket is flushed after batchSize events of its own and at the end of each batch that left something unflushed.",
        "hdfs.rollCount = 0", "hdfs.rollSize = 0", "hdfs.batchSize = 2");
    flush.batch(1000, "1", "2");
    flush.batch(2000, "3");
    flush.batch(3000, "4", "5");
    flush.end();
  }

  private static void names(List<Case> cases) throws Exception {
    HdfsSinks names = start(cases, "names-while-in-use-and-after", "hdfs-sink",
        "A writer for each directory and prefix; in use, a file has a prefix and a suffix more.",
        "hdfs.path = /%{host}", "hdfs.filePrefix = %{host}-log", "hdfs.fileSuffix = .txt",
        "hdfs.inUsePrefix = _", "hdfs.rollCount = 1", "hdfs.rollSize = 0");
    names.batch(1000, event("1", "host=web1"), event("2", "host=web2"), event("3", "host=web1"),
        event("4"));
    names.batch(5000, event("5", "host=web2"));
    names.end();
    HdfsSinks most = start(cases, "max-open-files-closes-the-eldest", "hdfs-sink",
        "One bucket too many closes the one that was used longest ago; its next event starts another file.",
        "hdfs.path = /%{k}", "hdfs.maxOpenFiles = 2", "hdfs.rollCount = 0", "hdfs.rollSize = 0");
    most.batch(1000, event("a", "k=1"), event("b", "k=2"), event("c", "k=1"), event("d", "k=3"));
    most.batch(2000, event("e", "k=2"), event("f", "k=1"));
    most.end();
    HdfsSinks same = start(cases, "without-in-use-marks-nothing-is-renamed", "hdfs-sink",
        "With emptyInUseSuffix a file has its final name from the start, and closing does not rename it.",
        "hdfs.emptyInUseSuffix = true", "hdfs.rollCount = 2", "hdfs.rollSize = 0");
    same.batch(1000, "1", "2", "3");
    same.end();
    HdfsSinks clock = start(cases, "local-time-instead-of-the-header", "hdfs-sink",
        "With useLocalTimeStamp the directory is that of the time of writing, whatever the header says.",
        "hdfs.path = /%H%M", "hdfs.useLocalTimeStamp = true", "hdfs.round = true",
        "hdfs.roundValue = 10", "hdfs.roundUnit = minute");
    clock.batch(3_540_000, event("1", "timestamp=0"), event("2"));
    clock.batch(3_600_000, event("3", "timestamp=0"));
    clock.end();
  }

  private static void timers(List<Case> cases) throws Exception {
    HdfsSinks interval = start(cases, "roll-interval-closes-without-traffic", "hdfs-sink",
        "rollInterval counts from the opening of a file and closes it with nobody writing; the next event makes a new writer.",
        "hdfs.rollInterval = 1", "hdfs.rollCount = 2", "hdfs.rollSize = 0");
    interval.batch(0, "1");
    interval.batch(600, "2", "3");
    interval.pass(1300);
    interval.pass(2000);
    interval.batch(2300, "4");
    interval.pass(3700);
    interval.end();
    HdfsSinks idle = start(cases, "idle-timeout-counts-from-the-last-flush", "hdfs-sink",
        "idleTimeout closes a file when nothing was flushed to it for so long; each batch begins it anew.",
        "hdfs.idleTimeout = 1", "hdfs.rollCount = 0", "hdfs.rollSize = 0");
    idle.batch(0, "1");
    idle.batch(600, "2");
    idle.pass(1300);
    idle.pass(2000);
    idle.batch(2300, "3");
    idle.pass(3700);
    idle.end();
  }

  private static void poison(List<Case> cases) throws Exception {
    HdfsSinks poison = start(cases, "event-without-a-timestamp-jams-the-sink", "hdfs-sink",
        "What a batch wrote before the event that fails is written again with every try.",
        "hdfs.path = /%Y", "hdfs.rollCount = 3", "hdfs.rollSize = 0");
    Event good = event("good", "timestamp=1340000000000");
    for (long ms = 1000; ms < 5000; ms += 1000) {
      poison.batch(ms, good, event("bad"), event("good too", "timestamp=1340000000000"));
    }
    poison.end();
  }

  private static void broken(List<Case> cases) throws Exception {
    HdfsSinks broken = start(cases, "io-error-in-the-middle-of-a-batch", "hdfs-sink-with-a-broken-disk",
        "An IOException closes and renames the half file and answers BACKOFF, and the next try writes the whole batch again.",
        "hdfs.rollCount = 0", "hdfs.rollSize = 0");
    broken.batch(1000, event("1"), event("2"), event("3", "breaks=now"), event("4"));
    broken.batch(2000, "1", "2", "3", "4");
    broken.end();
  }

  private static HdfsSinks start(
      List<Case> cases, String name, String component, String says, String... lines)
      throws Exception {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("hdfs.path", "/d");
    all.put("hdfs.fileType", "DataStream");
    all.put("hdfs.rollInterval", "0");
    all.putAll(properties(lines));
    Case recorded = new Case(name, Topic.HDFS, component, says);
    cases.add(recorded);
    return new HdfsSinks(recorded, all);
  }

  private static Event event(String body, String... headers) {
    Map<String, String> found = new HashMap<>();
    for (String header : headers) found.put(header.split("=")[0], header.split("=")[1]);
    return Events.event(body, found);
  }

  private void batch(long atMs, String... bodies) throws Exception {
    List<Event> events = new ArrayList<>();
    for (String body : bodies) events.add(event(body));
    batch(atMs, events.toArray(Event[]::new));
  }

  /** One process() that finds these events in its channel, and nothing of an earlier one that failed. */
  private void batch(long atMs, Event... events) throws Exception {
    passTo(atMs);
    Map<String, Object> step = object("nowMs", atMs, "batch", Events.written(List.of(events)));
    MemoryChannel channel = Events.roomy("c1");
    if (events.length > 0) Events.put(channel, List.of(events));
    sink.setChannel(channel);
    String exception = null;
    try {
      sink.process();
    } catch (Exception thrown) {
      Throwable first = thrown;
      while (first.getCause() != null) first = first.getCause();
      exception = first.getMessage();
    }
    Map<String, Object> answer = object("operations", FileLog.take());
    if (exception != null) answer.put("exception", exception);
    recorded.step(step, answer);
  }

  private void pass(long atMs) throws Exception {
    passTo(atMs);
    recorded.step(object("nowMs", atMs), object("operations", FileLog.take()));
  }

  private void passTo(long atMs) throws Exception {
    if (realTime) Thread.sleep(atMs - nowMs);
    nowMs = atMs;
    sink.setTime(atMs);
  }

  private void end() throws Exception {
    sink.stop();
    Temporary.delete(directory);
  }
}
