package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.DataStreamReader;

/** A directory of text files: a row is a file of that name, modified at that time, with its name for its only line. */
final class FileInput implements Input {
  private final DataStreamReader reader;
  private final Path directory = Files.createTempDirectory("files");

  FileInput(SparkSession spark, JsonNode config) throws IOException {
    reader = spark.readStream();
    if (config.has("maxFilesPerTrigger")) reader.option("maxFilesPerTrigger", config.get("maxFilesPerTrigger").asText());
  }

  @Override
  public Dataset<Row> table() {
    return reader.text(directory.toString())
        .withColumn("time", functions.col("_metadata.file_modification_time"))
        .selectExpr("value AS key", "unix_millis(time) AS timeMs", "time");
  }

  /** A file comes into the directory whole; several of them one after the other. */
  @Override
  public void add(JsonNode rows) throws IOException {
    Path aside = Files.createTempDirectory(directory.getParent(), "aside");
    List<Path> files = new ArrayList<>();
    for (JsonNode row : rows) {
      Path file = Files.writeString(aside.resolve(row.get(0).asText()), row.get(0).asText());
      files.add(Files.setLastModifiedTime(file, FileTime.fromMillis(row.get(1).asLong())));
    }
    for (Path file : files) Files.move(file, directory.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    Files.delete(aside);
  }
}
