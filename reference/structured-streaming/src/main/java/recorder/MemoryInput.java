package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.MemoryStream;
import org.apache.spark.sql.functions;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** Spark's own source for tests: what is added at once is one offset. */
final class MemoryInput implements Input {
  private static final Encoder<Tuple2<String, Long>> ROW = Encoders.tuple(Encoders.STRING(), Encoders.LONG());

  private final MemoryStream<Tuple2<String, Long>> stream;

  MemoryInput(SparkSession spark) {
    stream = MemoryStream.apply(ROW, spark.sqlContext());
  }

  @Override
  public Dataset<Row> table() {
    return stream.toDF().toDF("key", "timeMs").withColumn("time", functions.expr("timestamp_millis(timeMs)"));
  }

  @Override
  public void add(JsonNode rows) {
    List<Tuple2<String, Long>> data = new ArrayList<>();
    for (JsonNode row : rows) data.add(new Tuple2<>(row.get(0).asText(), row.get(1).asLong()));
    stream.addData(CollectionConverters.asScala(data));
  }
}
