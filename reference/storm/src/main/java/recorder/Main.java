package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * Plays every case of {@code cases/*.yaml} on the real Storm of the class path and writes what it did, one JSON object a line.
 *
 * <p>Arguments: the version, the file to write, and the file that an earlier version wrote, or {@code none}.
 */
public final class Main {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The trees come last, since their cluster stops the clock for everybody. */
    private static final List<String> FILES = List.of(
        "acking", "windows", "event-time", "validation", "groupings", "checkpoints", "kafka-spout", "scheduling", "trees");

    private static final Map<String, Component.Factory> COMPONENTS = Map.ofEntries(
        Map.entry("storm/acker", AckerComponent::new),
        Map.entry("storm/rotating-map", RotatingMapComponent::new),
        Map.entry("storm/windowed-bolt", WindowedBoltComponent::new),
        Map.entry("storm/window-validation", WindowValidationComponent::new),
        Map.entry("storm/grouping", GroupingComponent::new),
        Map.entry("storm/load-aware-shuffle", LoadAwareShuffleComponent::new),
        Map.entry("storm/checkpoint-spout", CheckpointSpoutComponent::new),
        Map.entry("storm/stateful-bolt", StatefulBoltComponent::new),
        Map.entry("storm/kafka-spout-partition", KafkaSpoutComponent::new),
        Map.entry("storm/kafka-spout-retry", KafkaSpoutRetryComponent::new),
        Map.entry("storm/scheduler", SchedulerComponent::new),
        Map.entry("storm/config-validation", ConfigValidationComponent::new),
        Map.entry("storm/tuple-tree", TupleTreeComponent::new),
        Map.entry("storm/spout-pending", SpoutPendingComponent::new));

    private Main() {
    }

    public static void main(String[] args) throws Exception {
        Map<String, JsonNode> earlier = args[2].equals("none") ? Map.of() : read(Path.of(args[2]));
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(args[1])), true)) {
            for (String file : FILES) {
                for (Step each : cases(file)) {
                    out.println(JSON.writeValueAsString(compared(record(each, args[0]), earlier)));
                }
            }
        }
        // What a cluster leaves running must not hold the recorder.
        System.exit(0);
    }

    private static List<Step> cases(String file) throws Exception {
        try (InputStream in = Main.class.getResourceAsStream("/cases/" + file + ".yaml")) {
            List<Object> cases = new Yaml().load(in);
            return cases.stream().map(Step::of).toList();
        }
    }

    private static ObjectNode record(Step given, String version) throws Exception {
        Map<String, Object> recording = new LinkedHashMap<>();
        recording.put("case", given.text("case"));
        recording.put("engine", "Storm");
        recording.put("version", version);
        recording.put("topic", given.text("topic"));
        recording.put("says", given.text("says"));
        recording.put("clock", "manual");
        recording.put("component", given.text("component"));
        Map<String, Object> config = given.has("config") ? Step.of(given.fields().get("config")).fields() : Map.of();
        recording.put("config", config);
        recording.put("script", given.list("script"));
        // Only a case that says so may be refused: a mistake of the recorder must not pass for an answer of Storm's.
        if (given.flag("refused", false)) {
            recording.put("refusal", refusal(given, new Step(config)));
        } else {
            recording.put("answers", answers(given, new Step(config)));
        }
        // Read back, so that whole numbers are of one kind.
        return (ObjectNode) JSON.readTree(JSON.writeValueAsString(recording));
    }

    private static List<Object> answers(Step given, Step config) throws Exception {
        Component component = COMPONENTS.get(given.text("component")).create(config);
        try {
            List<Object> answers = new ArrayList<>();
            for (Object step : given.list("script")) {
                answers.add(component.play(step));
            }
            return answers;
        } catch (Exception e) {
            throw new IllegalStateException(given.text("case"), e);
        } finally {
            component.close();
        }
    }

    private static String refusal(Step given, Step config) throws Exception {
        try {
            answers(given, config);
        } catch (IllegalStateException refused) {
            return refused.getCause().getMessage();
        }
        throw new IllegalStateException(given.text("case") + " was not refused");
    }

    /** Says which other version answered the very same. */
    private static ObjectNode compared(ObjectNode recording, Map<String, JsonNode> earlier) {
        JsonNode other = earlier.get(recording.get("case").asText());
        if (other == null) {
            return recording;
        }
        for (String field : List.of("answers", "refusal")) {
            if (recording.has(field) && !recording.get(field).equals(other.get(field))) {
                return recording;
            }
        }
        recording.putArray("alike").add(other.get("version").asText());
        return recording;
    }

    private static Map<String, JsonNode> read(Path file) throws Exception {
        Map<String, JsonNode> recordings = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode recording = JSON.readTree(line);
            recordings.put(recording.get("case").asText(), recording);
        }
        return recordings;
    }
}
