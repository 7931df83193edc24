package streamtable.flink;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamtable.flink.cases.*;

/**
 * Records all cases: {@code Record <version> <file>}. The version that is modelled writes the file; a later one notes where it
 * is alike and adds a case where it is not.
 */
public final class Record {
  private static final String MODELLED = "1.20";

  private Record() {}

  public static void main(String[] arguments) throws Exception {
    String version = arguments[0];
    Path out = Path.of(arguments[1]);
    Files.createDirectories(out.toAbsolutePath().getParent());
    boolean modelled = version.startsWith(MODELLED + ".");
    Map<String, Map<String, Object>> recordings = modelled ? new LinkedHashMap<>() : read(out);
    for (Case each : cases()) {
      Map<String, Object> recording = each.record(version);
      if (modelled) {
        if (recordings.put(each.name(), recording) != null)
          throw new IllegalStateException("two cases are called " + each.name());
      } else compare(each, recordings, recording, version);
    }
    try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(out))) {
      for (Map<String, Object> recording : recordings.values()) writer.println(Json.print(recording));
    }
    // Threads that a mini cluster leaves behind would keep the program alive.
    System.exit(0);
  }

  private static List<Case> cases() {
    return Stream.of(
            WindowCases.all(),
            LateCases.all(),
            SessionCases.all(),
            TriggerCases.all(),
            WindowRestartCases.all(),
            WindowRefusalCases.all(),
            WatermarkCases.all(),
            KeyedCases.all(),
            RestartCases.all(),
            BarrierCases.all(),
            CoordinatorCases.all(),
            JobCases.all())
        .flatMap(List::stream)
        .collect(Collectors.toList());
  }

  private static Map<String, Map<String, Object>> read(Path file) throws Exception {
    Map<String, Map<String, Object>> recordings = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      Map<String, Object> recording = Json.parse(line);
      recordings.put((String) recording.get("case"), recording);
    }
    return recordings;
  }

  private static void compare(
      Case each,
      Map<String, Map<String, Object>> recordings,
      Map<String, Object> recording,
      String version) {
    Map<String, Object> modelled = recordings.get(each.name());
    if (told(modelled).equals(told(recording))) {
      List<Object> alike = new ArrayList<>();
      alike.add(version);
      modelled.put("alike", alike);
      return;
    }
    if (each.since() == null)
      throw new IllegalStateException(
          each.name() + " differs in " + version + ": " + told(recording) + ", not " + told(modelled));
    String name = each.name() + "-" + version.substring(0, version.indexOf('.'));
    recording.put("case", name);
    recording.put("since", each.since());
    recording.put("says", each.saysThen());
    recordings.put(name, recording);
  }

  private static String told(Map<String, Object> recording) {
    return Json.print(
        Objects.requireNonNullElse(recording.get("answers"), "refused: " + recording.get("refusal")));
  }
}
