package recorder;

import static recorder.Case.object;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole agents, each a process: in which order they start, what arrives, and what a kill -9 leaves. */
final class Agents {
  private static final Pattern PRINTED =
      Pattern.compile("Event: .*body: (?:[0-9A-F]{2} ){1,16} *(.*) }");
  private static final Pattern STARTED = Pattern.compile("Starting (Channel|Sink|Source) \\w+");
  /** Longer than a runner sleeps and a channel waits. */
  private static final int QUIET_SECONDS = 7;

  private final String text;
  private final Path directory;
  private final Map<String, AgentProcess> running = new LinkedHashMap<>();

  private Agents(String properties) throws Exception {
    directory = Files.createTempDirectory("flume-agents");
    StringBuilder own = new StringBuilder();
    Map<String, String> ports = new LinkedHashMap<>();
    for (String line : properties.split("\n")) {
      own.append(onThisMachine(line, ports)).append('\n');
      if (!line.endsWith(".type = file")) continue;
      String channel = line.substring(0, line.lastIndexOf('.') + 1);
      own.append(channel).append("checkpointDir = ").append(directory).append("/checkpoint\n");
      own.append(channel).append("dataDirs = ").append(directory).append("/data\n");
    }
    text = own.toString();
  }

  /** Every machine of the text is this one, and a port of the text is one that is free. */
  private static String onThisMachine(String line, Map<String, String> ports) throws Exception {
    if (line.matches(".*[.](hostname|bind) = .*")) return line.replaceAll(" = .*", " = localhost");
    if (!line.contains(".port = ")) return line;
    String port = line.substring(line.indexOf(" = ") + 3);
    if (!ports.containsKey(port)) {
      try (ServerSocket socket = new ServerSocket(0)) {
        ports.put(port, String.valueOf(socket.getLocalPort()));
      }
    }
    return line.replace(port, ports.get(port));
  }

  static void record(List<Case> cases) throws Exception {
    // They mostly wait, so they may wait together.
    ExecutorService together = Executors.newCachedThreadPool();
    List<Future<Case>> all = new ArrayList<>();
    all.add(together.submit(Agents::starts));
    all.add(together.submit(() -> play("agent-from-seq-to-logger", Topic.RECALLED,
        "A sequence through two interceptors and a memory channel: every number that is left is printed once, in order.",
        seq("a", "memory", 9)
            + "a.sources.r1.interceptors = i1 i2\n"
            + "a.sources.r1.interceptors.i1.type = regex_filter\n"
            + "a.sources.r1.interceptors.i1.regex = [135]\n"
            + "a.sources.r1.interceptors.i1.excludeEvents = true\n"
            + "a.sources.r1.interceptors.i2.type = search_replace\n"
            + "a.sources.r1.interceptors.i2.searchPattern = (\\\\d)\n"
            + "a.sources.r1.interceptors.i2.replaceString = n$1\n"
            + "a.sinks = k1\na.sinks.k1.type = logger\na.sinks.k1.channel = c1\n",
        "start a 6")));
    all.add(together.submit(() -> play("two-agents-with-avro-between-them", Topic.RECALLED,
        "What waits for an agent that is down arrives once and in order when it is up.",
        seq("a", "memory", 9) + "a.sinks = k1\n" + avro("k1", "b", 41414) + collector("b", 41414),
        "start a", "start b 9")));
    for (String type : new String[] {"memory", "file"}) {
      String kept = type.equals("file") ? "is delivered, and then the new ones" : "is gone";
      all.add(together.submit(() -> play("agent-killed-with-a-" + type + "-channel", Topic.RESTART,
          "A sequence starts again from 0 after a kill -9; what the " + type + " channel held " + kept + ".",
          seq("a", type, 4) + "a.sinks = k1\n" + avro("k1", "b", 41415) + collector("b", 41415),
          "start a", "kill a", "start b", "start a " + (type.equals("file") ? 8 : 4))));
    }
    all.add(together.submit(() -> play("agents-with-failover-between-them", Topic.SINK_GROUPS,
        "While the preferred agent is down the other one gets every batch, once.",
        seq("a", "memory", 6) + "a.sinks = k1 k2\n" + avro("k1", "b", 41416) + avro("k2", "c", 41417)
            + "a.sinkgroups = g1\na.sinkgroups.g1.sinks = k1 k2\n"
            + "a.sinkgroups.g1.processor.type = failover\n"
            + "a.sinkgroups.g1.processor.priority.k1 = 10\n"
            + "a.sinkgroups.g1.processor.priority.k2 = 5\n"
            + collector("b", 41416) + collector("c", 41417),
        "start a", "start c 6", "start b")));
    for (Future<Case> recorded : all) cases.add(recorded.get());
    together.shutdown();
  }

