package recorder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.storm.daemon.GrouperFactory;
import org.apache.storm.generated.Grouping;
import org.apache.storm.generated.NullStruct;
import org.apache.storm.grouping.CustomStreamGrouping;
import org.apache.storm.grouping.PartialKeyGrouping;
import org.apache.storm.task.WorkerTopologyContext;
import org.apache.storm.tuple.Fields;
import org.apache.storm.utils.Utils;

/** A grouper as an executor gets it from {@link GrouperFactory}. */
final class GroupingComponent implements Component {

    private final Step config;
    private final List<Integer> targets;
    private CustomStreamGrouping grouper;

    GroupingComponent(Step config) {
        this.config = config;
        targets = config.list("targets");
    }

    @Override
    public Object play(Object given) {
        if (given instanceof Map) {
            return deal(Step.of(given).whole("deal"));
        }
        List<Object> values = new ArrayList<>();
        ((List<?>) given).forEach(value -> values.add(java(value)));
        return grouper(values.size()).chooseTasks(0, values);
    }

    private Object deal(int tuples) {
        Map<Integer, Integer> counts = new TreeMap<>();
        targets.forEach(task -> counts.put(task, 0));
        for (int i = 0; i < tuples; i++) {
            grouper(0).chooseTasks(0, List.of()).forEach(task -> counts.merge(task, 1, Integer::sum));
        }
        List<Object> pairs = new ArrayList<>();
        counts.forEach((task, count) -> pairs.add(List.of(task, count)));
        return pairs;
    }

    private CustomStreamGrouping grouper(int values) {
        if (grouper == null) {
            List<String> fields = IntStream.range(0, values).mapToObj(i -> "f" + i).toList();
            WorkerTopologyContext context = new WorkerTopologyContext(null, new HashMap<>(), new HashMap<>(), new HashMap<>(),
                Map.of("spout", Map.of("default", new Fields(fields))), "topology-1", null, null, 6700, config.list("ownWorker"),
                new HashMap<>(), new HashMap<>());
            // Without the load: what depends on it stands on a bench of its own.
            Map<String, Object> conf = Map.of("topology.disable.loadaware.messaging", true);
            grouper = GrouperFactory.mkGrouper(context, "spout", "default", new Fields(fields), grouping(fields), targets, conf);
        }
        return grouper;
    }

    private Grouping grouping(List<String> fields) {
        return switch (config.text("kind")) {
            case "fields" -> Grouping.fields(fields);
            case "shuffle" -> Grouping.shuffle(new NullStruct());
            case "localOrShuffle" -> Grouping.local_or_shuffle(new NullStruct());
            case "all" -> Grouping.all(new NullStruct());
            case "global" -> Grouping.fields(List.of());
            case "partialKey" -> Grouping.custom_serialized(Utils.javaSerialize(new PartialKeyGrouping()));
            case "partialKey with Fields" -> Grouping.custom_serialized(Utils.javaSerialize(new PartialKeyGrouping(new Fields(fields))));
            default -> throw new IllegalStateException(config.text("kind"));
        };
    }

    private static Object java(Object value) {
        if (!(value instanceof Map)) {
            return value;
        }
        Step typed = Step.of(value);
        return switch (typed.text("type")) {
            case "Integer" -> typed.whole("value");
            case "Long" -> typed.number("value");
            case "Double" -> typed.fraction("value", 0);
            case "byte[]" -> {
                List<Integer> bytes = typed.list("bytes");
                byte[] array = new byte[bytes.size()];
                IntStream.range(0, array.length).forEach(i -> array[i] = bytes.get(i).byteValue());
                yield array;
            }
            case "List" -> {
                List<Object> items = new ArrayList<>();
                typed.list("items").forEach(item -> items.add(java(item)));
                yield items;
            }
            default -> throw new IllegalStateException(typed.text("type"));
        };
    }
}
