package recorder;

import java.util.LinkedHashMap;
import java.util.Map;

/** Plain data for answers. */
final class Json {
  private Json() {}

  /** An object with its keys in the order given: key, value, key, value. */
  static Map<String, Object> object(Object... keysAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) object.put((String) keysAndValues[i], keysAndValues[i + 1]);
    return object;
  }
}
