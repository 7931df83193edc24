package recorder;

import static recorder.Case.object;
import static recorder.Case.properties;

import java.time.Instant;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.flume.formatter.output.BucketPath;

/** `BucketPath.escapeString`, with the arguments that an HDFS sink would give it. */
final class BucketPaths {
  private static final String AT = "timestamp=" + Instant.parse("2012-06-12T11:44:34.567Z").toEpochMilli();
  private static final String EARLY =
      "timestamp=" + Instant.parse("2024-03-03T00:05:09.007Z").toEpochMilli();

  private BucketPaths() {}

  static void record(List<Case> cases) {
    play(cases, "path-letters-of-a-date",
        "Every letter that stands for a part of the date, in UTC; an unknown letter leaves nothing.",
        properties("hdfs.path = %Y %y %m %n %d %e %j %a %A %b %B %D %z|%q|%E"),
        headers(AT), headers(EARLY));
    play(cases, "path-letters-of-a-time",
        "Every letter that stands for a part of the time, in UTC, padded or not.",
        properties("hdfs.path = %H %k %I %l %M %S %p %t %s %c %%"), headers(AT), headers(EARLY));
    play(cases, "path-header",
        "A header stands for its value and a missing one for nothing; what is no escape stays as it is.",
        properties("hdfs.path = /logs/%{host}/%{a.b-c}/%{x y}/%{}/100%/%"),
        headers("host=web1", "a.b-c=7", "x y=8"), headers());
    play(cases, "path-without-a-timestamp",
        "A letter of time without the timestamp header is an error, even %%; a header that is no number too.",
        properties("hdfs.path = /logs/%%"), headers("host=web1"), headers("timestamp=today"),
        headers(AT));
    play(cases, "path-rounded-to-ten-minutes",
        "Rounding floors the field and clears the smaller ones, in every letter but %t.",
        properties("hdfs.path = %y-%m-%d/%H%M/%S %t %s", "hdfs.round = true",
            "hdfs.roundValue = 10", "hdfs.roundUnit = minute"),
        headers(AT), headers(EARLY));
    play(cases, "path-rounded-to-what-does-not-divide",
        "Minutes are floored within their hour: 44 becomes 42 by sevens, and every minute 0 by sixties.",
        properties("hdfs.path = %H:%M:%S", "hdfs.round = true", "hdfs.roundValue = 7",
            "hdfs.roundUnit = minute"),
        headers(AT), headers("timestamp=" + Instant.parse("2012-06-12T11:59:59Z").toEpochMilli()));
    play(cases, "path-rounded-to-hours", "Hours are floored within their day.",
        properties("hdfs.path = %d %H:%M:%S", "hdfs.round = true", "hdfs.roundValue = 5",
            "hdfs.roundUnit = hour"),
        headers(AT), headers(EARLY),
        headers("timestamp=" + Instant.parse("2012-06-12T23:30:00Z").toEpochMilli()));
    play(cases, "path-static-escapes",
        "A static escape that is none of the three is an error.",
        properties("hdfs.path = /%[abc]"), headers());
    play(cases, "path-in-another-time-zone",
        "hdfs.timeZone decides what day and hour it is, and rounding goes by it.",
        properties("hdfs.path = %Y-%m-%d %H:%M %z", "hdfs.timeZone = America/New_York",
            "hdfs.round = true", "hdfs.roundValue = 6", "hdfs.roundUnit = hour"),
        headers(AT), headers(EARLY));
  }

  private static Map<String, String> headers(String... written) {
    Map<String, String> found = new HashMap<>();
    for (String header : written) {
      String[] parts = header.split("=", 2);
      found.put(parts[0], parts[1]);
    }
    return found;
  }

  @SafeVarargs
  private static void play(
      List<Case> cases, String name, String says, Map<String, String> properties,
      Map<String, String>... events) {
    String zone = properties.get("hdfs.timeZone");
    String component = zone == null ? "bucket-path" : "bucket-path-in-a-time-zone";
    Case recorded = new Case(name, Topic.HDFS, component, says).config(properties);
    boolean round = properties.containsKey("hdfs.round");
    int value = round ? Integer.parseInt(properties.get("hdfs.roundValue")) : 1;
    int unit = switch (properties.getOrDefault("hdfs.roundUnit", "second")) {
      case "hour" -> Calendar.HOUR_OF_DAY;
      case "minute" -> Calendar.MINUTE;
      default -> Calendar.SECOND;
    };
    TimeZone timeZone = TimeZone.getTimeZone(zone == null ? "UTC" : zone);
    for (Map<String, String> headers : events) {
      Map<String, Object> step = headers.isEmpty() ? object() : object("headers", headers);
      String path = properties.get("hdfs.path");
      try {
        recorded.step(step, object("path",
            BucketPath.escapeString(path, headers, timeZone, round, unit, value, false)));
      } catch (RuntimeException thrown) {
        recorded.step(step, object("exception", thrown.getMessage()));
      }
    }
    cases.add(recorded);
  }
}
