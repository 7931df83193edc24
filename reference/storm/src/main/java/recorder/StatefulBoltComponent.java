package recorder;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.storm.spout.CheckPointState.Action;
import org.apache.storm.spout.CheckpointSpout;
import org.apache.storm.state.InMemoryKeyValueState;
import org.apache.storm.state.KeyValueState;
import org.apache.storm.state.State;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.StatefulBoltExecutor;
import org.apache.storm.topology.TopologyBuilder;
import org.apache.storm.topology.base.BaseStatefulBolt;
import org.apache.storm.tuple.Tuple;

/** {@link StatefulBoltExecutor} around a bolt that counts its tuples and acks each at once. */
final class StatefulBoltComponent implements Component {

    private static final String CHECKPOINT = CheckpointSpout.CHECKPOINT_STREAM_ID;

    private final Heard heard = new Heard();
    private final TopologyContext context;
    private final Counting bolt = new Counting();
    private final StatefulBoltExecutor<KeyValueState<String, Long>> executor = new StatefulBoltExecutor<>(bolt);

    /** The count is its state. */
    static final class Counting extends BaseStatefulBolt<KeyValueState<String, Long>> {

        private transient OutputCollector collector;
        private transient KeyValueState<String, Long> state;

        @Override
        public void prepare(Map<String, Object> conf, TopologyContext context, OutputCollector collector) {
            this.collector = collector;
        }

        @Override
        public void initState(KeyValueState<String, Long> state) {
            this.state = state;
        }

        @Override
        public void execute(Tuple input) {
            state.put("count", state.get("count", 0L) + 1);
            collector.ack(input);
        }

        Long count() {
            return state == null ? null : state.get("count", 0L);
        }
    }

    StatefulBoltComponent(Step config) throws Exception {
        TopologyBuilder builder = new TopologyBuilder();
        builder.setSpout("up", new Puppets.Spout(Map.of("default", List.of("name"), CHECKPOINT, List.of("txid", "action"))));
        builder.setBolt("bolt", new Puppets.Bolt()).shuffleGrouping("up").allGrouping("up", CHECKPOINT);
        context = Contexts.of(builder.createTopology(), Map.of("storm.cluster.mode", "distributed"), "bolt",
            Map.of("up", config.whole("inputTasks")));
        Method prepare = StatefulBoltExecutor.class.getDeclaredMethod("prepare", Map.class, TopologyContext.class,
            OutputCollector.class, State.class);
        prepare.setAccessible(true);
        prepare.invoke(executor, new HashMap<>(), context, heard.collector(), new InMemoryKeyValueState<>());
    }

    @Override
    public Object play(Object given) {
        Step step = Step.of(given);
        if (step.text("do").equals("tuple")) {
            executor.execute(Contexts.tuple(context, "up", 0, "default", List.of(step.text("name"))));
        } else {
            List<Object> values = List.of(step.number("txid"), Action.valueOf(step.text("action")));
            executor.execute(Contexts.tuple(context, "up", step.whole("from"), CHECKPOINT, values));
        }
        List<Object> acks = new ArrayList<>();
        List<Object> fails = new ArrayList<>();
        Object forwards = null;
        for (Object saying : heard.take()) {
            if (saying instanceof Heard.Acked acked) {
                acks.add(name(acked.tuple()));
            } else if (saying instanceof Heard.Failed failed) {
                fails.add(name(failed.tuple()));
            } else if (saying instanceof Heard.Emitted emitted) {
                forwards = Component.answer("txid", emitted.values().get(0), "action", emitted.values().get(1).toString());
            }
        }
        return Component.answer("acks", acks, "fails", fails, "forwards", forwards, "count", bolt.count());
    }

    private static String name(Tuple tuple) {
        return tuple.getSourceStreamId().equals(CHECKPOINT) ? "checkpoint" : tuple.getStringByField("name");
    }
}
