package trident;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.storm.spout.SpoutOutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichSpout;
import org.apache.storm.trident.operation.TridentCollector;
import org.apache.storm.trident.spout.RichSpoutBatchExecutor;
import org.apache.storm.trident.topology.TransactionAttempt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Values;

/** The records of a course as spouts read them. */
final class CourseSpouts {
    private static final Fields FIELDS = new Fields("word");

    private CourseSpouts() {
    }

    /** All records in one partition; a batch takes as many as its attempt is to find. */
    record Records(String course) implements PartitionedSpouts.Source {
        @Override
        public Fields fields() {
            return FIELDS;
        }

        @Override
        public List<String> partitions() {
            return List.of("p0");
        }

        @Override
        public boolean isReady() {
            return Course.of(course).isReady();
        }

        @Override
        public long emit(TransactionAttempt tx, TridentCollector collector, String partition, long from) {
            long end = from + Course.of(course).begin(tx);
            emit(collector, from, end);
            return end;
        }

        @Override
        public void emitAgain(TransactionAttempt tx, TridentCollector collector, String partition, long from, long to) {
            Course.of(course).begin(tx);
            emit(collector, from, to);
        }

        private void emit(TridentCollector collector, long from, long to) {
            for (long i = from; i < to; i++) {
                String record = Course.of(course).records().get((int) i);
                Course.of(course).emit(record);
                collector.emit(new Values(record));
            }
        }
    }

    /** An ordinary spout, which emits failed tuples again, after those that wait; wrapped as Trident wraps it. */
    static final class NonTransactional extends RichSpoutBatchExecutor {
        private final String course;

        NonTransactional(String course) {
            super(new Queue(course));
            this.course = course;
        }

        @Override
        public BatchCoordinator<Object> getCoordinator(String id, Map<String, Object> conf, TopologyContext context) {
            BatchCoordinator<Object> real = super.getCoordinator(id, conf, context);
            return new BatchCoordinator<>() {
                @Override
                public Object initializeTransaction(long txid, Object before, Object now) {
                    return real.initializeTransaction(txid, before, now);
                }

                @Override
                public void success(long txid) {
                    real.success(txid);
                }

                @Override
                public boolean isReady(long txid) {
                    return Course.of(course).isReady();
                }

                @Override
                public void close() {
                    real.close();
                }
            };
        }

        @Override
        public Emitter<Object> getEmitter(String id, Map<String, Object> conf, TopologyContext context) {
            Emitter<Object> real = super.getEmitter(id, conf, context);
            return new Emitter<>() {
                @Override
                public void emitBatch(TransactionAttempt tx, Object meta, TridentCollector collector) {
                    Course.of(course).begin(tx);
                    real.emitBatch(tx, meta, collector);
                }

                @Override
                public void success(TransactionAttempt tx) {
                    real.success(tx);
                }

                @Override
                public void close() {
                    real.close();
                }
            };
        }
    }

    private static final class Queue extends BaseRichSpout {
        private final String course;
        private transient Deque<String> waiting;
        private transient SpoutOutputCollector collector;

        Queue(String course) {
            this.course = course;
        }

        @Override
        public void open(Map<String, Object> conf, TopologyContext context, SpoutOutputCollector collector) {
            this.collector = collector;
            waiting = new ArrayDeque<>(Course.of(course).records());
        }

        @Override
        public void nextTuple() {
            if (Course.of(course).findsMore()) {
                String record = waiting.remove();
                Course.of(course).emit(record);
                collector.emit(new Values(record), record);
            }
        }

        @Override
        public void fail(Object id) {
            waiting.add((String) id);
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(FIELDS);
        }
    }
}
