package recorder;

import org.apache.spark.util.ManualClock;

/** A clock that moves when it is told to, and knows whether the query waits for its next trigger. */
final class TriggerClock extends ManualClock {
  private volatile long awaitedMs = -1;

  @Override
  public long waitTillTime(long targetMs) {
    awaitedMs = targetMs;
    return super.waitTillTime(targetMs);
  }

  /** Before a query starts, which triggers at once. */
  void start() {
    awaitedMs = -1;
  }

  /** True from the end of one trigger until the clock has reached the next. */
  boolean isAwaited() {
    return awaitedMs > getTimeMillis();
  }
}
