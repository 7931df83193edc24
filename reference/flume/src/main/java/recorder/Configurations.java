package recorder;

import static recorder.Case.object;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.Channel;
import org.apache.flume.Sink;
import org.apache.flume.SinkProcessor;
import org.apache.flume.SinkRunner;
import org.apache.flume.conf.FlumeConfiguration;
import org.apache.flume.node.MaterializedConfiguration;
import org.apache.flume.node.PropertiesFileConfigurationProvider;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;

/** What is left of an agent after its properties file was read, and what was said meanwhile. */
final class Configurations {
  private static final String BASE =
      """
      a.sources = r1
      a.channels = c1
      a.sinks = k1
      a.sources.r1.type = seq
      a.sources.r1.channels = c1
      a.channels.c1.type = memory
      a.sinks.k1.type = null
      a.sinks.k1.channel = c1
      """;

  private Configurations() {}

  static void record(List<Case> cases) throws Exception {
    play(cases, "agent-as-it-should-be",
        "Channels, and the sinks of a group, come in the order of a hash table and not in that of the file.",
        BASE,
        """
        a.sources = r1
        a.channels = c1 c2 c3
        a.sinks = s1 s2 s3 k1
        a.sinkgroups = g1
        a.sources.r1.type = seq
        a.sources.r1.channels = c1 c2 c3
        a.channels.c1.type = memory
        a.channels.c2.type = MEMORY
        a.channels.c3.type = org.apache.flume.channel.MemoryChannel
        a.sinks.s1.type = null
        a.sinks.s1.channel = c1
        a.sinks.s2.type = logger
        a.sinks.s2.channel = c2
        a.sinks.s3.type = NULL
        a.sinks.s3.channel = c3
        a.sinks.k1.type = null
        a.sinks.k1.channel = c3
        a.sinkgroups.g1.sinks = s1 s2 s3
        a.sinkgroups.g1.processor.type = failover
        """);
    play(cases, "lowering-capacity-alone-removes-everything",
        "With capacity below the default transactionCapacity the channel is refused, and source and sink go with it.",
        BASE + "a.channels.c1.capacity = 10\n",
        BASE + "a.channels.c1.capacity = 10\na.channels.c1.transactionCapacity = 10\n");
    play(cases, "numbers-that-are-none",
        "A memory channel falls back to its defaults without stopping, a source that cannot read a number is removed.",
        BASE + "a.channels.c1.capacity = 10k\n",
        BASE + "a.channels.c1.transactionCapacity = 0\n",
        BASE + "a.sources.r1.batchSize = ten\n");
    play(cases, "misspelt-options-are-ignored",
        "Nobody reads a misspelt option, and nobody says so; a misspelt section is an invalid property.",
        BASE + "a.channels.c1.capcity = 7\na.sinks.k1.batchsize = 1000\n",
        BASE.replace("a.sources = r1", "a.source = r1"),
        BASE + "a.sources.r2.type = seq\na.sources.r2.channels = c1\n");
    play(cases, "properties-without-a-place",
        "A value must not be empty, and a key must begin with an agent's name.",
        BASE + "a.channels.c1.capacity =\n", BASE + "capacity = 1\n", BASE + "a. = 1\n",
        BASE + "a.channels.c1 = memory\n",
        BASE + "a.one = 1\na.two = 2\nthree = 3\na.sinks.k1.batchSize =\n");
    play(cases, "channel-and-channels",
        "A source has channels and a sink has one channel; the other word leaves it without any.",
        BASE.replace("r1.channels = c1", "r1.channel = c1"),
        BASE.replace("k1.channel = c1", "k1.channels = c1"),
        BASE.replace("k1.channel = c1", "k1.channel = c1 c2"));
    play(cases, "channels-that-are-not-there",
        "A source keeps the channels that exist, a sink is dropped, and an agent without a channel is invalid.",
        BASE.replace("r1.channels = c1", "r1.channels = c1 c9"),
        BASE.replace("r1.channels = c1", "r1.channels = c9"),
        BASE.replace("k1.channel = c1", "k1.channel = c9"),
        BASE.replace("a.channels = c1", "a.channel = c1"),
        BASE.replace("a.channels.c1.type = memory", "a.channels.c1.capacity = 5"));
    play(cases, "listed-without-properties",
        "What is listed and has no properties is dropped; a comma is part of a name.",
        BASE.replace("a.sources = r1", "a.sources = r1 r2"),
        BASE.replace("a.sinks = k1", "a.sinks = k1,k2"),
        BASE.replace("a.channels = c1", "a.channels = c1 c2"));
    play(cases, "unknown-type-loses-everything",
        "A type that cannot be loaded ends the whole load, unlike nearly every other mistake.",
        BASE.replace("r1.type = seq", "r1.type = sequence"),
        BASE.replace("k1.type = null", "k1.type = kafka"),
        BASE.replace("c1.type = memory", "c1.type = ram"),
        BASE.replace("k1.type = null", "k1.type = elasticsearch"));
    play(cases, "unconnected-channel-is-removed",
        "A channel that no surviving component reads or writes is removed; one with a source only is kept.",
        BASE.replace("a.channels = c1", "a.channels = c1 c2") + "a.channels.c2.type = memory\n",
        BASE.replace("a.sinks = k1\n", ""),
        BASE.replace("a.sources = r1\n", "").replace("a.sinks = k1\n", ""));
    play(cases, "batches-larger-than-a-transaction",
        "A batch may be as large as transactionCapacity and no larger, for sources as for sinks.",
        BASE + "a.sources.r1.batchSize = 100\na.sinks.k1.batchSize = 101\n",
        BASE + "a.sources.r1.batchSize = 101\na.sinks.k1.batchSize = 100\n");
    play(cases, "selectors-that-cannot-be-made",
        "A selector that is unknown, that names a foreign channel, or that was shipped broken takes its source with it.",
        BASE + "a.sources.r1.selector.type = roundrobin\n",
        BASE + "a.sources.r1.selector.type = multiplexing\na.sources.r1.selector.default = c9\n",
        BASE + "a.sources.r1.selector.type = load_balancing\n");
    play(cases, "interceptors-that-cannot-be-made",
        "An interceptor without a type or without a pattern takes its source with it.",
        BASE + "a.sources.r1.interceptors = i1\n",
        BASE + "a.sources.r1.interceptors = i1\na.sources.r1.interceptors.i1.type = timestmp\n",
        BASE + "a.sources.r1.interceptors = i1\na.sources.r1.interceptors.i1.type = regex_extractor\n");
    groups(cases);
    play(cases, "hdfs-sinks-that-are-refused",
        "An HDFS sink says what it needs; rounding by an unknown unit is merely switched off.",
        hdfs(""), hdfs("hdfs.path = /f", "hdfs.fileType = DataStream", "hdfs.codeC = gzip"),
        hdfs("hdfs.path = /f", "hdfs.fileType = CompressedStream"),
        hdfs("hdfs.path = /f", "hdfs.round = true", "hdfs.roundUnit = hour", "hdfs.roundValue = 30"),
        hdfs("hdfs.path = /f", "hdfs.round = true", "hdfs.roundUnit = day"),
        hdfs("hdfs.path = /f", "hdfs.batchSize = 0"),
        hdfs("hdfs.path = /f", "hdfs.fileType = Text"));
    Case other = new Case("agent-of-another-name", Topic.CONFIGURATION, "configuration",
        "An agent that the file does not know is no error: the process stays up and idle.");
    other.step(object("properties", BASE, "agent", "agent"), read(BASE, "agent"));
    cases.add(other);
  }

