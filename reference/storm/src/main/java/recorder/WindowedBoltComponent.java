package recorder;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.WindowedBoltExecutor;
import org.apache.storm.topology.base.BaseWindowedBolt;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.windowing.DefaultEvictionContext;
import org.apache.storm.windowing.EvictionPolicy;
import org.apache.storm.windowing.TupleWindow;
import org.apache.storm.windowing.WaterMarkEvent;
import org.apache.storm.windowing.WaterMarkEventGenerator;
import org.apache.storm.windowing.WindowManager;

/**
 * {@link WindowedBoltExecutor}, whose two timers the script plays: their own periods are too long to pass.
 */
final class WindowedBoltComponent implements Component {

    private static final int NEVER_MS = 1_000_000_000;

    private final Heard heard = new Heard();
    private final Step config;
    private final TopologyContext context;
    private final WindowedBoltExecutor executor;

    WindowedBoltComponent(Step config) {
        this.config = config;
        List<String> streams = config.list("streams");
        BaseWindowedBolt bolt = WindowedBolts.build(config, heard);
        List<String> fields = config.list("fields");
        context = WindowedBolts.context(bolt, streams.isEmpty() ? List.of("spout:default") : streams,
            fields.isEmpty() ? WindowedBolts.FIELDS : fields);
        executor = new WindowedBoltExecutor(bolt);
        Map<String, Object> conf = new HashMap<>(bolt.getComponentConfiguration());
        conf.put(WindowedBolts.WATERMARK_MS, NEVER_MS);
        conf.put("topology.enable.message.timeouts", false);
        executor.prepare(conf, context, heard.collector());
    }

    @Override
    public Object play(Object given) throws Exception {
        Step step = Step.of(given);
        return switch (step.text("do")) {
            case "add" -> add(step);
            case "watermark" -> {
                manager().add(new WaterMarkEvent<>(step.number("ms")));
                yield Component.answer("happenings", happenings(null));
            }
            case "watermark timer" -> {
                WaterMarkEventGenerator<?> generator = (WaterMarkEventGenerator<?>) field(executor, "waterMarkEventGenerator");
                long before = (Long) field(generator, "lastWaterMarkTs");
                generator.run();
                long after = (Long) field(generator, "lastWaterMarkTs");
                yield Component.answer("watermarkMs", after > before ? after : null, "happenings", happenings(null));
            }
            default -> {
                // What the timer's task does, at the script's time instead of the clock's.
                long slideMs = config.number(WindowedBolts.SLIDE_MS);
                EvictionPolicy<?, ?> policy = (EvictionPolicy<?, ?>) field(executor, "evictionPolicy");
                policy.setContext(new DefaultEvictionContext(step.number("nowMs") - 1, null, null, slideMs));
                manager().onTrigger();
                yield Component.answer("happenings", happenings(null));
            }
        };
    }

    private Object add(Step step) throws Exception {
        String[] stream = step.text("stream", "spout:default").split(":");
        long tsMs = step.number("tsMs", 0);
        Tuple tuple = Contexts.tuple(context, stream[0], 0, stream[1], List.of(step.text("tuple"), tsMs));
        if (config.has("timestampField")) {
            executor.execute(tuple);
        } else {
            manager().add(tuple, step.number("nowMs", 0));
        }
        return Component.answer("happenings", happenings(tuple));
    }

    /** @param added the tuple that was just added: if it is acked already, it was late */
    private List<Object> happenings(Tuple added) {
        List<Object> happenings = new ArrayList<>();
        List<Object> expired = new ArrayList<>();
        for (Object saying : heard.take()) {
            if (saying instanceof Heard.Emitted late) {
                happenings.add(Component.answer("kind", "late", "stream", late.stream(), "tuple", name((Tuple) late.values().get(0))));
            } else if (saying instanceof Heard.Acked acked && acked.tuple() == added) {
                happenings.add(Component.answer("kind", "acked", "tuples", List.of(name(added))));
            } else if (saying instanceof Heard.Acked acked) {
                expired.add(name(acked.tuple()));
                if (expired.size() == 1) {
                    happenings.add(Component.answer("kind", "acked", "tuples", expired));
                }
            } else if (saying instanceof TupleWindow window) {
                happenings.add(fired(window));
                expired = new ArrayList<>();
            }
        }
        return happenings;
    }

    private Object fired(TupleWindow window) {
        Map<String, Object> fired = new java.util.LinkedHashMap<>();
        fired.put("kind", "fired");
        // Where the clock's time is the reference it is no part of the answer.
        if (config.has("timestampField") || config.has(WindowedBolts.SLIDE_MS)) {
            fired.put("referenceMs", window.getEndTimestamp());
        }
        fired.put("tuples", names(window.get()));
        fired.put("newTuples", names(window.getNew()));
        fired.put("expiredTuples", names(window.getExpired()));
        return fired;
    }

    private static List<String> names(List<Tuple> tuples) {
        return tuples.stream().map(WindowedBoltComponent::name).toList();
    }

    private static String name(Tuple tuple) {
        return tuple.getStringByField("name");
    }

    @SuppressWarnings("unchecked")
    private WindowManager<Tuple> manager() throws Exception {
        return (WindowManager<Tuple>) field(executor, "windowManager");
    }

    static Object field(Object owner, String name) throws Exception {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    @Override
    public void close() {
        executor.cleanup();
    }
}
