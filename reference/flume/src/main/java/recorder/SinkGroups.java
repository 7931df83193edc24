package recorder;

import static recorder.Case.object;
import static recorder.Case.properties;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink;
import org.apache.flume.SinkProcessor;
import org.apache.flume.sink.AbstractSink;
import org.apache.flume.sink.SinkProcessorFactory;

/**
 * The sink processors of a group, call by call. They read the system's clock, so the script's time is made to pass by
 * taking it off the times that they keep; the scripts stay well away from the edges.
 */
final class SinkGroups {
  private final Case recorded;
  private final SinkProcessor processor;
  private final Map<String, String> does = new HashMap<>();
  private final List<String> called = new ArrayList<>();
  private final String[] names;
  private long nowMs;

  private SinkGroups(Case recorded, Map<String, String> properties, String... names) {
    this.recorded = recorded.config(object("properties", properties, "sinks", names));
    this.names = names;
    List<Sink> sinks = new ArrayList<>();
    for (String name : names) sinks.add(new ScriptedSink(name));
    processor = SinkProcessorFactory.getProcessor(new Context(properties), sinks);
    processor.start();
  }

  static void record(List<Case> cases) throws Exception {
    failoverPenalties(cases);
    failoverOrder(cases);
    failoverOverflow(cases);
    roundRobin(cases);
    roundRobinBackoff(cases);
    refusals(cases);
  }

  private static void failoverOrder(List<Case> cases) throws Exception {
    SinkGroups play = new SinkGroups(
        start(cases, "failover-only-exceptions-count",
            "The highest priority works, and only an exception makes the next one take over; BACKOFF does not."),
        properties("type = failover", "priority.k1 = 5", "priority.k2 = 10", "priority.k3 = 1"),
        "k1", "k2", "k3");
    play.call(0, "");
    play.call(0, "k2 BACKOFF");
    play.call(0, "k2 throws");
    play.call(0, "");
    play.call(100, "k1 throws k2 throws k3 BACKOFF");
    play.call(2500, "k1 BACKOFF k2 BACKOFF");
    play.call(2600, "k1 READY k2 READY");
    play.call(2700, "");
    play.call(2800, "");
    SinkGroups twins = new SinkGroups(
        start(cases, "failover-equal-priorities",
            "Of two sinks with one priority the second is never used; a sink without a priority comes after all others."),
        properties("type = failover", "priority.k1 = 5", "priority.k2 = 5"), "k1", "k2", "k3", "k4");
    twins.call(0, "");
    twins.call(0, "k1 throws");
    twins.call(0, "k3 throws");
    twins.call(0, "k4 throws");
    twins.call(0, "");
    twins.call(2500, "k1 throws k3 throws k4 throws");
  }

  private static void failoverPenalties(List<Case> cases) throws Exception {
    SinkGroups play = new SinkGroups(
        start(cases, "failover-penalties-double",
            "A failed sink is left alone for 2, 4, 8, 16 and then 30 seconds, and comes back at once when it answers."),
        properties("type = failover", "priority.k1 = 2", "priority.k2 = 1"), "k1", "k2");
    play.call(0, "k1 throws");
    long nowMs = 0;
    for (long penaltyMs : new long[] {2000, 4000, 8000, 16_000, 30_000}) {
      play.call(nowMs + penaltyMs - 500, "k1 throws");
      nowMs += penaltyMs + 500;
      play.call(nowMs, "k1 throws");
    }
    play.call(nowMs + 30_500, "k1 READY");
    play.call(nowMs + 30_600, "k1 throws");
    play.call(nowMs + 32_100, "k1 READY");
    play.call(nowMs + 33_100, "k1 READY");
    SinkGroups most = new SinkGroups(
        start(cases, "failover-maxpenalty",
            "maxpenalty bounds the wait; while all sinks wait, process throws without calling any."),
        properties("type = failover", "priority.k1 = 2", "priority.k2 = 1", "maxpenalty = 3000"),
        "k1", "k2");
    most.call(0, "k1 throws k2 throws");
    most.call(1000, "");
    most.call(2500, "k1 throws k2 throws");
    most.call(5000, "");
    most.call(6000, "k1 throws");
    most.call(6100, "");
  }

  private static void failoverOverflow(List<Case> cases) throws Exception {
    SinkGroups play = new SinkGroups(
        start(cases, "failover-penalty-overflows",
            "After 22 failures in a row the penalty overflows below zero, and one call retries the sink again and again."),
        properties("type = failover", "priority.k1 = 2", "priority.k2 = 1"), "k1", "k2");
    for (int failures = 0; failures < 33; failures++) play.call(failures * 31_000L, "k1 throws");
  }

  private static void roundRobin(List<Case> cases) throws Exception {
    SinkGroups play = new SinkGroups(
        start(cases, "load-balance-round-robin",
            "Each call starts one sink further; the turn of a sink that throws falls to its successor."),
        properties("type = load_balance"), "k1", "k2", "k3");
    for (int i = 0; i < 3; i++) play.call(0, "");
    for (int i = 0; i < 4; i++) play.call(0, "k2 throws");
    play.call(0, "k1 BACKOFF k2 BACKOFF k3 BACKOFF");
    play.call(0, "k1 throws k2 throws k3 throws");
    play.call(0, "");
  }

