package streamtable.flink.real;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.concurrent.ScheduledExecutor;

/** A scheduled executor in which time passes only when it is told to. */
final class SteppedTimer implements ScheduledExecutor {
  final ManualClock clock = new ManualClock();
  private final List<Timed> scheduled = new ArrayList<>();
  private final Queue<Runnable> ready = new ArrayDeque<>();

  /** Runs what is ready, and then what falls due up to a time, in order. */
  void runUntil(long timeMs) {
    runReady();
    for (Optional<Timed> due = next(); due.isPresent() && due.get().dueMs <= timeMs; due = next()) {
      setClock(due.get().dueMs);
      scheduled.remove(due.get());
      due.get().run();
      runReady();
    }
    setClock(timeMs);
  }

  /** When a task of a kind is due, or null if none is scheduled. */
  Long dueMs(String kind) {
    return scheduled.stream()
        .filter(timed -> !timed.isCancelled() && timed.kind.equals(kind))
        .map(timed -> timed.dueMs)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Moves the task of a kind to another time. */
  void move(String kind, long dueMs) {
    for (Timed timed : scheduled) if (timed.kind.equals(kind)) timed.dueMs = dueMs;
  }

  private Optional<Timed> next() {
    scheduled.removeIf(Timed::isCancelled);
    return scheduled.stream().min(Comparator.comparingLong(timed -> timed.dueMs));
  }

  private void runReady() {
    for (Runnable task = ready.poll(); task != null; task = ready.poll()) task.run();
  }

  private void setClock(long timeMs) {
    clock.advanceTime(Duration.ofMillis(timeMs - clock.relativeTimeMillis()));
  }

  @Override
  public void execute(Runnable command) {
    ready.add(command);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    Timed timed = new Timed(command, clock.relativeTimeMillis() + unit.toMillis(delay));
    scheduled.add(timed);
    return timed;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  private static final class Timed extends FutureTask<Void> implements ScheduledFuture<Void> {
    /** The simple name of the task's class. */
    final String kind;

    long dueMs;

    Timed(Runnable command, long dueMs) {
      super(command, null);
      this.kind = command.getClass().getSimpleName();
      this.dueMs = dueMs;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Delayed other) {
      throw new UnsupportedOperationException();
    }
  }
}
