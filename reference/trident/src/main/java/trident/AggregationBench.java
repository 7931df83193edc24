package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.storm.Config;
import org.apache.storm.LocalCluster;
import org.apache.storm.generated.GlobalStreamId;
import org.apache.storm.grouping.CustomStreamGrouping;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.task.WorkerTopologyContext;
import org.apache.storm.trident.Stream;
import org.apache.storm.trident.TridentTopology;
import org.apache.storm.trident.operation.BaseFilter;
import org.apache.storm.trident.operation.ReducerAggregator;
import org.apache.storm.trident.operation.TridentCollector;
import org.apache.storm.trident.operation.TridentOperationContext;
import org.apache.storm.trident.operation.builtin.Count;
import org.apache.storm.trident.operation.builtin.Sum;
import org.apache.storm.trident.spout.IBatchSpout;
import org.apache.storm.trident.testing.CountAsAggregator;
import org.apache.storm.trident.testing.TrueFilter;
import org.apache.storm.trident.tuple.TridentTuple;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Values;

/** An aggregation over two partitions in a local cluster; the script says which tuples a batch has in each. */
final class AggregationBench implements Bench {
    private static final Map<String, AggregationBench> BENCHES = new ConcurrentHashMap<>();
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Fields FIELDS = new Fields("partition", "key", "value");
    private static final int PARTITIONS = 2;
    private static final long PATIENCE_SECONDS = 60;

    private final LocalCluster cluster;
    private final String operation;
    private final String name = "aggregation-" + NAMES.incrementAndGet();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<List<List<Object>>> emitted = new ArrayList<>();
    private List<JsonNode> script = List.of();

    AggregationBench(JsonNode options, LocalCluster cluster) {
        this.cluster = cluster;
        operation = options.get("operation").asText();
        BENCHES.put(name, this);
    }

    @Override
    public Object play(JsonNode step) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Object> play(List<JsonNode> steps) throws Exception {
        script = steps;
        Config config = new Config();
        config.setNumWorkers(1);
        config.setNumAckers(1);
        TridentTopology topology = new TridentTopology();
        Stream dealt = topology.newStream(name, new Batches(name)).partition(new ByPartition())
            .each(FIELDS, new TrueFilter()).parallelismHint(PARTITIONS);
        Stream aggregated = aggregate(dealt);
        aggregated.each(aggregated.getOutputFields(), new Watch(name)).parallelismHint(PARTITIONS);
        try (LocalCluster.LocalTopology running = cluster.submitTopology(name, config, topology.build())) {
            if (!end.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The topology did not come to its end: " + emitted);
            }
        }
        List<Object> answers = new ArrayList<>();
        for (List<List<Object>> batch : emitted.subList(0, steps.size())) {
            batch.sort(Comparator.comparing(Object::toString));
            answers.add(batch);
        }
        return answers;
    }

    private Stream aggregate(Stream stream) {
        Fields value = new Fields("value");
        Fields sum = new Fields("sum");
        Fields count = new Fields("count");
        return switch (operation) {
            case "partitionAggregate Sum" -> stream.partitionAggregate(value, new Sum(), sum);
            case "aggregate Sum" -> stream.aggregate(value, new Sum(), sum);
            case "aggregate reducer" -> stream.aggregate(value, new Adds(), sum);
            case "aggregate Aggregator" -> stream.aggregate(value, new CountAsAggregator(), count);
            case "aggregate Count and Sum" -> stream.chainedAgg().aggregate(new Count(), count)
                .aggregate(value, new Sum(), sum).chainEnd();
            case "groupBy aggregate Sum" -> stream.groupBy(new Fields("key")).aggregate(value, new Sum(), sum);
            default -> throw new IllegalStateException(operation);
        };
    }

    private synchronized void begin(long txid) {
        while (emitted.size() < txid) {
            emitted.add(new ArrayList<>());
        }
    }

    private synchronized void add(List<Object> row) {
        emitted.get(emitted.size() - 1).add(row);
    }

    /** A batch for each step, and empty ones after them; there is one at a time. */
    private record Batches(String bench) implements IBatchSpout {
        @Override
        public void open(Map<String, Object> conf, TopologyContext context) {
        }

        @Override
        public void emitBatch(long txid, TridentCollector collector) {
            AggregationBench all = BENCHES.get(bench);
            all.begin(txid);
            if (txid <= all.script.size()) {
                for (JsonNode tuple : all.script.get((int) txid - 1).get("tuples")) {
                    collector.emit(new Values(tuple.get(0).asInt(), tuple.get(1).asText(), tuple.get(2).asLong()));
                }
            }
        }

        @Override
        public void ack(long txid) {
            AggregationBench all = BENCHES.get(bench);
            if (txid == all.script.size()) {
                all.end.countDown();
            }
        }

        @Override
        public void close() {
        }

        @Override
        public Map<String, Object> getComponentConfiguration() {
            return new Config();
        }

        @Override
        public Fields getOutputFields() {
            return FIELDS;
        }
    }

    /** Puts a tuple into the partition that it names; the first value is the batch. */
    private static final class ByPartition implements CustomStreamGrouping {
        private List<Integer> targets;

        @Override
        public void prepare(WorkerTopologyContext context, GlobalStreamId stream, List<Integer> tasks) {
            targets = tasks.stream().sorted().toList();
        }

        @Override
        public List<Integer> chooseTasks(int task, List<Object> values) {
            return List.of(targets.get((Integer) values.get(1)));
        }
    }

    private static final class Watch extends BaseFilter {
        private final String bench;
        private int partition;

        Watch(String bench) {
            this.bench = bench;
        }

        @Override
        public void prepare(Map<String, Object> conf, TridentOperationContext context) {
            partition = context.getPartitionIndex();
        }

        @Override
        public boolean isKeep(TridentTuple tuple) {
            BENCHES.get(bench).add(List.of(partition, new ArrayList<>(tuple.getValues())));
            return true;
        }
    }

    private static final class Adds implements ReducerAggregator<Long> {
        @Override
        public Long init() {
            return 0L;
        }

        @Override
        public Long reduce(Long sum, TridentTuple tuple) {
            return sum + tuple.getLong(0);
        }
    }
}
