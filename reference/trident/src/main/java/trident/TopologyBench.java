package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.storm.Config;
import org.apache.storm.LocalCluster;
import org.apache.storm.task.IMetricsContext;
import org.apache.storm.trident.Stream;
import org.apache.storm.trident.TridentTopology;
import org.apache.storm.trident.operation.BaseFilter;
import org.apache.storm.trident.operation.builtin.Count;
import org.apache.storm.trident.spout.IOpaquePartitionedTridentSpout;
import org.apache.storm.trident.spout.IPartitionedTridentSpout;
import org.apache.storm.trident.state.State;
import org.apache.storm.trident.state.StateFactory;
import org.apache.storm.trident.state.ValueUpdater;
import org.apache.storm.trident.state.map.MapState;
import org.apache.storm.trident.tuple.TridentTuple;
import org.apache.storm.tuple.Fields;

/** A word count in a local cluster: a spout, groupBy, persistentAggregate, whose attempts fail where the script says. */
final class TopologyBench implements Bench {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final LocalCluster cluster;
    private final JsonNode options;
    private final String name = "course-" + NAMES.incrementAndGet();

    TopologyBench(JsonNode options, LocalCluster cluster) {
        this.options = options;
        this.cluster = cluster;
    }

    @Override
    public Object play(JsonNode step) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Object> play(List<JsonNode> script) throws Exception {
        List<String> records = new ArrayList<>();
        options.get("records").forEach(record -> records.add(record.asText()));
        Course course = new Course(name, records, script);
        Config config = new Config();
        config.setNumWorkers(1);
        config.setNumAckers(1);
        TridentTopology topology = new TridentTopology();
        stream(topology)
            .each(new Fields("word"), new Processing(name))
            .groupBy(new Fields("word"))
            .persistentAggregate(new States(name, options.get("state").asText()), new Count(), new Fields("count"));
        try (LocalCluster.LocalTopology running = cluster.submitTopology(name, config, topology.build())) {
            return course.await();
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Stream stream(TridentTopology topology) {
        CourseSpouts.Records records = new CourseSpouts.Records(name);
        return switch (options.get("spout").asText()) {
            case "opaque" -> topology.newStream(name, (IOpaquePartitionedTridentSpout) new PartitionedSpouts.Opaque(records));
            case "transactional" -> topology.newStream(name, (IPartitionedTridentSpout) new PartitionedSpouts.Transactional(records));
            default -> topology.newStream(name, new CourseSpouts.NonTransactional(name));
        };
    }

    private static final class Processing extends BaseFilter {
        private final String course;

        Processing(String course) {
            this.course = course;
        }

        @Override
        public boolean isKeep(TridentTuple tuple) {
            Course.of(course).pass("fails while processed");
            return true;
        }
    }

    private record States(String course, String kind) implements StateFactory {
        @Override
        public State makeState(Map<String, Object> conf, IMetricsContext metrics, int partition, int partitions) {
            Course all = Course.of(course);
            return new Watched(StateBench.open(kind, all.memory()), all);
        }
    }

    /** The real state, and a place to fail once it is written. */
    private record Watched(MapState<Long> state, Course course) implements MapState<Long> {
        @Override
        public void beginCommit(Long txid) {
            state.beginCommit(txid);
        }

        @Override
        public void commit(Long txid) {
            state.commit(txid);
            course.pass("fails after the state was written");
            course.committed();
        }

        @Override
        public List<Long> multiUpdate(List<List<Object>> keys, List<ValueUpdater> updaters) {
            return state.multiUpdate(keys, updaters);
        }

        @Override
        public void multiPut(List<List<Object>> keys, List<Long> values) {
            state.multiPut(keys, values);
        }

        @Override
        public List<Long> multiGet(List<List<Object>> keys) {
            return state.multiGet(keys);
        }
    }
}