  private static String seq(String agent, String channel, int events) {
    return """
        @.sources = r1
        @.channels = c1
        @.sources.r1.type = seq
        @.sources.r1.totalEvents = EVENTS
        @.sources.r1.batchSize = 2
        @.sources.r1.channels = c1
        @.channels.c1.type = CHANNEL
        """.replace("@", agent).replace("EVENTS", String.valueOf(events)).replace("CHANNEL", channel);
  }

  private static String avro(String sink, String host, int port) {
    return """
        a.sinks.@.type = avro
        a.sinks.@.channel = c1
        a.sinks.@.hostname = HOST
        a.sinks.@.port = PORT
        a.sinks.@.batch-size = 4
        """.replace("@", sink).replace("HOST", host).replace("PORT", String.valueOf(port));
  }

  private static String collector(String agent, int port) {
    return """
        @.sources = r1
        @.channels = c1
        @.sinks = k1
        @.sources.r1.type = avro
        @.sources.r1.bind = @
        @.sources.r1.port = PORT
        @.sources.r1.channels = c1
        @.channels.c1.type = memory
        @.sinks.k1.type = logger
        @.sinks.k1.channel = c1
        """.replace("@", agent).replace("PORT", String.valueOf(port));
  }

  /** @param steps "start a" or "kill a", with the number of events to wait for */
  private static Case play(
      String name, String topic, String says, String properties, String... steps)
      throws Exception {
    Case recorded = new Case(name, topic, "agents", says)
        .config(object("properties", properties)).withRealClock();
    Agents agents = new Agents(properties);
    for (String step : steps) {
      String[] words = step.split(" ");
      if (words[0].equals("kill")) agents.running.remove(words[1]).kill();
      else agents.start(words[1]);
      int expected = words.length > 2 ? Integer.parseInt(words[2]) : 0;
      recorded.step(object(words[0], words[1]), agents.printed(expected));
    }
    for (AgentProcess agent : agents.running.values()) agent.kill();
    Temporary.delete(agents.directory);
    return recorded;
  }

  private void start(String agent) throws Exception {
    Path file = directory.resolve(agent + ".properties");
    Files.writeString(file, text);
    AgentProcess process = new AgentProcess(file, agent);
    process.linesUntilStarted();
    running.put(agent, process);
  }

  /** What is printed until all is quiet, and that is not before so many lines have come. */
  private List<String> printed(int expected) throws InterruptedException {
    List<String> bodies = new ArrayList<>();
    long latest = System.currentTimeMillis() + 120_000;
    long quietSince = System.currentTimeMillis();
    while (System.currentTimeMillis() < latest) {
      boolean isQuiet = System.currentTimeMillis() > quietSince + QUIET_SECONDS * 1000;
      if (isQuiet && bodies.size() >= expected) return bodies;
      for (AgentProcess agent : running.values()) {
        String line = agent.nextLine();
        if (line == null) continue;
        quietSince = System.currentTimeMillis();
        Matcher printed = PRINTED.matcher(line);
        if (printed.matches()) bodies.add(printed.group(1));
      }
      Thread.sleep(20);
    }
    return bodies;
  }

  private static Case starts() throws Exception {
    String text = seq("a", "memory", 5).replace("c1\n", "c1 c2 c3\n")
        + "a.channels.c2.type = memory\na.channels.c3.type = memory\na.sinks = k1 k2 k3\n";
    for (int i = 1; i <= 3; i++) {
      text += "a.sinks.k@.type = null\na.sinks.k@.channel = c@\n".replace("@", String.valueOf(i));
    }
    Case recorded = new Case("agent-starts-channels-then-sinks-then-sources", Topic.RECALLED,
        "agent-start",
        "Channels are started first, then sinks, then sources, each kind in the order of a hash table.")
        .withRealClock();
    Agents agents = new Agents(text);
    Path file = agents.directory.resolve("a.properties");
    Files.writeString(file, agents.text);
    AgentProcess agent = new AgentProcess(file, "a");
    List<String> started = new ArrayList<>();
    for (String line : agent.linesUntilStarted()) {
      if (STARTED.matcher(line).matches()) started.add(line.substring("Starting ".length()));
    }
    agent.kill();
    Temporary.delete(agents.directory);
    return recorded.step(object("properties", text, "agent", "a"), started);
  }
}
