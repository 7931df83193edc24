package streamtable.flink.real;

import static streamtable.flink.Json.map;
import static streamtable.flink.Json.readLong;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.runtime.executiongraph.failover.ExponentialDelayRestartBackoffTimeStrategy;
import org.apache.flink.util.clock.Clock;
import org.apache.flink.util.clock.ManualClock;
import streamtable.flink.Case.Refusal;
import streamtable.flink.Component;

/** The restart strategy with a manual clock and without jitter. */
public final class RealExponentialDelay implements Component {
  private static final String KEYS = "restart-strategy.exponential-delay.";

  private final ManualClock clock = new ManualClock();
  private final ExponentialDelayRestartBackoffTimeStrategy strategy;

  private RealExponentialDelay(Map<String, Object> config) throws Exception {
    Constructor<ExponentialDelayRestartBackoffTimeStrategy> constructor =
        ExponentialDelayRestartBackoffTimeStrategy.class.getDeclaredConstructor(
            Clock.class, long.class, long.class, double.class, long.class, double.class, int.class);
    constructor.setAccessible(true);
    try {
      strategy =
          constructor.newInstance(
              clock,
              readLong(config.get(KEYS + "initial-backoff")),
              readLong(config.get(KEYS + "max-backoff")),
              ((Number) config.get(KEYS + "backoff-multiplier")).doubleValue(),
              readLong(config.get(KEYS + "reset-backoff-threshold")),
              0,
              Integer.MAX_VALUE);
    } catch (InvocationTargetException e) {
      throw new Refusal(e.getCause());
    }
  }

  public static Component open(Map<String, Object> config) throws Exception {
    return new RealExponentialDelay(config);
  }

  @Override
  public Object play(Map<String, Object> step) {
    long forward = readLong(step.get("failAtMs")) - clock.absoluteTimeMillis();
    clock.advanceTime(Duration.ofMillis(forward));
    boolean newAttempt = strategy.notifyFailure(new RuntimeException("the task failed"));
    return map("newAttempt", newAttempt, "backoffMs", strategy.getBackoffTime());
  }
}
