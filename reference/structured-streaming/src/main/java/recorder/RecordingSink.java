package recorder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.streaming.Sink;

/** Keeps what each micro-batch puts out, and can fail after it has taken a batch. */
final class RecordingSink implements Sink {
  private final TriggerClock clock;
  private final List<ObjectNode> batches = new ArrayList<>();
  private boolean failsNext;
  private long takesMs;

  RecordingSink(TriggerClock clock) {
    this.clock = clock;
  }

  /** The next batch fails when its rows are out. */
  synchronized void failNext() {
    failsNext = true;
  }

  /** How long the next batch lasts on the clock. */
  synchronized void takeNext(long ms) {
    takesMs = ms;
  }

  /** The batches since it was asked last. */
  synchronized List<ObjectNode> take() {
    List<ObjectNode> taken = new ArrayList<>(batches);
    batches.clear();
    return taken;
  }

  @Override
  public synchronized void addBatch(long batchId, Dataset<Row> data) {
    ObjectNode batch = JsonNodeFactory.instance.objectNode();
    batch.put("batchId", batchId);
    if (clock != null) batch.put("atMs", clock.getTimeMillis());
    batch.set("output", rows(data));
    batches.add(batch);
    if (clock != null) clock.advance(takesMs);
    takesMs = 0;
    if (failsNext) {
      failsNext = false;
      batch.put("failed", true);
      throw new IllegalStateException("the sink failed on purpose");
    }
  }

  /** Rows of a batch have no order: they are kept in the order of their values, column by column. */
  private static ArrayNode rows(Dataset<Row> data) {
    List<Row> rows = new ArrayList<>(data.collectAsList());
    rows.sort(RecordingSink::compare);
    ArrayNode out = JsonNodeFactory.instance.arrayNode();
    for (Row row : rows) {
      ObjectNode object = out.addObject();
      for (String column : data.columns()) {
        Object value = row.getAs(column);
        if (value instanceof Number number) object.put(column, number.longValue());
        else if (value instanceof Boolean flag) object.put(column, flag);
        else object.put(column, (String) value);
      }
    }
    return out;
  }

  @SuppressWarnings("unchecked")
  private static int compare(Row a, Row b) {
    Comparator<Object> values = Comparator.nullsFirst((x, y) -> ((Comparable<Object>) x).compareTo(y));
    for (int i = 0; i < a.length(); i++) {
      int order = values.compare(a.get(i), b.get(i));
      if (order != 0) return order;
    }
    return 0;
  }
}
