package trident;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.metrics2.StormMetricRegistry;
import org.apache.storm.task.TopologyContext;

/** The place of a task in a topology, as Storm would tell it to the task. */
final class Contexts {
    static final String COMPONENT = "component";

    private Contexts() {
    }

    /** Task `index` of a component of `tasks` tasks, which are numbered from 1, in the topology `stormId`. */
    static TopologyContext of(int index, int tasks, String stormId, Map<String, List<Integer>> others) {
        Map<String, List<Integer>> tasksOf = new HashMap<>(others);
        List<Integer> own = new ArrayList<>();
        for (int task = 1; task <= tasks; task++) {
            own.add(task);
        }
        tasksOf.put(COMPONENT, own);
        Map<Integer, String> componentOf = new HashMap<>();
        tasksOf.forEach((component, ids) -> ids.forEach(id -> componentOf.put(id, component)));
        StormTopology topology = new StormTopology(new HashMap<>(), new HashMap<>(), new HashMap<>());
        return new TopologyContext(topology, new HashMap<>(), componentOf, tasksOf, new HashMap<>(), new HashMap<>(), stormId,
            null, null, own.get(index), 6700, own, new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(),
            new AtomicBoolean(), new StormMetricRegistry());
    }

    static TopologyContext of(int index, int tasks) {
        return of(index, tasks, "topology-1", Map.of());
    }
}
