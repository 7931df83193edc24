package streamtable.flink.real;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the script tells the functions of a running job, and what they tell it; all in one process. */
final class JobScript {
  /** The records that the source may emit. */
  static final List<String> RECORDS = new CopyOnWriteArrayList<>();

  /** What went out at once, as into a plain sink. */
  static final List<Object> SHOWN = new CopyOnWriteArrayList<>();

  /** Whether the next record that comes makes its task fail. */
  static final AtomicBoolean FAILS = new AtomicBoolean();

  /** The offset of the next record to reach the sinks in this attempt. */
  private static volatile int reached;

  private JobScript() {}

  static void clear() {
    RECORDS.clear();
    SHOWN.clear();
    FAILS.set(false);
    reached = 0;
  }

  /** An attempt's source begins at an offset. */
  static void begins(int offset) {
    reached = offset;
  }

  static void show(String result) {
    SHOWN.add(result);
    reached++;
  }

  static boolean isDone() {
    return !FAILS.get() && reached == RECORDS.size();
  }
}
