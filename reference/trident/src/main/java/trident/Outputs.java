package trident;

import java.util.Collection;
import java.util.List;
import org.apache.storm.coordination.BatchOutputCollector;
import org.apache.storm.task.IOutputCollector;
import org.apache.storm.tuple.Tuple;

/** Collectors that hand what is emitted to the recorder. */
final class Outputs {
    private Outputs() {
    }

    interface Emission {
        void on(String stream, List<Object> values);
    }

    static BatchOutputCollector batch(Emission emission) {
        return new BatchOutputCollector() {
            @Override
            public List<Integer> emit(String stream, List<Object> values) {
                emission.on(stream, values);
                return List.of();
            }

            @Override
            public void emitDirect(int task, String stream, List<Object> values) {
                throw new IllegalStateException();
            }

            @Override
            public void reportError(Throwable error) {
                throw new IllegalStateException(error);
            }

            @Override
            public void flush() {
            }
        };
    }

    static IOutputCollector bolt(Emission emission) {
        return new IOutputCollector() {
            @Override
            public List<Integer> emit(String stream, Collection<Tuple> anchors, List<Object> values) {
                emission.on(stream, values);
                return List.of();
            }

            @Override
            public void emitDirect(int task, String stream, Collection<Tuple> anchors, List<Object> values) {
                throw new IllegalStateException();
            }

            @Override
            public void ack(Tuple input) {
            }

            @Override
            public void fail(Tuple input) {
                throw new IllegalStateException();
            }

            @Override
            public void resetTimeout(Tuple input) {
            }

            @Override
            public void flush() {
            }

            @Override
            public void reportError(Throwable error) {
                throw new IllegalStateException(error);
            }
        };
    }
}
