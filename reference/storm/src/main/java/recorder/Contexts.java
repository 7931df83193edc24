package recorder;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.metrics2.StormMetricRegistry;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.TupleImpl;
import org.apache.storm.utils.ThriftTopologyUtils;

/** The context of a task, made from a topology as a worker makes it: tasks are numbered by component, from 1 on. */
final class Contexts {

    private Contexts() {
    }

    /** Without it Storm takes itself for a test and checks the fields of every tuple. */
    private static final Map<String, Object> CONF = Map.of("storm.cluster.mode", "distributed");

    static TopologyContext of(StormTopology topology, String component) {
        return of(topology, CONF, component, Map.of());
    }

    /** @param tasks how many tasks each component has, where it is not one */
    static TopologyContext of(StormTopology topology, Map<String, Object> conf, String component, Map<String, Integer> tasks) {
        Map<Integer, String> taskToComponent = new TreeMap<>();
        Map<String, List<Integer>> componentToTasks = new TreeMap<>();
        Map<String, Map<String, Fields>> fields = new HashMap<>();
        for (String id : ThriftTopologyUtils.getComponentIds(topology).stream().sorted().toList()) {
            int first = taskToComponent.size() + 1;
            int count = tasks.getOrDefault(id, 1);
            List<Integer> ids = java.util.stream.IntStream.range(first, first + count).boxed().toList();
            ids.forEach(task -> taskToComponent.put(task, id));
            componentToTasks.put(id, ids);
            Map<String, Fields> streams = new HashMap<>();
            ThriftTopologyUtils.getComponentCommon(topology, id).get_streams()
                .forEach((stream, info) -> streams.put(stream, new Fields(info.get_output_fields())));
            fields.put(id, streams);
        }
        return new TopologyContext(topology, conf, taskToComponent, componentToTasks, fields, new HashMap<>(), "topology-1", null, null,
            componentToTasks.get(component).get(0), 6700, List.copyOf(taskToComponent.keySet()), new HashMap<>(), new HashMap<>(),
            new HashMap<>(), new HashMap<>(), new AtomicBoolean(), new StormMetricRegistry());
    }

    /** A tuple as it comes from the n-th task of a component. */
    static Tuple tuple(TopologyContext context, String component, int n, String stream, List<Object> values) {
        return new TupleImpl(context, values, component, context.getComponentTasks(component).get(n), stream);
    }
}
