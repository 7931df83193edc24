package recorder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.storm.task.IOutputCollector;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.tuple.Tuple;

/** What a bolt says to its collector, in order. */
final class Heard implements IOutputCollector {

    record Emitted(String stream, Integer task, Collection<Tuple> anchors, List<Object> values) {
    }

    record Acked(Tuple tuple) {
    }

    record Failed(Tuple tuple) {
    }

    private List<Object> sayings = new ArrayList<>();

    OutputCollector collector() {
        return new OutputCollector(this);
    }

    void add(Object saying) {
        sayings.add(saying);
    }

    /** What was said since the last time. */
    List<Object> take() {
        List<Object> taken = sayings;
        sayings = new ArrayList<>();
        return taken;
    }

    @Override
    public List<Integer> emit(String stream, Collection<Tuple> anchors, List<Object> values) {
        add(new Emitted(stream, null, anchors, values));
        return List.of();
    }

    @Override
    public void emitDirect(int task, String stream, Collection<Tuple> anchors, List<Object> values) {
        add(new Emitted(stream, task, anchors, values));
    }

    @Override
    public void ack(Tuple tuple) {
        add(new Acked(tuple));
    }

    @Override
    public void fail(Tuple tuple) {
        add(new Failed(tuple));
    }

    @Override
    public void resetTimeout(Tuple tuple) {
    }

    @Override
    public void flush() {
    }

    @Override
    public void reportError(Throwable error) {
        throw new IllegalStateException(error);
    }
}
