package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.storm.trident.operation.TridentCollector;
import org.apache.storm.trident.topology.TransactionAttempt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Values;

/** A source of several partitions, of which a batch takes a few records each: what Kafka would be. */
final class Log implements PartitionedSpouts.Source {
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

    @Override
    public Fields fields() {
        return new Fields("partition", "value");
    }

    @Override
    public List<String> partitions() {
        return partitions;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public long emit(TransactionAttempt tx, TridentCollector collector, String partition, long from) {
        long end = Math.min(from + recordsPerBatch, records.getOrDefault(partition, List.of()).size());
        emitAgain(tx, collector, partition, from, end);
        return end;
    }

    @Override
    public void emitAgain(TransactionAttempt tx, TridentCollector collector, String partition, long from, long to) {
        for (long i = from; i < to; i++) {
            collector.emit(new Values(partition, records.get(partition).get((int) i)));
        }
    }
}
