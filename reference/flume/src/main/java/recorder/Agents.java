package recorder;

import static recorder.Case.object;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole agents, each a process: in which order they start, what arrives, and what a kill -9 leaves. */
final class Agents {
  private static final Pattern TEXT = Pattern.compile("Event: .*body: (?:[0-9A-F]{2} ){1,16} *(.*) }");

  private static final Pattern STARTED = Pattern.compile("Starting (Channel|Sink|Source) \\w+");

  private Agents() {}

  static void record(List<Case> cases) throws Exception {
    starts(cases);
    hop(cases);
    killed(cases, "agent-killed-with-a-memory-channel", "memory",
        "What a killed agent had in a memory channel is gone, and its spooling source does not read it again.");
    killed(cases, "agent-killed-with-a-file-channel", "file",
        "What a killed agent had in a file channel is delivered by the next one.");
  }

  private static void starts(List<Case> cases) throws Exception {
    String text =
        """
        a.sources = r1
        a.channels = c1 c2 c3
        a.sinks = k1 k2 k3
        a.sources.r1.type = seq
        a.sources.r1.totalEvents = 5
        a.sources.r1.batchSize = 2
        a.sources.r1.channels = c1 c2 c3
        a.channels.c1.type = memory
        a.channels.c2.type = memory
        a.channels.c3.type = memory
        a.sinks.k1.type = logger
        a.sinks.k1.channel = c1
        a.sinks.k2.type = null
        a.sinks.k2.channel = c2
        a.sinks.k3.type = null
        a.sinks.k3.channel = c3
        """;
    Case recorded = start("agent-starts-channels-then-sinks-then-sources", Topic.RECALLED,
        "Channels are started first, then sinks, then sources, each kind in the order of a hash table.");
    Path file = Files.createTempFile("flume", ".properties");
    Files.writeString(file, text);
    AgentProcess agent = new AgentProcess(file, "a");
    recorded.step(object("properties", text, "agent", "a"), seen(agent.linesUntilQuiet(5)));
    agent.kill();
    Files.delete(file);
    cases.add(recorded);
  }

  private static void hop(List<Case> cases) throws Exception {
    String text =
        """
        a.sources = r1
        a.channels = c1
        a.sinks = k1
        a.sources.r1.type = seq
        a.sources.r1.totalEvents = 9
        a.sources.r1.batchSize = 2
        a.sources.r1.channels = c1
        a.channels.c1.type = memory
        a.sinks.k1.type = avro
        a.sinks.k1.channel = c1
        a.sinks.k1.hostname = localhost
        a.sinks.k1.port = 41414
        a.sinks.k1.batch-size = 4
        b.sources = r1
        b.channels = c1
        b.sinks = k1
        b.sources.r1.type = avro
        b.sources.r1.bind = localhost
        b.sources.r1.port = 41414
        b.sources.r1.channels = c1
        b.channels.c1.type = file
        b.sinks.k1.type = logger
        b.sinks.k1.channel = c1
        """;
    Case recorded = start("two-agents-with-avro-between-them", Topic.RECALLED,
        "Over an avro hop every event arrives once and in order, as long as nothing fails.");
    Path directory = Files.createTempDirectory("flume-agents");
    Path file = directory.resolve("agents.properties");
    Files.writeString(file, text.replace("41414", freePort()) + fileChannel("b", directory));
    AgentProcess second = new AgentProcess(file, "b");
    Map<String, Object> started = seen(second.linesUntilQuiet(3));
    AgentProcess first = new AgentProcess(file, "a");
    first.linesUntilQuiet(3);
    recorded.step(object("properties", text, "agent", "b"), started);
    recorded.step(object("properties", text, "agent", "a"), seen(second.linesUntilQuiet(5)));
    first.kill();
    second.kill();
    Temporary.delete(directory);
    cases.add(recorded);
  }

  private static void killed(List<Case> cases, String name, String type, String says)
      throws Exception {
    String reading =
        """
        a.sources = r1
        a.channels = c1
        a.sources.r1.type = spooldir
        a.sources.r1.spoolDir = /spool
        a.sources.r1.channels = c1
        a.channels.c1.type = TYPE
        """.replace("TYPE", type);
    String writing = reading + "a.sinks = k1\na.sinks.k1.type = logger\na.sinks.k1.channel = c1\n";
    Path directory = Files.createTempDirectory("flume-agents");
    Path spool = Files.createDirectory(directory.resolve("spool"));
    Files.writeString(spool.resolve("log"), "one\ntwo\nthree\n");
    Path file = directory.resolve("agent.properties");
    Case recorded = start(name, Topic.RESTART, says);
    for (String text : new String[] {reading, writing}) {
      String own = text.replace("/spool", spool.toString());
      Files.writeString(file, type.equals("file") ? own + fileChannel("a", directory) : own);
      AgentProcess agent = new AgentProcess(file, "a");
      Map<String, Object> seen = seen(agent.linesUntilQuiet(6));
      agent.kill();
      try (var files = Files.list(spool)) {
        seen.put("files", files.map(each -> each.getFileName().toString())
            .filter(each -> !each.startsWith(".")).sorted().toList());
      }
      recorded.step(object("properties", text, "agent", "a", "end", "kill"), seen);
    }
    Temporary.delete(directory);
    cases.add(recorded);
  }

  private static Case start(String name, String topic, String says) {
    return new Case(name, topic, "agent", says).withRealClock();
  }

  private static Map<String, Object> seen(List<String> lines) {
    List<String> started = new ArrayList<>();
    List<String> events = new ArrayList<>();
    for (String line : lines) {
      Matcher event = TEXT.matcher(line);
      if (event.matches()) events.add(event.group(1));
      if (STARTED.matcher(line).matches()) started.add(line.substring("Starting ".length()));
    }
    return object("started", started, "events", events);
  }

  private static String fileChannel(String agent, Path directory) {
    String channel = agent + ".channels.c1.";
    return channel + "checkpointDir = " + directory.resolve("checkpoint") + "\n"
        + channel + "dataDirs = " + directory.resolve("data") + "\n";
  }

  private static String freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }
}