  private static void groups(List<Case> cases) throws Exception {
    String two = BASE.replace("a.sinks = k1", "a.sinks = k1 k2")
        + "a.sinks.k2.type = null\na.sinks.k2.channel = c1\n";
    String g1 = "a.sinkgroups.g1.sinks = k1 k2\na.sinkgroups.g1.processor.type = ";
    play(cases, "sink-in-two-groups",
        "The first group that is looked at keeps a sink, and a group of which nothing is left is dropped.",
        two + "a.sinkgroups = g1 g2\n" + g1 + "failover\n"
            + "a.sinkgroups.g2.sinks = k2\na.sinkgroups.g2.processor.type = default\n");
    play(cases, "group-with-an-unknown-sink",
        "A group goes on without a sink that does not exist, and fails when too few are left.",
        two + "a.sinkgroups = g1\n" + g1.replace("k1 k2", "k1 k2 k9") + "load_balance\n",
        two + "a.sinkgroups = g1\n" + g1.replace("k1 k2", "k1 k9") + "load_balance\n");
    play(cases, "group-that-is-refused-takes-its-sinks",
        "The sinks of a group whose processor cannot be made do not run alone; without properties they do.",
        two + "a.sinkgroups = g1\n" + g1 + "default\n",
        two + "a.sinkgroups = g1\na.sinkgroups.g1.sinks = k1 k2\n",
        two + "a.sinkgroups = g1\n" + g1 + "fail_over\n",
        two + "a.sinkgroups = g1\n");
    play(cases, "group-without-sinks-ends-the-load",
        "A group that has properties and does not list its sinks is a mistake that nobody catches: the whole load ends.",
        two + "a.sinkgroups = g1\na.sinkgroups.g1.processor.type = failover\n");
  }

