package trident;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.storm.generated.Bolt;
import org.apache.storm.generated.ComponentCommon;
import org.apache.storm.generated.ComponentObject;
import org.apache.storm.generated.GlobalStreamId;
import org.apache.storm.generated.Grouping;
import org.apache.storm.generated.NullStruct;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.metrics2.StormMetricRegistry;
import org.apache.storm.task.TopologyContext;

/** The place of a task in a topology, as Storm would tell it to the task. */
final class Contexts {
    static final String COMPONENT = "component";

    private Contexts() {
    }

    /** Task `index` of a component of `tasks` tasks, which are numbered from 1, in the topology `stormId`. */
    static TopologyContext of(int index, int tasks, String stormId) {
        StormTopology topology = new StormTopology(new HashMap<>(), new HashMap<>(), new HashMap<>());
        return create(topology, index, tasks, stormId, Map.of(), Map.of());
    }

    static TopologyContext of(int index, int tasks) {
        return of(index, tasks, "topology-1");
    }

    /** A single task, from which `target` takes a direct stream; with the tasks of the components around it. */
    static TopologyContext before(String target, String stream, Map<String, List<Integer>> others, Map<String, Object> config) {
        Map<GlobalStreamId, Grouping> inputs = Map.of(new GlobalStreamId(COMPONENT, stream), Grouping.direct(new NullStruct()));
        Map<String, Bolt> bolts = Map.of(COMPONENT, bolt(Map.of()), target, bolt(inputs));
        return create(new StormTopology(new HashMap<>(), bolts, new HashMap<>()), 0, 1, "topology-1", others, config);
    }

    /** A single task behind a component of these tasks. */
    static TopologyContext after(String source, List<Integer> tasks) {
        StormTopology topology = new StormTopology(new HashMap<>(), new HashMap<>(), new HashMap<>());
        return create(topology, 0, 1, "topology-1", Map.of(source, tasks), Map.of());
    }

    private static Bolt bolt(Map<GlobalStreamId, Grouping> inputs) {
        return new Bolt(new ComponentObject(), new ComponentCommon(inputs, new HashMap<>()));
    }

    private static TopologyContext create(StormTopology topology, int index, int tasks, String stormId,
                                          Map<String, List<Integer>> others, Map<String, Object> config) {
        Map<String, List<Integer>> tasksOf = new HashMap<>(others);
        List<Integer> own = IntStream.rangeClosed(1, tasks).boxed().toList();
        tasksOf.put(COMPONENT, own);
        Map<Integer, String> componentOf = new HashMap<>();
        tasksOf.forEach((component, ids) -> ids.forEach(id -> componentOf.put(id, component)));
        return new TopologyContext(topology, config, componentOf, tasksOf, new HashMap<>(), new HashMap<>(), stormId,
            null, null, own.get(index), 6700, own, new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(),
            new AtomicBoolean(), new StormMetricRegistry());
    }
}
