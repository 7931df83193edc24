package trident;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.apache.storm.tuple.Values;

/** A source of several partitions, of which a batch takes a few records each: what Kafka would be. */
final class Log {
    private final Map<String, List<String>> records = new TreeMap<>();
    private final int recordsPerBatch;
    private List<String> partitions = new ArrayList<>();

    Log(int recordsPerBatch) {
        this.recordsPerBatch = recordsPerBatch;
    }

    void arrive(String partition, JsonNode values) {
        values.forEach(value -> records.computeIfAbsent(partition, name -> new ArrayList<>()).add(value.asText()));
        Set<String> all = new TreeSet<>(partitions);
        all.add(partition);
        partitions = new ArrayList<>(all);
    }

    void setPartitions(JsonNode names) {
        partitions = new ArrayList<>();
        names.forEach(name -> partitions.add(name.asText()));
    }

    private Map<String, Object> emit(TridentCollector collector, String partition, long from, long to) {
        List<String> all = records.getOrDefault(partition, List.of());
        long end = Math.min(to, all.size());
        for (long i = from; i < end; i++) {
            collector.emit(new Values(partition, all.get((int) i)));
        }
        return Map.of("from", from, "to", end);
    }

    private static List<Part> parts(List<String> names) {
        return names.stream().sorted().map(Part::new).toList();
    }

    private Map<Part, Map<String, Object>> emitNew(TridentCollector collector, Set<Part> parts,
                                                   Map<Part, Map<String, Object>> last) {
        Map<Part, Map<String, Object>> metas = new TreeMap<>();
        for (Part part : new TreeSet<>(parts)) {
            Map<String, Object> before = last.get(part);
            long from = before == null ? 0 : ((Number) before.get("to")).longValue();
            metas.put(part, emit(collector, part.getId(), from, from + recordsPerBatch));
        }
        return metas;
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

    final class Opaque implements IOpaquePartitionedTridentSpout<List<String>, Part, Map<String, Object>> {
        @Override
        public Emitter<List<String>, Part, Map<String, Object>> getEmitter(Map<String, Object> conf, TopologyContext context) {
            return new Emitter<>() {
                @Override
                public Map<Part, Map<String, Object>> emitBatchNew(TransactionAttempt tx, TridentCollector collector, Set<Part> parts,
                                                                   Map<Part, Map<String, Object>> last) {
                    return emitNew(collector, parts, last);
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
                    return true;
                }

                @Override
                public List<String> getPartitionsForBatch() {
                    return new ArrayList<>(partitions);
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
            return new Fields("partition", "value");
        }
    }

    final class Transactional implements IPartitionedTridentSpout<List<String>, Part, Map<String, Object>> {
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
                    return emitNew(collector, parts, last);
                }

                @Override
                public void refreshPartitions(List<Part> parts) {
                }

                @Override
                public void reEmitPartitionBatch(TransactionAttempt tx, TridentCollector collector, Part part,
                                                 Map<String, Object> meta) {
                    emit(collector, part.getId(), ((Number) meta.get("from")).longValue(), ((Number) meta.get("to")).longValue());
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
                    return new ArrayList<>(partitions);
                }

                @Override
                public boolean isReady(long txid) {
                    return true;
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
            return new Fields("partition", "value");
        }
    }
}
