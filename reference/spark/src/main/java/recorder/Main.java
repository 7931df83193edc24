package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Plays cases on the real Spark Streaming. Takes a file of cases, one JSON object a line with {@code case}, {@code component},
 * {@code config} and {@code script}, and writes a line for each with {@code case} and what Spark did: {@code answers}, one a
 * step, or its {@code refusal}.
 */
public final class Main {
  public static void main(String[] args) throws Exception {
    ObjectMapper json = new ObjectMapper();
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(args[1])))) {
      for (String line : Files.readAllLines(Path.of(args[0]))) {
        JsonNode given = json.readTree(line);
        Map<String, Object> recorded = new LinkedHashMap<>();
        recorded.put("case", given.get("case").asText());
        try {
          recorded.put("answers", Rigs.of(given).play(given.get("config"), given.get("script")));
        } catch (Refusal refusal) {
          recorded.put("refusal", refusal.getMessage());
        }
        out.println(json.writeValueAsString(recorded));
      }
    } catch (Throwable mistake) {
      mistake.printStackTrace();
      System.exit(1);
    }
    // Spark leaves threads behind that are no daemons.
    System.exit(0);
  }
}
