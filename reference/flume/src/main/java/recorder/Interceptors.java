package recorder;

import static recorder.Case.properties;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.ChannelSelectorFactory;
import org.apache.flume.interceptor.Interceptor;

/** The interceptors of a source, one event at a time. */
final class Interceptors {
  /** What a script calls now; the real clock's reading is put in its place. */
  private static final long NOW_MS = 1_000_000;

  private Interceptors() {}

  static void record(List<Case> cases) throws Exception {
    play(cases, "timestamp-and-static",
        "The timestamp interceptor replaces an existing header by default, the static one keeps it by default.",
        properties("interceptors = t s", "interceptors.t.type = timestamp",
            "interceptors.s.type = static", "interceptors.s.key = site",
            "interceptors.s.value = brno"),
        event("a"), event("b", "timestamp=1", "site=prague"));
    play(cases, "timestamp-and-static-the-other-way",
        "preserveExisting turns both around, and headerName names another header.",
        properties("interceptors = t s", "interceptors.t.type = timestamp",
            "interceptors.t.headerName = at", "interceptors.t.preserveExisting = true",
            "interceptors.s.type = static", "interceptors.s.preserveExisting = false"),
        event("a"), event("b", "at=1", "timestamp=2", "key=mine"));
    play(cases, "regex-filter-searches",
        "A filter looks for its pattern anywhere in the body; it does not have to match all of it.",
        properties("interceptors = f", "interceptors.f.type = regex_filter",
            "interceptors.f.regex = ERROR|WARN"),
        event("10:00 ERROR disk"), event("10:01 INFO fine"), event("WARNING"), event("error"),
        event(""));
    play(cases, "regex-filter-excludes",
        "With excludeEvents a match is what is dropped, and the default pattern matches everything.",
        properties("interceptors = f g", "interceptors.f.type = regex_filter",
            "interceptors.f.regex = ^DEBUG", "interceptors.f.excludeEvents = TRUE",
            "interceptors.g.type = regex_filter"),
        event("DEBUG 1"), event("no DEBUG"), event(""));
    play(cases, "regex-extractor-groups",
        "Groups of the first match become headers in the order of the serializers; surplus groups are ignored.",
        properties("interceptors = e", "interceptors.e.type = regex_extractor",
            "interceptors.e.regex = (\\d):(\\d):(\\d)", "interceptors.e.serializers = s1 s2",
            "interceptors.e.serializers.s1.name = one",
            "interceptors.e.serializers.s2.name = two"),
        event("1:2:3.4foobar5"), event("x 4:5:6 7:8:9", "one=old"), event("none", "one=old"));
    play(cases, "regex-extractor-group-that-took-no-part",
        "A group that took no part in the match makes a header without a value.",
        properties("interceptors = e", "interceptors.e.type = regex_extractor",
            "interceptors.e.regex = (a)|(b)", "interceptors.e.serializers = s1 s2",
            "interceptors.e.serializers.s1.name = a", "interceptors.e.serializers.s2.name = b"),
        event("a"), event("b"));
    play(cases, "search-and-replace",
        "Every match is replaced as by Java's replaceAll, with groups.",
        properties("interceptors = p g", "interceptors.p.type = search_replace",
            "interceptors.p.searchPattern = ^<[0-9]+>", "interceptors.g.type = search_replace",
            "interceptors.g.searchPattern = (\\w+)@(\\w+)",
            "interceptors.g.replaceString = $1 at $2"),
        event("<13>Feb  5 ann@brno bob@praha"), event("a <13> b"), event(""));
    play(cases, "remove-header",
        "Headers go by name, by list and by a pattern that has to match the whole name.",
        properties("interceptors = r", "interceptors.r.type = remove_header",
            "interceptors.r.withName = a", "interceptors.r.fromList = b , c,d",
            "interceptors.r.matching = x.*"),
        event("1", "a=1", "b=2", "c=3", "d=4", "e=5", "x1=6", "ax=7", "x=8"), event("2"));
    play(cases, "interceptors-in-their-order",
        "What one interceptor makes is what the next one sees: replaced first, DEBUG is no longer dropped.",
        properties("interceptors = r f", "interceptors.r.type = search_replace",
            "interceptors.r.searchPattern = DEBUG", "interceptors.r.replaceString = D",
            "interceptors.f.type = regex_filter", "interceptors.f.regex = DEBUG",
            "interceptors.f.excludeEvents = true"),
        event("DEBUG 1"), event("INFO 2"));
    play(cases, "interceptor-without-type", "An interceptor without a type cannot be made.",
        properties("interceptors = i1"));
    play(cases, "interceptor-of-an-unknown-type",
        "An interceptor whose type is neither an alias nor a class cannot be made.",
        properties("interceptors = i1", "interceptors.i1.type = timestmp"));
    play(cases, "regex-extractor-without-serializers",
        "A regex_extractor needs a serializer with a name for what it extracts.",
        properties("interceptors = i1", "interceptors.i1.type = regex_extractor",
            "interceptors.i1.regex = (a)"));
    play(cases, "search-replace-without-pattern",
        "A search_replace interceptor needs a pattern to search for.",
        properties("interceptors = i1", "interceptors.i1.type = search_replace"));
    uuid(cases);
  }

