package streamtable.reference;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is fed to a component, and what it is to show. */
public record Case(
    String name,
    String topic,
    String says,
    String clock,
    String component,
    Map<String, Object> config,
    List<Object> script,
    String since,
    String saysThen) {

  /** A case whose time is the script's. */
  public static Case of(
      String name,
      String topic,
      String says,
      String component,
      Map<String, Object> config,
      List<Object> script) {
    return new Case(name, topic, says, "manual", component, config, script, null, says);
  }

  /** The same while real time passes, so that only the order of things is told. */
  public Case inRealTime() {
    return new Case(name, topic, says, "real", component, config, script, since, saysThen);
  }

  /** What changed, where the later version answers otherwise. */
  public Case since(String change) {
    return since(change, says);
  }

  /** What changed, and what the case shows in the later version instead. */
  public Case since(String change, String saysThen) {
    return new Case(name, topic, says, clock, component, config, script, change, saysThen);
  }

  /** Names and values in turn, in this order. */
  public static Map<String, Object> map(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  public static List<Object> list(Object... items) {
    return Arrays.asList(items);
  }
}
