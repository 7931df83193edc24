package streamtable.reference.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where a log lies while it is played with, and its settings. */
public final class LogFolder {
  private LogFolder() {}

  public static Path create() throws IOException {
    return Files.createDirectories(Files.createTempDirectory("log").resolve("t-0"));
  }

  public static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder.getParent())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  /** Those of the configuration that are settings of a topic. */
  public static Map<String, String> settings(JsonNode config, List<String> names) {
    Map<String, String> settings = new HashMap<>();
    for (String name : names) {
      if (config.has(name)) settings.put(name, config.get(name).asText());
    }
    return settings;
  }
}
