package recorder;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.apache.storm.spout.CheckPointState;
import org.apache.storm.spout.CheckpointSpout;
import org.apache.storm.spout.ISpoutOutputCollector;
import org.apache.storm.spout.SpoutOutputCollector;
import org.apache.storm.state.InMemoryKeyValueState;
import org.apache.storm.state.KeyValueState;
import org.apache.storm.task.TopologyContext;

/** {@link CheckpointSpout}, whose last checkpoint is moved so that as much time has passed as the script says. */
final class CheckpointSpoutComponent implements Component {

    private static final String INTERVAL = "topology.state.checkpoint.interval.ms";

    /** The spout's own name for it. */
    private static final String KEY = "__state";

    private final KeyValueState<String, CheckPointState> store = new InMemoryKeyValueState<>();
    private final Step config;
    private CheckpointSpout spout;
    private Object emitted;
    private long lastCheckpointMs;

    CheckpointSpoutComponent(Step config) throws Exception {
        this.config = config;
        CheckPointState stored = new CheckPointState(-1, CheckPointState.State.COMMITTED);
        if (config.has("stored")) {
            Step state = Step.of(config.fields().get("stored"));
            stored = new CheckPointState(state.number("txid"), CheckPointState.State.valueOf(state.text("state")));
        }
        store.put(KEY, stored);
        open();
    }

    private void open() throws Exception {
        spout = new CheckpointSpout();
        Map<String, Object> conf = Map.of(INTERVAL, config.number(INTERVAL, 1000));
        Method interval = CheckpointSpout.class.getDeclaredMethod("loadCheckpointInterval", Map.class);
        interval.setAccessible(true);
        Method open = CheckpointSpout.class.getDeclaredMethod("open", TopologyContext.class, SpoutOutputCollector.class,
            int.class, KeyValueState.class);
        open.setAccessible(true);
        open.invoke(spout, null, new SpoutOutputCollector(new Listener()), interval.invoke(spout, conf), store);
    }

    @Override
    public Object play(Object given) throws Exception {
        Step step = Step.of(given);
        switch (step.text("do")) {
            case "next" -> {
                return next(step.number("nowMs"));
            }
            case "ack" -> spout.ack(step.number("txid"));
            case "fail" -> spout.fail(0L);
            case "restart" -> {
                open();
                lastCheckpointMs = 0;
            }
            default -> throw new IllegalStateException(step.text("do"));
        }
        CheckPointState state = store.get(KEY);
        return Component.answer("txid", state.getTxid(), "state", state.getState().name());
    }

    private Object next(long nowMs) throws Exception {
        Field last = CheckpointSpout.class.getDeclaredField("lastCheckpointTs");
        last.setAccessible(true);
        long movedMs = System.currentTimeMillis() - (nowMs - lastCheckpointMs);
        last.setLong(spout, movedMs);
        emitted = null;
        spout.nextTuple();
        if (last.getLong(spout) != movedMs) {
            lastCheckpointMs = nowMs;
        }
        return emitted;
    }

    private final class Listener implements ISpoutOutputCollector {

        @Override
        public List<Integer> emit(String stream, List<Object> values, Object messageId) {
            emitted = Component.answer("txid", values.get(0), "action", values.get(1).toString());
            return List.of();
        }

        @Override
        public void emitDirect(int task, String stream, List<Object> values, Object messageId) {
        }

        @Override
        public long getPendingCount() {
            return 0;
        }

        @Override
        public void flush() {
        }

        @Override
        public void reportError(Throwable error) {
            throw new IllegalStateException(error);
        }
    }
}
