package streamtable.flink.real;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.source.SourceFunction;

/** A source that emits what the script has given out so far, with its offset in the checkpoint. */
final class ScriptedSource implements SourceFunction<String>, CheckpointedFunction {
  private static final long serialVersionUID = 1;

  private volatile boolean running = true;
  private transient ListState<Integer> checkpointedOffset;
  private int offset;

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    checkpointedOffset =
        context.getOperatorStateStore().getListState(new ListStateDescriptor<>("offset", Types.INT));
    for (int restored : checkpointedOffset.get()) offset = restored;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    checkpointedOffset.update(List.of(offset));
  }

  @Override
  public void run(SourceContext<String> context) throws Exception {
    JobScript.begins(offset);
    while (running) {
      synchronized (context.getCheckpointLock()) {
        while (running && offset < JobScript.RECORDS.size())
          context.collect(JobScript.RECORDS.get(offset++));
      }
      Thread.sleep(1);
    }
  }

  @Override
  public void cancel() {
    running = false;
  }
}
