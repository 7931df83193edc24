package recorder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.storm.generated.GlobalStreamId;
import org.apache.storm.generated.NodeInfo;
import org.apache.storm.grouping.LoadAwareShuffleGrouping;
import org.apache.storm.grouping.LoadMapping;
import org.apache.storm.networktopography.DNSToSwitchMapping;
import org.apache.storm.task.WorkerTopologyContext;

/** {@link LoadAwareShuffleGrouping} of an executor at port 1 of the node n0, whose host is in the rack r0. */
final class LoadAwareShuffleComponent implements Component {

    private static final String HIGHER_BOUND = "topology.localityaware.higher.bound";
    private static final String LOWER_BOUND = "topology.localityaware.lower.bound";
    private static final Map<String, String> NODE_TO_HOST = Map.of("n0", "h0", "n1", "h1", "n2", "h2");

    /** By scope, the nearest first. */
    private static final Map<String, NodeInfo> PLACES = Map.of(
        "WORKER_LOCAL", place("n0", 1L),
        "HOST_LOCAL", place("n0", 2L),
        "RACK_LOCAL", place("n1", 1L),
        "EVERYTHING", place("n2", 1L));

    private final LoadAwareShuffleGrouping grouping = new LoadAwareShuffleGrouping();
    private final List<Integer> targets = new ArrayList<>();

    /** h0 and h1 stand in one rack, h2 in another. */
    public static final class Racks implements DNSToSwitchMapping {

        @Override
        public Map<String, String> resolve(List<String> hosts) {
            Map<String, String> racks = new HashMap<>();
            hosts.forEach(host -> racks.put(host, host.equals("h2") ? "r1" : "r0"));
            return racks;
        }
    }

    LoadAwareShuffleComponent(Step config) {
        Map<Integer, NodeInfo> places = new HashMap<>();
        for (Step target : config.steps("targets")) {
            targets.add(target.whole("task"));
            places.put(target.whole("task"), PLACES.get(target.text("scope")));
        }
        Map<String, Object> conf = Map.of(
            "storm.network.topography.plugin", Racks.class.getName(),
            HIGHER_BOUND, config.fraction(HIGHER_BOUND, 0.8),
            LOWER_BOUND, config.fraction(LOWER_BOUND, 0.2));
        WorkerTopologyContext context = new WorkerTopologyContext(null, conf, new HashMap<>(), new HashMap<>(), new HashMap<>(),
            "topology-1", null, null, 1, List.of(), new HashMap<>(), new HashMap<>(), new AtomicReference<>(places), "n0",
            new AtomicReference<>(NODE_TO_HOST));
        grouping.prepare(context, new GlobalStreamId("spout", "default"), targets);
    }

    @Override
    public Object play(Object given) throws Exception {
        Step step = Step.of(given);
        if (step.text("do").equals("refresh")) {
            Map<Integer, Double> load = new HashMap<>();
            for (List<Number> pair : step.<List<Number>>list("load")) {
                load.put(pair.get(0).intValue(), pair.get(1).doubleValue());
            }
            LoadMapping mapping = new LoadMapping();
            mapping.setLocal(load);
            grouping.refreshLoad(mapping);
            return Component.answer("scope", WindowedBoltComponent.field(grouping, "currentScope").toString());
        }
        Map<Integer, Integer> counts = new TreeMap<>();
        targets.forEach(task -> counts.put(task, 0));
        for (int i = 0; i < step.whole("tuples"); i++) {
            counts.merge(grouping.chooseTasks(0, List.of()).get(0), 1, Integer::sum);
        }
        List<Object> pairs = new ArrayList<>();
        counts.forEach((task, count) -> pairs.add(List.of(task, count)));
        return pairs;
    }

    private static NodeInfo place(String node, long port) {
        return new NodeInfo(node, new HashSet<>(Set.of(port)));
    }
}