  private static void roundRobinBackoff(List<Case> cases) throws Exception {
    SinkGroups play = new SinkGroups(
        start(cases, "load-balance-backoff",
            "With backoff a failed sink is out for 2, 4, 8 seconds; a success between does not make the next shorter."),
        properties("type = load_balance", "backoff = true"), "k1", "k2", "k3");
    play.call(0, "k2 throws");
    play.call(0, "k2 throws");
    play.call(100, "k2 throws");
    play.call(200, "k2 throws");
    for (int i = 0; i < 3; i++) play.call(1500, "k2 throws");
    for (int i = 0; i < 3; i++) play.call(2500, "k2 throws");
    for (int i = 0; i < 3; i++) play.call(5500, "");
    for (int i = 0; i < 3; i++) play.call(7000, "");
    for (int i = 0; i < 3; i++) play.call(7500, "k2 throws");
    for (int i = 0; i < 3; i++) play.call(15_000, "");
    for (int i = 0; i < 3; i++) play.call(16_000, "");
    SinkGroups all = new SinkGroups(
        start(cases, "load-balance-all-are-out",
            "When every sink is backing off, process throws without calling any; maxTimeOut bounds the wait."),
        properties("type = load_balance", "backoff = true", "selector.maxTimeOut = 3000"), "k1", "k2");
    all.call(0, "k1 throws k2 throws");
    all.call(1000, "");
    all.call(2500, "k1 throws k2 throws");
    all.call(5000, "");
    all.call(6000, "");
    all.call(6000, "");
  }

  private static void refusals(List<Case> cases) throws Exception {
    refusal(cases, "default-processor-with-two-sinks",
        "The default processor takes exactly one sink.", properties("type = default"), "k1", "k2");
    refusal(cases, "load-balance-with-one-sink",
        "A load balancer takes at least two sinks.", properties("type = load_balance"), "k1");
    refusal(cases, "load-balance-with-an-unknown-selector",
        "A selector that is neither an alias nor a class cannot be made.",
        properties("type = load_balance", "selector = fair"), "k1", "k2");
    refusal(cases, "group-without-a-processor-type",
        "A group that does not say its processor's type has none.", properties("backoff = true"),
        "k1", "k2");
  }

  private static void refusal(
      List<Case> cases, String name, String says, Map<String, String> properties, String... sinks) {
    Case recorded = start(cases, name, says);
    try {
      new SinkGroups(recorded, properties, sinks);
    } catch (RuntimeException thrown) {
      recorded.refused(thrown.getMessage());
    }
  }

  private static Case start(List<Case> cases, String name, String says) {
    Case recorded = new Case(name, Topic.SINK_GROUPS, "sink-processor", says);
    cases.add(recorded);
    return recorded;
  }

  /** @param what the sinks that do not answer READY, as "k1 throws k2 BACKOFF" */
  private void call(long atMs, String what) throws Exception {
    passTime(atMs - nowMs);
    nowMs = atMs;
    does.clear();
    called.clear();
    String[] words = what.isEmpty() ? new String[0] : what.split(" ");
    for (int i = 0; i < words.length; i += 2) does.put(words[i], words[i + 1]);
    Map<String, Object> sinks = new LinkedHashMap<>();
    for (String name : names) sinks.put(name, does.getOrDefault(name, "READY"));
    Map<String, Object> answer = object("called", called);
    try {
      answer.put("status", processor.process().name());
    } catch (Exception thrown) {
      answer.put("exception", thrown.getMessage());
    }
    answer.put("called", List.copyOf(called));
    recorded.step(object("nowMs", atMs, "sinks", sinks), answer);
  }

  private void passTime(long ms) throws Exception {
    // A call in the same millisecond as the failure would be a race with the clock.
    Thread.sleep(2);
    if (processor.getClass().getSimpleName().equals("FailoverSinkProcessor")) {
      for (Object failed : (Iterable<?>) Reflection.field(processor, "failedSinks")) {
        backdate(failed, "refresh", ms);
      }
      return;
    }
    Object selector = Reflection.field(Reflection.field(processor, "selector"), "selector");
    for (Object state : ((Map<?, ?>) Reflection.field(selector, "stateMap")).values()) {
      backdate(state, "restoreTime", ms);
      backdate(state, "lastFail", ms);
    }
  }

  private static void backdate(Object owner, String field, long ms) throws Exception {
    long before = (Long) Reflection.field(owner, field);
    if (before > 0) Reflection.find(owner.getClass(), field).set(owner, before - ms);
  }

  private final class ScriptedSink extends AbstractSink {
    ScriptedSink(String name) {
      setName(name);
      setChannel(Events.roomy(name));
    }

    @Override
    public Status process() throws EventDeliveryException {
      called.add(getName());
      String answer = does.getOrDefault(getName(), "READY");
      if (answer.equals("throws")) throw new EventDeliveryException(getName() + " threw");
      return Status.valueOf(answer);
    }
  }
}
