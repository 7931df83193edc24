package recorder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.storm.LocalCluster;
import org.apache.storm.spout.SpoutOutputCollector;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.TopologyBuilder;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.topology.base.BaseRichSpout;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;
import org.apache.storm.utils.Time;

/**
 * A topology on a {@link LocalCluster} under simulated time, whose spout and bolts do what the script says.
 *
 * <p>The bolts named by a number have as many tasks and hear the stream of that name, so a tuple that is emitted there goes to so
 * many tasks. The bolt {@code hands} does what is to be done with tuples that others hold; the spout {@code nudge} wakes it.
 */
final class Stage {

    /** What a topology's threads and the script tell each other. */
    private static final Map<String, Stage> STAGES = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();
    /** One more than the acker between a bolt and the spout needs. */
    private static final int QUIET_ROUNDS = 3;
    private static final long MOST_NANOS = 120_000_000_000L;
    private static LocalCluster cluster;

    final Map<String, Tuple> held = new ConcurrentHashMap<>();
    private final Queue<Runnable> forSpout = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> forHands = new ConcurrentLinkedQueue<>();
    private final AtomicInteger nudges = new AtomicInteger();
    private final Queue<Object> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger doings = new AtomicInteger();
    private final String name = "stage-" + COUNT.incrementAndGet();
    private volatile SpoutOutputCollector spout;
    private volatile OutputCollector hands;
    private volatile int ready;
    /** Those of our components and the acker, if there is one. */
    private final int executors;
    private volatile long openedMs;

    /** @param counts the numbers of tasks that a tuple may go to; 0 is a stream that nobody hears */
    Stage(Map<String, Object> settings, List<Integer> counts) throws Exception {
        if (cluster == null) {
            // Nobody is to be taken for dead because the simulated time runs ahead of a thread.
            Map<String, Object> conf = new HashMap<>(Map.of("topology.enable.message.timeouts", true));
            for (String patience : List.of("nimbus.task.launch.secs", "nimbus.task.timeout.secs", "nimbus.supervisor.timeout.secs",
                "supervisor.worker.start.timeout.secs", "supervisor.worker.timeout.secs", "supervisor.worker.heartbeats.max.timeout.secs")) {
                conf.put(patience, 100_000);
            }
            cluster = new LocalCluster.Builder().withSimulatedTime().withSupervisors(1).withDaemonConf(conf).build();
        }
        STAGES.put(name, this);
        TopologyBuilder builder = new TopologyBuilder();
        builder.setSpout("spout", new Spout(name, counts));
        builder.setSpout("nudge", new Nudge(name));
        builder.setBolt("hands", new Hands(name, counts)).shuffleGrouping("nudge");
        for (int count : counts) {
            if (count > 0) {
                builder.setBolt(stream(count), new Holder(name), count).allGrouping("spout", stream(count)).allGrouping("hands", stream(count));
            }
        }
        Map<String, Object> conf = new HashMap<>(settings);
        conf.put("topology.workers", 1);
        conf.put(Idling.NAME, name);
        for (String strategy : List.of("topology.spout.wait.strategy", "topology.bolt.wait.strategy")) {
            conf.put(strategy, Idling.class.getName());
        }
        cluster.submitTopology(name, conf, builder.createTopology());
        int ours = 3 + counts.stream().mapToInt(count -> count).sum();
        executors = Integer.valueOf(0).equals(settings.get("topology.acker.executors")) ? ours : ours + 1;
        for (int waited = 0; ready < ours; waited++) {
            if (waited > 600) {
                throw new IllegalStateException("the topology did not start");
            }
            cluster.advanceClusterTime(1);
        }
        settle();
    }

    static String stream(int count) {
        return "to" + count;
    }

    /** The time since the spout was opened. */
    long nowMs() {
        return Time.currentTimeMillis() - openedMs;
    }

    void advanceTo(long ms) throws Exception {
        while (nowMs() < ms) {
            Time.advanceTime(Math.min(4000, ms - nowMs()));
            // The timers first, and then what they gave to the executors.
            cluster.waitForIdle();
            settle();
        }
    }

    /** @param task gets the spout's collector, in the spout's thread */
    void bySpout(java.util.function.Consumer<SpoutOutputCollector> task) {
        forSpout.add(() -> task.accept(spout));
    }

    /** @param task gets a bolt's collector, in the bolt's thread */
    void byBolt(java.util.function.Consumer<OutputCollector> task) {
        forHands.add(() -> task.accept(hands));
        nudges.incrementAndGet();
    }

