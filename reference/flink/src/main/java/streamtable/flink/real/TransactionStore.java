package streamtable.flink.real;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An outside store with transactions, which outlives the operators that write into it; all of them share it. */
final class TransactionStore implements Serializable {
  private static final long serialVersionUID = 1;
  private static final Map<String, List<String>> WRITTEN = new ConcurrentHashMap<>();
  private static final List<String> VISIBLE = new ArrayList<>();
  private static final AtomicInteger COMMITS = new AtomicInteger();

  /** Forgets what an earlier case has written. */
  static void clear() {
    WRITTEN.clear();
    COMMITS.set(0);
    takeVisible();
  }

  String begin() {
    String transaction = "t" + WRITTEN.size();
    WRITTEN.put(transaction, new ArrayList<>());
    return transaction;
  }

  void write(String transaction, String value) {
    WRITTEN.get(transaction).add(value);
  }

  /** What is committed a second time is told a second time. */
  void commit(String transaction) {
    synchronized (VISIBLE) {
      VISIBLE.addAll(WRITTEN.get(transaction));
    }
    COMMITS.incrementAndGet();
  }

  static int commits() {
    return COMMITS.get();
  }

  /** What became visible since it was last asked. */
  static List<Object> takeVisible() {
    synchronized (VISIBLE) {
      List<Object> visible = new ArrayList<>(VISIBLE);
      VISIBLE.clear();
      return visible;
    }
  }
}
