package streamtable.flink.real;

import static streamtable.flink.Json.readLong;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.StreamSink;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import streamtable.flink.Component;

/** A two-phase commit sink, in Flink's operator harness. */
public final class RealTwoPhaseCommit implements Component {
  private final Map<Long, OperatorSubtaskState> snapshots = new HashMap<>();
  private OneInputStreamOperatorTestHarness<String, Object> harness;

  private RealTwoPhaseCommit() throws Exception {
    TransactionStore.clear();
    harness = harness();
    harness.open();
  }

  public static Component open(Map<String, Object> config) throws Exception {
    return new RealTwoPhaseCommit();
  }

  @Override
  public Object play(Map<String, Object> step) throws Exception {
    if (step.containsKey("write"))
      harness.processElement(new StreamRecord<>((String) step.get("write")));
    else if (step.containsKey("snapshot")) {
      long id = readLong(step.get("snapshot"));
      snapshots.put(id, harness.snapshot(id, id));
    } else if (step.containsKey("notify"))
      harness.notifyOfCompletedCheckpoint(readLong(step.get("notify")));
    else {
      // The crashed operator is left as it is: closing it would abort its transaction.
      harness = harness();
      harness.initializeState(snapshots.get(readLong(step.get("restore"))));
      harness.open();
    }
    return TransactionStore.takeVisible();
  }

  private static OneInputStreamOperatorTestHarness<String, Object> harness() throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new StreamSink<>(new TransactionalSink(new TransactionStore())));
  }
}
