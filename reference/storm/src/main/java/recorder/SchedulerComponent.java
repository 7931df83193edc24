package recorder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.storm.daemon.StormCommon;
import org.apache.storm.daemon.nimbus.Nimbus;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.metric.StormMetricsRegistry;
import org.apache.storm.scheduler.Cluster;
import org.apache.storm.scheduler.DefaultScheduler;
import org.apache.storm.scheduler.ExecutorDetails;
import org.apache.storm.scheduler.SchedulerAssignment;
import org.apache.storm.scheduler.SchedulerAssignmentImpl;
import org.apache.storm.scheduler.SupervisorDetails;
import org.apache.storm.scheduler.Topologies;
import org.apache.storm.scheduler.TopologyDetails;
import org.apache.storm.scheduler.WorkerSlot;
import org.apache.storm.scheduler.resource.normalization.ResourceMetrics;
import org.apache.storm.topology.BoltDeclarer;
import org.apache.storm.topology.TopologyBuilder;
import org.apache.storm.utils.Utils;

/** {@link DefaultScheduler}, given round after round what Nimbus would give it of one topology. */
final class SchedulerComponent implements Component {

    private static final String ID = "topology-1-1700000000";

    private final Map<ExecutorDetails, String> executors = new HashMap<>();
    private final Map<String, Object> conf = new HashMap<>(Utils.readDefaultConfig());
    private final StormTopology topology;
    private Map<ExecutorDetails, WorkerSlot> assigned = new HashMap<>();

    SchedulerComponent(Step config) throws Exception {
        int workers = (int) config.number("topology.workers", 1);
        int ackers = (int) config.number("topology.acker.executors", workers);
        conf.put("topology.workers", workers);
        conf.put("topology.acker.executors", ackers);
        Integer most = config.has("topology.max.task.parallelism") ? config.whole("topology.max.task.parallelism") : null;
        TopologyBuilder builder = new TopologyBuilder();
        for (Step component : config.steps("components")) {
            BoltDeclarer bolt = component.has("parallelismHint")
                ? builder.setBolt(component.text("id"), new Puppets.Bolt(), component.whole("parallelismHint"))
                : builder.setBolt(component.text("id"), new Puppets.Bolt());
            // Nimbus writes the number of tasks into each component before anything else.
            long tasks = component.number("topology.tasks", component.number("parallelismHint", 1));
            bolt.setNumTasks(most == null ? tasks : Math.min(most, tasks));
        }
        topology = builder.createTopology();
        StormTopology system = StormCommon.systemTopology(conf, topology);
        Map<String, List<Integer>> tasks = new TreeMap<>();
        new TreeMap<>(StormCommon.stormTaskInfo(topology, conf))
            .forEach((task, component) -> tasks.computeIfAbsent(component, name -> new ArrayList<>()).add(task));
        for (Map.Entry<String, List<Integer>> each : tasks.entrySet()) {
            int hint = StormCommon.numStartExecutors(StormCommon.allComponents(system).get(each.getKey()));
            for (List<Integer> chunk : Utils.partitionFixed(hint, each.getValue())) {
                executors.put(new ExecutorDetails(chunk.get(0), chunk.get(chunk.size() - 1)), each.getKey());
            }
        }
    }

    @Override
    public Object play(Object given) {
        Step step = Step.of(given);
        Set<String> dead = new HashSet<>(step.<String>list("dead"));
        Map<String, List<Integer>> ports = new LinkedHashMap<>();
        for (Step slot : step.steps("slots")) {
            String name = slot.text("supervisor") + ":" + slot.whole("port");
            List<Integer> visible = ports.computeIfAbsent(slot.text("supervisor"), id -> new ArrayList<>());
            // Nimbus hides the slot of a dead worker for the round.
            if (!dead.contains(name)) {
                visible.add(slot.whole("port"));
            }
        }
        Map<String, SupervisorDetails> supervisors = new HashMap<>();
        ports.forEach((id, visible) -> supervisors.put(id, new SupervisorDetails(id, id, null, visible)));
        assigned.values().removeIf(slot -> !ports.getOrDefault(slot.getNodeId(), List.of()).contains(slot.getPort()));
        assigned = schedule(supervisors);
        Map<String, List<Integer>> bySlot = new TreeMap<>();
        assigned.forEach((executor, slot) -> bySlot.computeIfAbsent(slot.getNodeId() + ":" + slot.getPort(), name -> new ArrayList<>())
            .add(executor.getStartTask()));
        List<Object> answer = new ArrayList<>();
        bySlot.forEach((name, tasks) -> answer.add(List.of(name, tasks.stream().sorted().toList())));
        return answer;
    }

    private Map<ExecutorDetails, WorkerSlot> schedule(Map<String, SupervisorDetails> supervisors) {
        TopologyDetails details = new TopologyDetails(ID, conf, topology, (Integer) conf.get("topology.workers"), executors, "owner");
        Topologies topologies = new Topologies(Map.of(ID, details));
        Map<String, SchedulerAssignment> existing = new HashMap<>();
        if (!assigned.isEmpty()) {
            existing.put(ID, new SchedulerAssignmentImpl(ID, assigned, null, null));
        }
        Cluster cluster = new Cluster(new Nimbus.StandaloneINimbus(), new ResourceMetrics(new StormMetricsRegistry()), supervisors,
            existing, topologies, Utils.readDefaultConfig());
        new DefaultScheduler().schedule(topologies, cluster);
        SchedulerAssignment now = cluster.getAssignmentById(ID);
        return now == null ? new HashMap<>() : new HashMap<>(now.getExecutorToSlot());
    }
}
