package trident;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plays the cases of one component to the real thing and writes a line for each. */
final class Recorder {
    /** Scripts are JSON with the quotes that a Java text can spare left out. */
    private static final JsonMapper RELAXED = JsonMapper.builder()
        .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES, JsonReadFeature.ALLOW_SINGLE_QUOTES)
        .build();

    private final PrintStream out;
    private final String component;
    private final String clock;
    private final Bench.Factory factory;

    Recorder(PrintStream out, String component, String clock, Bench.Factory factory) {
        this.out = out;
        this.component = component;
        this.clock = clock;
        this.factory = factory;
    }

    /** A case that the component plays to the end; one step a line of the script. */
    void answers(String name, String topic, String says, String config, String script) throws Exception {
        Map<String, Object> recording = header(name, topic, says, config, script);
        recording.put("answers", play(config, script));
        write(recording);
    }

    /** A case that ends with an exception of the component. */
    void refuses(String name, String topic, String says, String config, String script) throws Exception {
        Map<String, Object> recording = header(name, topic, says, config, script);
        String refusal = null;
        try {
            play(config, script);
        } catch (RuntimeException e) {
            refusal = withoutIdentities(e.getMessage());
        }
        if (refusal == null) {
            throw new IllegalStateException(name + " was not refused");
        }
        recording.put("refusal", refusal);
        write(recording);
    }

    private Map<String, Object> header(String name, String topic, String says, String config, String script)
        throws Exception {
        Map<String, Object> recording = new LinkedHashMap<>();
        recording.put("case", name);
        recording.put("engine", "Trident");
        recording.put("version", System.getProperty("trident.version"));
        recording.put("topic", topic);
        recording.put("says", says);
        recording.put("clock", clock);
        recording.put("component", component);
        recording.put("config", RELAXED.readTree(config));
        recording.put("script", steps(script));
        return recording;
    }

    private List<Object> play(String config, String script) throws Exception {
        try (Bench bench = factory.create(RELAXED.readTree(config))) {
            return bench.play(steps(script));
        }
    }

    private static List<JsonNode> steps(String script) throws Exception {
        List<JsonNode> steps = new ArrayList<>();
        for (String line : script.strip().split("\n")) {
            if (!line.isBlank()) {
                steps.add(RELAXED.readTree(line));
            }
        }
        return steps;
    }

    private void write(Map<String, Object> recording) throws Exception {
        out.println(RELAXED.writeValueAsString(recording));
    }

    /** An object without a text of its own shows where it lies in memory, which differs each time. */
    private static String withoutIdentities(String message) {
        return message.replaceAll("@[0-9a-f]{5,8}\\b", "");
    }
}