    void tell(Object saying) {
        told.add(saying);
    }

    /** What has been told since the last time, once nothing more comes. */
    List<Object> take() throws Exception {
        settle();
        List<Object> taken = new ArrayList<>();
        for (Object saying = told.poll(); saying != null; saying = told.poll()) {
            taken.add(saying);
        }
        return taken;
    }

    /** Waits until every executor has been idle for some rounds, in which a message goes from one to the next. */
    private void settle() throws Exception {
        long untilNanos = System.nanoTime() + MOST_NANOS;
        for (int quiet = 0; quiet < QUIET_ROUNDS; quiet++) {
            int before = doings.get();
            Idling.awaitTurns(name, executors, untilNanos);
            if (doings.get() != before || !forHands.isEmpty()) {
                quiet = -1;
            }
        }
    }

    void close() throws Exception {
        cluster.killTopologyWithOpts(name, LocalCluster.KILL_NOW);
        STAGES.remove(name);
    }

    static void closeAll() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static void declare(OutputFieldsDeclarer declarer, List<Integer> counts) {
        counts.forEach(count -> declarer.declareStream(stream(count), new Fields("names")));
    }

    private static final class Spout extends BaseRichSpout {

        private final String stage;
        private final ArrayList<Integer> counts;

        Spout(String stage, List<Integer> counts) {
            this.stage = stage;
            this.counts = new ArrayList<>(counts);
        }

        @Override
        public void open(Map<String, Object> conf, TopologyContext context, SpoutOutputCollector collector) {
            Stage mine = STAGES.get(stage);
            mine.spout = collector;
            mine.openedMs = Time.currentTimeMillis();
            mine.ready();
        }

        @Override
        public void nextTuple() {
            Stage mine = STAGES.get(stage);
            Runnable task = mine == null ? null : mine.forSpout.poll();
            if (task != null) {
                task.run();
                mine.doings.incrementAndGet();
            }
        }

        @Override
        public void ack(Object id) {
            told("ack", id);
        }

        @Override
        public void fail(Object id) {
            told("fail", id);
        }

        private void told(String what, Object id) {
            Stage mine = STAGES.get(stage);
            mine.tell(List.of(what, id));
            mine.doings.incrementAndGet();
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declare(declarer, counts);
        }
    }

    private static final class Nudge extends BaseRichSpout {

        private final String stage;
        private SpoutOutputCollector collector;

        Nudge(String stage) {
            this.stage = stage;
        }

        @Override
        public void open(Map<String, Object> conf, TopologyContext context, SpoutOutputCollector collector) {
            this.collector = collector;
            STAGES.get(stage).ready();
        }

        @Override
        public void nextTuple() {
            Stage mine = STAGES.get(stage);
            if (mine != null && mine.nudges.get() > 0) {
                mine.nudges.decrementAndGet();
                // Without a message id nobody waits for it.
                collector.emit(new Values(""));
            }
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(new Fields("nothing"));
        }
    }

    private static final class Hands extends BaseRichBolt {

        private final String stage;
        private final ArrayList<Integer> counts;

        Hands(String stage, List<Integer> counts) {
            this.stage = stage;
            this.counts = new ArrayList<>(counts);
        }

        @Override
        public void prepare(Map<String, Object> conf, TopologyContext context, OutputCollector collector) {
            STAGES.get(stage).hands = collector;
            STAGES.get(stage).ready();
        }

        @Override
        public void execute(Tuple wake) {
            Stage mine = STAGES.get(stage);
            mine.forHands.remove().run();
            mine.doings.incrementAndGet();
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declare(declarer, counts);
        }
    }

    /** Holds the tuples that come, under the names that they bring for each task. */
    private static final class Holder extends BaseRichBolt {

        private final String stage;
        private int index;

        Holder(String stage) {
            this.stage = stage;
        }

        @Override
        public void prepare(Map<String, Object> conf, TopologyContext context, OutputCollector collector) {
            index = context.getThisTaskIndex();
            STAGES.get(stage).ready();
        }

        @Override
        public void execute(Tuple tuple) {
            Stage mine = STAGES.get(stage);
            mine.held.put((String) ((List<?>) tuple.getValue(0)).get(index), tuple);
            mine.doings.incrementAndGet();
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
        }
    }

    private synchronized void ready() {
        ready++;
    }
}
