package recorder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.flume.SinkRunner;
import org.apache.flume.sink.AbstractSinkProcessor;

/**
 * `SinkRunner`: how long it sleeps between two calls. The real clock runs here, but every sleep is of whole seconds, and a
 * thread that wakes late is late by much less; so the whole seconds are what is recorded.
 */
final class SinkRunners {
  private SinkRunners() {}

  static void record(List<Case> cases) throws Exception {
    String[] script = {"READY", "BACKOFF", "BACKOFF", "exception", "BACKOFF", "READY", "BACKOFF", "READY"};
    List<Long> calledAtMs = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(script.length + 1);
    SinkRunner runner = new SinkRunner(new AbstractSinkProcessor() {
      @Override
      public Status process() throws EventDeliveryException {
        int call = calledAtMs.size();
        calledAtMs.add(System.currentTimeMillis());
        done.countDown();
        if (call >= script.length) return Status.BACKOFF;
        if (script[call].equals("exception")) throw new EventDeliveryException("no");
        return Status.valueOf(script[call]);
      }

      @Override
      public void start() {}

      @Override
      public void stop() {}

      @Override
      public void configure(org.apache.flume.Context context) {}
    });
    runner.start();
    done.await();
    runner.stop();
    Case recorded = new Case("sink-runner-sleeps", Topic.CHANNELS, "sink-runner",
        "One second more for each BACKOFF in a row; an exception costs five and does not end the row, READY does.")
        .withRealClock();
    for (int i = 0; i < script.length; i++) {
      long sleptMs = calledAtMs.get(i + 1) - calledAtMs.get(i);
      recorded.step(script[i], (sleptMs + 300) / 1000 * 1000);
    }
    cases.add(recorded);
  }
}
