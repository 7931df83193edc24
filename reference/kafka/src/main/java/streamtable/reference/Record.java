package streamtable.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Records all cases with the version on the class path, one JSON object a line. A second version finds what the first one
 * answered and notes whether it answers alike; where it does not, it gets a recording of its own.
 *
 * <p>A third argument, a regular expression, records only the cases in whose names it is found.
 */
public final class Record {
  private static final String FIRST = "3.9";
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) {
    try {
      record(args);
      // Brokers that ran here leave threads behind.
      System.exit(0);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void record(String[] args) throws Exception {
    String version = args[0];
    Path file = Path.of(args[1]);
    Pattern only = Pattern.compile(args.length > 2 ? args[2] : "");
    List<String> surprises = new ArrayList<>();
    Map<String, ObjectNode> recordings = new LinkedHashMap<>();
    if (!version.startsWith(FIRST)) {
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        ObjectNode recording = (ObjectNode) JSON.readTree(line);
        recordings.put(recording.get("case").textValue(), recording);
      }
    }
    Map<String, Component> components = Components.all();
    for (Case fed : Cases.all()) {
      Component component = components.get(fed.component());
      if (component == null || !only.matcher(fed.name()).find()) continue;
      try {
        book(recordings, fed, version, play(fed, component)).ifPresent(surprises::add);
      } catch (Exception e) {
        throw new IllegalStateException("case " + fed.name(), e);
      }
    }
    if (!surprises.isEmpty()) throw new IllegalStateException(String.join("\n", surprises));
    List<String> lines = recordings.values().stream().map(JsonNode::toString).toList();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
  }

  private static ObjectNode play(Case fed, Component component) throws Exception {
    ObjectNode outcome = JSON.createObjectNode();
    ArrayNode answers = JSON.createArrayNode();
    try (Component.Session session = component.open(JSON.valueToTree(fed.config()))) {
      for (Object step : fed.script()) {
        answers.add(JSON.<JsonNode>valueToTree(session.play(JSON.valueToTree(step))));
      }
      outcome.set("answers", answers);
    } catch (Refused refused) {
      outcome.put("refusal", refused.getMessage());
    }
    // Read back as text, so that numbers of different Java types are the same number.
    return (ObjectNode) JSON.readTree(outcome.toString());
  }

  /** Returns a sentence where a later version answers otherwise and nobody has said why. */
  private static Optional<String> book(
      Map<String, ObjectNode> recordings, Case fed, String version, ObjectNode outcome) {
    ObjectNode earlier = recordings.get(fed.name());
    if (earlier != null && outcomeOf(earlier).equals(outcome)) {
      ((ArrayNode) earlier.withArray("/alike")).add(version);
      return Optional.empty();
    }
    String name = fed.name();
    if (earlier != null) {
      if (fed.since() == null) {
        return Optional.of(
            fed.name() + ": " + version + " answers " + outcome + " instead of " + outcomeOf(earlier));
      }
      name += "-" + version.substring(0, version.indexOf('.'));
    }
    ObjectNode recording = JSON.createObjectNode();
    recording.put("case", name);
    recording.put("engine", "Kafka");
    recording.put("version", version);
    if (earlier != null) recording.put("since", fed.since());
    recording.put("topic", fed.topic());
    recording.put("says", earlier == null ? fed.says() : fed.saysThen());
    recording.put("clock", fed.clock());
    recording.put("component", fed.component());
    recording.set("config", JSON.valueToTree(fed.config()));
    recording.set("script", JSON.valueToTree(fed.script()));
    recording.setAll(outcome);
    recordings.put(name, recording);
    return Optional.empty();
  }

  private static ObjectNode outcomeOf(ObjectNode recording) {
    ObjectNode outcome = JSON.createObjectNode();
    for (String field : List.of("answers", "refusal")) {
      if (recording.has(field)) outcome.set(field, recording.get(field));
    }
    return outcome;
  }
}
