package recorder;

import static recorder.Case.object;
import static recorder.Case.properties;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.ChannelSelectorFactory;
import org.apache.flume.channel.MemoryChannel;

/** `ChannelProcessor`: a source's batch through its interceptors and selector into its channels. */
final class ChannelProcessors {
  private final Case recorded;
  private final Map<String, MemoryChannel> channels = new LinkedHashMap<>();
  private final ChannelProcessor processor;
  private Thread source;
  private String outcome;

  private ChannelProcessors(
      Case recorded, Map<String, Map<String, String>> channelProperties,
      Map<String, String> properties) {
    this.recorded = recorded.config(object("channels", channelProperties, "properties", properties));
    channelProperties.forEach((name, each) -> channels.put(name, Events.memory(name, each)));
    Map<String, String> selector = new Context(properties).getSubProperties("selector.");
    List<Channel> all = new ArrayList<>(channels.values());
    processor = new ChannelProcessor(ChannelSelectorFactory.create(all, selector));
    processor.configure(new Context(properties));
  }

  static void record(List<Case> cases) throws Exception {
    Map<String, String> roomy = capacity(10, 10, 0);

    requiredFails(cases, roomy);
    optionalFails(cases, roomy);
    nowhere(cases, roomy);
    unknownOptional(cases, roomy);
    chain(cases, roomy);
    waits(cases);
  }

  private static void requiredFails(List<Case> cases, Map<String, String> roomy) throws Exception {
    Map<String, Map<String, String>> channels = new LinkedHashMap<>();
    channels.put("c1", roomy);
    channels.put("c2", capacity(2, 2, 0));
    channels.put("c3", roomy);
    Case recorded = new Case("required-channel-fails-and-the-first-has-the-batch-twice",
        Topic.CHANNELS, "channel-processor",
        "Each required channel has a transaction of its own, so a retry after the second failed fills the first again.");
    ChannelProcessors play = new ChannelProcessors(recorded, channels, Map.of());
    play.batch("a", "b", "c");
    play.batch("a", "b", "c");
    play.drain("c1");
    play.drain("c2");
    play.drain("c3");
    play.batch("a", "b");
    play.drain("c3");
    cases.add(recorded);
  }

  private static void optionalFails(List<Case> cases, Map<String, String> roomy) throws Exception {
    Map<String, Map<String, String>> channels = new LinkedHashMap<>();
    channels.put("c1", roomy);
    channels.put("c2", capacity(10, 1, 0));
    channels.put("c3", roomy);
    Case recorded = new Case("optional-channel-fails-and-nobody-hears-of-it", Topic.SELECTORS,
        "channel-processor",
        "A batch that an optional channel refuses is lost for that channel alone, all or nothing and without a retry.");
    ChannelProcessors play =
        new ChannelProcessors(recorded, channels, properties("selector.optional = c2 c3"));
    play.batch("a", "b");
    play.drain("c1");
    play.drain("c2");
    play.drain("c3");
    play.batch("c");
    play.drain("c2");
    cases.add(recorded);
  }

  private static void nowhere(List<Case> cases, Map<String, String> roomy) throws Exception {
    Map<String, Map<String, String>> channels = new LinkedHashMap<>();
    channels.put("c1", roomy);
    channels.put("c2", roomy);
    Case recorded = new Case("multiplexing-drops-what-has-no-channel", Topic.SELECTORS,
        "channel-processor",
        "An event with neither a mapping nor a default disappears without an error, in the middle of its batch.");
    ChannelProcessors play = new ChannelProcessors(recorded, channels,
        properties("selector.type = multiplexing", "selector.header = state",
            "selector.mapping.CZ = c1", "selector.mapping.US = c2 c1"));
    play.batch(
        Events.event("a", Map.of("state", "US")), Events.event("b", Map.of("state", "FR")),
        Events.event("c", Map.of("state", "CZ")), Events.event("d", Map.of()),
        Events.event("e", Map.of("state", "US")));
    play.drain("c1");
    play.drain("c2");
    cases.add(recorded);
  }

