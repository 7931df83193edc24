package streamtable.flink;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/** Plain data: maps that keep their order, lists, strings, numbers. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** {@code map("key", 1, "other", null)}. */
  public static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2)
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    return map;
  }

  /** A map with more entries behind those of another. */
  public static Map<String, Object> with(Map<String, Object> map, Object... keysAndValues) {
    Map<String, Object> more = new LinkedHashMap<>(map);
    more.putAll(map(keysAndValues));
    return more;
  }

  public static List<Object> list(Object... values) {
    return Arrays.asList(values);
  }

  /** No double holds the bounds of a long, so they are written by name. */
  public static Object written(long value) {
    if (value == Long.MIN_VALUE) return "Long.MIN_VALUE";
    if (value == Long.MAX_VALUE) return "Long.MAX_VALUE";
    return value;
  }

  public static long readLong(Object value) {
    if ("Long.MIN_VALUE".equals(value)) return Long.MIN_VALUE;
    if ("Long.MAX_VALUE".equals(value)) return Long.MAX_VALUE;
    return ((Number) value).longValue();
  }

  public static int readInt(Object value) {
    return Math.toIntExact(readLong(value));
  }

  @SuppressWarnings("unchecked")
  public static Map<String, Object> readMap(Object value) {
    return (Map<String, Object>) value;
  }

  public static String print(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @SuppressWarnings("unchecked")
  public static Map<String, Object> parse(String text) {
    try {
      return MAPPER.readValue(text, LinkedHashMap.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
