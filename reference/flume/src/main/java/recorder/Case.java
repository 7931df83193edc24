package recorder;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.tools.VersionInfo;

/** One recording: what was fed to a component of Flume, and what it did. */
final class Case {
  static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private final String name;
  private final String topic;
  private final String component;
  private final String says;
  private String clock = "manual";
  private Object config = Map.of();
  private final List<Object> script = new ArrayList<>();
  private final List<Object> answers = new ArrayList<>();
  private String refusal;

  Case(String name, String topic, String component, String says) {
    this.name = name;
    this.topic = topic;
    this.component = "flume/" + component;
    this.says = says;
  }

  /** The real clock ran: order is recorded, and times are not, but for whole seconds of sleep. */
  Case withRealClock() {
    clock = "real";
    return this;
  }

  Case config(Object value) {
    config = value;
    return this;
  }

  Case step(Object step, Object answer) {
    script.add(step);
    answers.add(answer);
    return this;
  }

  /** The component refused its configuration, so that no step was played. */
  Case refused(String message) {
    refusal = message;
    return this;
  }

  String toJson() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("case", name);
    fields.put("engine", "Flume");
    fields.put("version", VersionInfo.getVersion());
    fields.put("topic", topic);
    fields.put("says", says);
    fields.put("clock", clock);
    fields.put("component", component);
    fields.put("config", config);
    fields.put("script", script);
    if (refusal == null) fields.put("answers", answers);
    else fields.put("refusal", refusal);
    return GSON.toJson(fields);
  }

  /** An object with its keys in the order in which they are written. */
  static Map<String, Object> object(Object... keysAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      fields.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return fields;
  }

  /** Properties as they stand in a file, one `key = value` each. */
  static Map<String, String> properties(String... lines) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String line : lines) {
      int sign = line.indexOf(" = ");
      found.put(line.substring(0, sign), line.substring(sign + 3));
    }
    return found;
  }
}
