package recorder;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.storm.policy.IWaitStrategy;

/**
 * What executors without work do, in each turn of their loop: they are counted, and park by the real clock. By default they
 * sleep by the simulated one, which stands still.
 */
public final class Idling implements IWaitStrategy {

    /** The setting that names the counters. */
    static final String NAME = "recorder.idling";

    private static final int PARK_NANOS = 100_000;
    private static final int TURNS = 2;

    /** Idle turns by thread, by name. */
    private static final Map<String, Map<Thread, Integer>> COUNTERS = new ConcurrentHashMap<>();

    private Map<Thread, Integer> turns;

    @Override
    public void prepare(Map<String, Object> conf, WaitSituation situation) {
        turns = COUNTERS.computeIfAbsent((String) conf.get(NAME), name -> new ConcurrentHashMap<>());
    }

    @Override
    public int idle(int counter) {
        turns.merge(Thread.currentThread(), 1, Integer::sum);
        LockSupport.parkNanos(PARK_NANOS);
        return 0;
    }

    /** Waits until each executor has found nothing to do twice, so that all that lay in its queue has been done. */
    static void awaitTurns(String name, int executors, long untilNanos) throws InterruptedException {
        Map<Thread, Integer> turns = COUNTERS.computeIfAbsent(name, each -> new ConcurrentHashMap<>());
        Map<Thread, Integer> before = new HashMap<>(turns);
        while (turns.size() < executors
            || turns.entrySet().stream().anyMatch(each -> each.getValue() < before.getOrDefault(each.getKey(), 0) + TURNS)) {
            if (System.nanoTime() > untilNanos) {
                throw new IllegalStateException("the executors do not come to rest");
            }
            Thread.sleep(1);
        }
    }
}
