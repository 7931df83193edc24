package trident;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.storm.spout.SpoutOutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichSpout;
import org.apache.storm.trident.operation.TridentCollector;
import org.apache.storm.trident.spout.IOpaquePartitionedTridentSpout;
import org.apache.storm.trident.spout.IPartitionedTridentSpout;
import org.apache.storm.trident.spout.ISpoutPartition;
import org.apache.storm.trident.spout.RichSpoutBatchExecutor;
import org.apache.storm.trident.topology.TransactionAttempt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Values;

/** The three kinds of spout over the records of a course, in one partition. */
final class CourseSpouts {
    private static final Fields FIELDS = new Fields("word");

    private CourseSpouts() {
    }

    /** The only partition. */
    record Part() implements ISpoutPartition {
        @Override
        public String getId() {
            return "p0";
        }
    }

    private static Map<String, Object> emit(Course course, TridentCollector collector, long from, long to) {
        for (long i = from; i < to; i++) {
            String record = course.records().get((int) i);
            course.emit(record);
            collector.emit(new Values(record));
        }
        return Map.of("from", from, "to", to);
    }

    private static Map<Part, Map<String, Object>> emitNew(Course course, TransactionAttempt tx, TridentCollector collector,
                                                          Map<Part, Map<String, Object>> last) {
        Map<String, Object> before = last.get(new Part());
        long from = before == null ? 0 : ((Number) before.get("to")).longValue();
        return Map.of(new Part(), emit(course, collector, from, from + course.begin(tx)));
    }

    record Opaque(String course) implements IOpaquePartitionedTridentSpout<String, Part, Map<String, Object>>, Serializable {
        @Override
        public Emitter<String, Part, Map<String, Object>> getEmitter(Map<String, Object> conf, TopologyContext context) {
            return new Emitter<>() {
                @Override
                public Map<Part, Map<String, Object>> emitBatchNew(TransactionAttempt tx, TridentCollector collector, Set<Part> parts,
                                                                   Map<Part, Map<String, Object>> last) {
                    return emitNew(Course.of(course), tx, collector, last);
                }

                @Override
                public void refreshPartitions(List<Part> parts) {
                }

                @Override
                public List<Part> getOrderedPartitions(String all) {
                    return List.of(new Part());
                }

                @Override
                public void close() {
                }
            };
        }

        @Override
        public Coordinator<String> getCoordinator(Map<String, Object> conf, TopologyContext context) {
            return new Coordinator<>() {
                @Override
                public boolean isReady(long txid) {
                    return Course.of(course).isReady();
                }

                @Override
                public String getPartitionsForBatch() {
                    return "p0";
                }

                @Override
                public void close() {
                }
            };
        }

        @Override
        public Map<String, Object> getComponentConfiguration() {
            return null;
        }

        @Override
        public Fields getOutputFields() {
            return FIELDS;
        }
    }

    record Transactional(String course) implements IPartitionedTridentSpout<String, Part, Map<String, Object>>, Serializable {
        @Override
        public Emitter<String, Part, Map<String, Object>> getEmitter(Map<String, Object> conf, TopologyContext context) {
            return new Emitter<>() {
                @Override
                public List<Part> getOrderedPartitions(String all) {
                    return List.of(new Part());
                }

                @Override
                public Map<Part, Map<String, Object>> emitBatchNew(TransactionAttempt tx, TridentCollector collector, Set<Part> parts,
                                                                   Map<Part, Map<String, Object>> last) {
                    return emitNew(Course.of(course), tx, collector, last);
                }

                @Override
                public void refreshPartitions(List<Part> parts) {
                }

                @Override
                public void reEmitPartitionBatch(TransactionAttempt tx, TridentCollector collector, Part part, Map<String, Object> meta) {
                    Course.of(course).begin(tx);
                    emit(Course.of(course), collector, ((Number) meta.get("from")).longValue(), ((Number) meta.get("to")).longValue());
                }

                @Override
                public void close() {
                }
            };
        }

        @Override
        public Coordinator<String> getCoordinator(Map<String, Object> conf, TopologyContext context) {
            return new Coordinator<>() {
                @Override
                public String getPartitionsForBatch() {
                    return "p0";
                }

                @Override
                public boolean isReady(long txid) {
                    return Course.of(course).isReady();
                }

                @Override
                public void close() {
                }
            };
        }

        @Override
        public Map<String, Object> getComponentConfiguration() {
            return null;
        }

        @Override
        public Fields getOutputFields() {
            return FIELDS;
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
