package recorder;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.apache.storm.Constants;
import org.apache.storm.daemon.Acker;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.TopologyBuilder;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.TupleImpl;
import org.apache.storm.utils.RotatingMap;

/** {@link Acker} with a collector that listens. */
final class AckerComponent implements Component {

    private final Acker acker = new Acker();
    private final Heard heard = new Heard();
    private final TopologyContext context;

    AckerComponent(Step config) {
        TopologyBuilder builder = new TopologyBuilder();
        builder.setSpout("spout", new Puppets.Spout(Map.of("default", List.of("value"))));
        context = Contexts.of(builder.createTopology(), "spout");
        acker.prepare(Map.of(), context, heard.collector());
    }

    @Override
    public Object play(Object given) throws Exception {
        acker.execute(tuple(Step.of(given)));
        Object tells = null;
        for (Object saying : heard.take()) {
            if (saying instanceof Heard.Emitted emitted) {
                tells = Component.answer("task", emitted.task(), "stream", emitted.stream());
            }
        }
        return Component.answer("tells", tells, "openTrees", pending().size());
    }

    private Tuple tuple(Step step) {
        String stream = step.text("stream");
        if (stream.equals(Constants.SYSTEM_TICK_STREAM_ID)) {
            return new TupleImpl(context, List.of(30), Constants.SYSTEM_COMPONENT_ID, -1, stream);
        }
        long root = step.number("root");
        List<Object> values = switch (stream) {
            case Acker.ACKER_INIT_STREAM_ID -> List.of(root, step.number("value"), step.whole("spoutTask"));
            case Acker.ACKER_ACK_STREAM_ID -> List.of(root, step.number("value"));
            default -> List.of(root);
        };
        return new TupleImpl(context, values, "spout", 1, stream);
    }

    private RotatingMap<?, ?> pending() throws Exception {
        Field field = Acker.class.getDeclaredField("pending");
        field.setAccessible(true);
        return (RotatingMap<?, ?>) field.get(acker);
    }
}