  private static void uuid(List<Case> cases) {
    String type = "org.apache.flume.sink.solr.morphline.UUIDInterceptor$Builder";
    Map<String, String> properties =
        properties("interceptors = u", "interceptors.u.type = " + type, "interceptors.u.prefix = p-");
    Case recorded = new Case("uuid-has-a-shape", Topic.INTERCEPTORS, "uuid-interceptor",
        "A random id of 36 characters behind the prefix, unless the header is there already.")
        .config(properties);
    for (Event event : List.of(event("a"), event("b", "id=mine"))) {
      Map<String, Object> step = Events.written(event);
      String id = intercept(properties, event).getHeaders().get("id");
      String hex = "[0-9a-f]";
      String shape = "p-" + hex + "{8}-" + hex + "{4}-4" + hex + "{3}-[89ab]" + hex + "{3}-" + hex + "{12}";
      recorded.step(step, id.matches(shape) ? "p- and a random UUID" : id);
    }
    cases.add(recorded);
  }

  private static Event event(String body, String... headers) {
    Map<String, String> found = new HashMap<>();
    for (String header : headers) {
      String[] parts = header.split("=", 2);
      found.put(parts[0], parts[1]);
    }
    return Events.event(body, found);
  }

  private static void play(
      List<Case> cases, String name, String says, Map<String, String> properties, Event... events) {
    Case recorded =
        new Case(name, Topic.INTERCEPTORS, "interceptors", says).config(properties);
    cases.add(recorded);
    if (events.length == 0) {
      try {
        intercept(properties, Events.event("", Map.of()));
      } catch (RuntimeException thrown) {
        recorded.refused(thrown.getMessage());
      }
      return;
    }
    for (Event event : events) {
      Map<String, Object> step = Events.written(event);
      step.put("nowMs", NOW_MS);
      Event left = intercept(properties, event);
      recorded.step(step, left == null ? null : Events.written(left));
    }
  }

  private static Event intercept(Map<String, String> properties, Event event) {
    ChannelProcessor processor = new ChannelProcessor(
        ChannelSelectorFactory.create(List.of(Events.roomy("c1")), Map.of()));
    processor.configure(new Context(properties));
    long fromMs = System.currentTimeMillis();
    Event left = chainOf(processor).intercept(event);
    long toMs = System.currentTimeMillis();
    if (left != null) left.getHeaders().replaceAll((name, value) -> settled(value, fromMs, toMs));
    return left;
  }

  private static Interceptor chainOf(ChannelProcessor processor) {
    try {
      return (Interceptor) Reflection.field(processor, "interceptorChain");
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(changed);
    }
  }

  /** A reading of the clock between the two becomes the script's now. */
  private static String settled(String value, long fromMs, long toMs) {
    if (value == null || !value.matches("\\d{13}")) return value;
    long ms = Long.parseLong(value);
    return ms >= fromMs && ms <= toMs ? String.valueOf(NOW_MS) : value;
  }
}
