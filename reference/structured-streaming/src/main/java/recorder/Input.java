package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where the rows of a script come into a query. */
interface Input {
  /** What comes in, as a table of (key, timeMs, time). */
  Dataset<Row> table();

  /** Rows that come together. */
  void add(JsonNode rows) throws IOException;
}
