package streamtable.flink;

import static streamtable.flink.Json.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One case: what is fed to which component, and what that is to show. */
public record Case(
    String name,
    String topic,
    String says,
    String clock,
    String component,
    /** What changed since the version that is modelled, told if the later version answers otherwise. */
    String since,
    /** What it shows in the later version then. */
    String saysThen,
    Component.Opener opener,
    Map<String, Object> config,
    List<Object> script) {

  public Case(
      String name,
      String topic,
      String says,
      String clock,
      String component,
      Component.Opener opener,
      Map<String, Object> config,
      List<Object> script) {
    this(name, topic, says, clock, component, null, says, opener, config, script);
  }

  public Case since(String sentence) {
    return since(sentence, says);
  }

  public Case since(String sentence, String saysThen) {
    return new Case(name, topic, says, clock, component, sentence, saysThen, opener, config, script);
  }

  /** Plays the script on the real component, and tells what is to be written down. */
  Map<String, Object> record(String version) throws Exception {
    Map<String, Object> recording =
        map(
            "case", name,
            "engine", "Flink",
            "version", version,
            "topic", topic,
            "says", says,
            "clock", clock,
            "component", component,
            "config", config,
            "script", script);
    Component opened = null;
    try {
      List<Object> answers = new ArrayList<>();
      opened = opener.open(config);
      for (Object step : script) answers.add(opened.play(Json.readMap(step)));
      recording.put("answers", answers);
    } catch (Refusal refusal) {
      recording.put("refusal", refusal.getMessage());
    } finally {
      if (opened != null) opened.close();
    }
    return recording;
  }

  /** What the engine threw is its answer; anything else that is thrown is a mistake of the recorder. */
  public static class Refusal extends Exception {
    public Refusal(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }
}
