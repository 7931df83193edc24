package trident;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.trident.operation.TridentCollector;
import org.apache.storm.trident.spout.IOpaquePartitionedTridentSpout;
import org.apache.storm.trident.spout.IPartitionedTridentSpout;
import org.apache.storm.trident.spout.ISpoutPartition;
import org.apache.storm.trident.topology.TransactionAttempt;
import org.apache.storm.tuple.Fields;

/** The two kinds of spout that read ranges of a partitioned source, and differ in how they read them again. */
final class PartitionedSpouts {
    private PartitionedSpouts() {
    }

    /** What a spout reads. */
    interface Source extends Serializable {
        Fields fields();

        List<String> partitions();

        /** A batch, or a batch again, may be given out. */
        boolean isReady();

        /** Emits what a new batch takes of a partition. @return where the next one begins */
        long emit(TransactionAttempt tx, TridentCollector collector, String partition, long from);

        void emitAgain(TransactionAttempt tx, TridentCollector collector, String partition, long from, long to);
    }

    /** A partition's name. */
    record Part(String id) implements ISpoutPartition, Comparable<Part> {
        @Override
        public String getId() {
            return id;
        }

        @Override
        public int compareTo(Part other) {
            return id.compareTo(other.id);
        }
    }

    private static List<Part> parts(List<String> names) {
        return names.stream().sorted().map(Part::new).toList();
    }

    private static Map<Part, Map<String, Object>> emit(Source source, TransactionAttempt tx, TridentCollector collector,
                                                       Set<Part> parts, Map<Part, Map<String, Object>> last) {
        Map<Part, Map<String, Object>> ranges = new TreeMap<>();
        for (Part part : new TreeSet<>(parts)) {
            long from = last.get(part) == null ? 0 : offset(last.get(part), "to");
            ranges.put(part, Map.of("from", from, "to", source.emit(tx, collector, part.getId(), from)));
        }
        return ranges;
    }

    private static long offset(Map<String, Object> range, String end) {
        return ((Number) range.get(end)).longValue();
    }

    record Opaque(Source source) implements IOpaquePartitionedTridentSpout<List<String>, Part, Map<String, Object>>, Serializable {
        @Override
        public Emitter<List<String>, Part, Map<String, Object>> getEmitter(Map<String, Object> conf, TopologyContext context) {
            return new Emitter<>() {
                @Override
                public Map<Part, Map<String, Object>> emitBatchNew(TransactionAttempt tx, TridentCollector collector, Set<Part> parts,
                                                                   Map<Part, Map<String, Object>> last) {
                    return emit(source, tx, collector, parts, last);
                }

                @Override
                public void refreshPartitions(List<Part> parts) {
                }

                @Override
                public List<Part> getOrderedPartitions(List<String> names) {
                    return parts(names);
                }

                @Override
                public void close() {
                }
            };
        }

        @Override
        public Coordinator<List<String>> getCoordinator(Map<String, Object> conf, TopologyContext context) {
            return new Coordinator<>() {
                @Override
                public boolean isReady(long txid) {
                    return source.isReady();
                }

                @Override
                public List<String> getPartitionsForBatch() {
                    return new ArrayList<>(source.partitions());
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
            return source.fields();
        }
    }

    record Transactional(Source source) implements IPartitionedTridentSpout<List<String>, Part, Map<String, Object>>, Serializable {
        @Override
        public Emitter<List<String>, Part, Map<String, Object>> getEmitter(Map<String, Object> conf, TopologyContext context) {
            return new Emitter<>() {
                @Override
                public List<Part> getOrderedPartitions(List<String> names) {
                    return parts(names);
                }

                @Override
                public Map<Part, Map<String, Object>> emitBatchNew(TransactionAttempt tx, TridentCollector collector, Set<Part> parts,
                                                                   Map<Part, Map<String, Object>> last) {
                    return emit(source, tx, collector, parts, last);
                }

                @Override
                public void refreshPartitions(List<Part> parts) {
                }

                @Override
                public void reEmitPartitionBatch(TransactionAttempt tx, TridentCollector collector, Part part,
                                                 Map<String, Object> range) {
                    source.emitAgain(tx, collector, part.getId(), offset(range, "from"), offset(range, "to"));
                }

                @Override
                public void close() {
                }
            };
        }

        @Override
        public Coordinator<List<String>> getCoordinator(Map<String, Object> conf, TopologyContext context) {
            return new Coordinator<>() {
                @Override
                public List<String> getPartitionsForBatch() {
                    return new ArrayList<>(source.partitions());
                }

                @Override
                public boolean isReady(long txid) {
                    return source.isReady();
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
            return source.fields();
        }
    }
}
