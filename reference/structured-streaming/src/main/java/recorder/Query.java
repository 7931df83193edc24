package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A streaming query as a configuration describes it. Each input is a table of (key, timeMs, time); the columns of the
 * result are the fields of an output row.
 */
interface Query {
  Dataset<Row> over(List<Dataset<Row>> inputs, JsonNode config);
}