  private static void unknownOptional(List<Case> cases, Map<String, String> roomy)
      throws Exception {
    Map<String, Map<String, String>> channels = new LinkedHashMap<>();
    channels.put("c1", roomy);
    Case recorded = new Case("replicating-unknown-optional-channel", Topic.SELECTORS,
        "channel-processor",
        "A replicating selector takes an optional channel that does not exist, and each batch then fails after it was written.");
    ChannelProcessors play =
        new ChannelProcessors(recorded, channels, properties("selector.optional = c9"));
    play.batch("a");
    play.batch("a");
    play.drain("c1");
    cases.add(recorded);
  }

  private static void chain(List<Case> cases, Map<String, String> roomy) throws Exception {
    Map<String, Map<String, String>> channels = new LinkedHashMap<>();
    channels.put("c1", roomy);
    channels.put("c2", roomy);
    Case recorded = new Case("interceptors-come-before-the-selector", Topic.INTERCEPTORS,
        "channel-processor",
        "The selector sees the headers that interceptors made, and a batch that is filtered empty touches no channel.");
    ChannelProcessors play = new ChannelProcessors(recorded, channels,
        properties("interceptors = level noise",
            "interceptors.level.type = regex_extractor", "interceptors.level.regex = ^(\\w+):",
            "interceptors.level.serializers = s1", "interceptors.level.serializers.s1.name = level",
            "interceptors.noise.type = regex_filter", "interceptors.noise.regex = DEBUG",
            "interceptors.noise.excludeEvents = true",
            "selector.type = multiplexing", "selector.header = level",
            "selector.mapping.ERROR = c2", "selector.default = c1"));
    play.batch("INFO: one", "ERROR: two", "DEBUG: three", "four");
    play.batch("DEBUG: five");
    play.drain("c1");
    play.drain("c2");
    cases.add(recorded);
  }

  private static void waits(List<Case> cases) throws Exception {
    Map<String, Map<String, String>> channels = new LinkedHashMap<>();
    channels.put("c1", capacity(2, 2, 4));
    Case recorded = new Case("put-waits-keep-alive-for-room", Topic.CHANNELS, "channel-processor",
        "A commit into a full memory channel waits up to keep-alive seconds, and goes on when a sink commits.")
        .withRealClock();
    ChannelProcessors play = new ChannelProcessors(recorded, channels, Map.of());
    play.batch("a", "b");
    play.batch("c");
    play.drain("c1");
    play.settle("room");
    play.batch("d", "e");
    play.settle("keep-alive");
    play.drain("c1");
    play.batch("d", "e", "f");
    cases.add(recorded);
  }

  static Map<String, String> capacity(int capacity, int transactionCapacity, int keepAlive) {
    return properties("capacity = " + capacity, "transactionCapacity = " + transactionCapacity,
        "keep-alive = " + keepAlive);
  }

  private void batch(String... bodies) throws Exception {
    List<Event> events = new ArrayList<>();
    for (String body : bodies) events.add(Events.event(body, Map.of()));
    batch(events.toArray(Event[]::new));
  }

  private void batch(Event... events) throws Exception {
    Map<String, Object> step = object("batch", Events.written(List.of(events)));
    outcome = null;
    source = new Thread(() -> outcome = process(List.of(events)));
    source.start();
    while (outcome == null && source.getState() != Thread.State.TIMED_WAITING) Thread.sleep(5);
    recorded.step(step, outcome == null ? "waits" : outcome);
  }

  private String process(List<Event> events) {
    try {
      processor.processEventBatch(events);
      return "delivered";
    } catch (RuntimeException thrown) {
      return thrown.getMessage();
    }
  }

  /** The batch that waited: until there is room, or until keep-alive has passed. */
  private void settle(String until) throws Exception {
    source.join();
    recorded.step(object("until", until), outcome);
  }

  private void drain(String channel) {
    recorded.step(object("drain", channel), Events.drain(channels.get(channel)));
  }
}