  private static String hdfs(String... properties) {
    StringBuilder text = new StringBuilder(BASE.replace("k1.type = null", "k1.type = hdfs"));
    for (String property : properties) {
      if (!property.isEmpty()) text.append("a.sinks.k1.").append(property).append('\n');
    }
    return text.toString();
  }

  private static void play(List<Case> cases, String name, String says, String... texts)
      throws Exception {
    Case recorded = new Case(name, Topic.CONFIGURATION, "configuration", says);
    for (String text : texts) recorded.step(object("properties", text, "agent", "a"), read(text, "a"));
    cases.add(recorded);
  }

  private static Map<String, Object> read(String text, String agent) throws Exception {
    Path file = Files.createTempFile("flume", ".properties");
    Files.writeString(file, text);
    Log.since("", Level.ALL);
    Provider provider = new Provider(agent, file.toFile());
    Map<String, Object> answer = new LinkedHashMap<>();
    String fatal = null;
    try {
      MaterializedConfiguration left = provider.getConfiguration();
      answer.putAll(componentsOf(left));
    } catch (RuntimeException thrown) {
      fatal = thrown.getMessage();
      answer.putAll(object("channels", List.of(), "sources", List.of(), "runners", List.of()));
    }
    answer.put("errors", errorsOf(provider.read));
    List<String> log = new ArrayList<>();
    for (LogEvent line : Log.since("org.apache.flume", Level.WARN)) log.add(textOf(line));
    answer.put("log", log);
    answer.put("fatal", fatal);
    Files.delete(file);
    return answer;
  }

  private static Map<String, Object> componentsOf(MaterializedConfiguration left) throws Exception {
    List<Object> sources = new ArrayList<>();
    for (var entry : left.getSourceRunners().entrySet()) {
      var selector = entry.getValue().getSource().getChannelProcessor().getSelector();
      List<String> channels = selector.getAllChannels().stream().map(Channel::getName).toList();
      sources.add(object("name", entry.getKey(), "channels", channels));
    }
    List<Object> runners = new ArrayList<>();
    for (var entry : left.getSinkRunners().entrySet()) {
      runners.add(object("name", entry.getKey(), "sinks", sinksOf(entry.getValue())));
    }
    return object("channels", new ArrayList<>(left.getChannels().keySet()), "sources", sources,
        "runners", runners);
  }

  private static List<String> sinksOf(SinkRunner runner) throws Exception {
    SinkProcessor processor = runner.getPolicy();
    if (processor.getClass().getSimpleName().equals("DefaultSinkProcessor")) {
      return List.of(((Sink) Reflection.field(processor, "sink")).getName());
    }
    return ((List<?>) Reflection.field(processor, "sinkList")).stream()
        .map(sink -> ((Sink) sink).getName()).toList();
  }

  private static List<Object> errorsOf(FlumeConfiguration read) {
    List<Object> errors = new ArrayList<>();
    if (read == null) return errors;
    for (var error : read.getConfigurationErrors()) {
      errors.add(object("error", error.getErrorType().name(), "component", error.getComponentName(),
          "key", error.getKey(), "level", error.getErrorOrWarning().name()));
    }
    return errors;
  }

  /** The line as a log shows it: level, message, and the exceptions behind it that it does not name itself. */
  private static String textOf(LogEvent line) {
    StringBuilder text = new StringBuilder(line.getLevel() + " ");
    text.append(line.getMessage().getFormattedMessage());
    for (Throwable cause = line.getThrown(); cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (text.indexOf(message) >= 0) continue;
      text.append(": ").append(cause.getClass().getSimpleName()).append(": ").append(message);
    }
    return text.toString();
  }

  /** The real provider, which keeps what it read of the file. */
  private static final class Provider extends PropertiesFileConfigurationProvider {
    private FlumeConfiguration read;

    Provider(String agent, File file) {
      super(agent, file);
    }

    @Override
    public FlumeConfiguration getFlumeConfiguration() {
      read = super.getFlumeConfiguration();
      return read;
    }
  }
}
