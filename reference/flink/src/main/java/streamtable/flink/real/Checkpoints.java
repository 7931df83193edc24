package streamtable.flink.real;

import static streamtable.flink.Json.map;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointMetaData;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.CheckpointType;
import org.apache.flink.runtime.jobgraph.tasks.CheckpointableTask;
import org.apache.flink.runtime.state.CheckpointStorageLocationReference;
import streamtable.flink.Json;

/** The task behind a barrier handler, which notes what it is told. */
final class Checkpoints {
  private final List<Object> triggered = new ArrayList<>();
  private final List<Object> aborted = new ArrayList<>();

  final CheckpointableTask task =
      (CheckpointableTask)
          Proxy.newProxyInstance(
              Checkpoints.class.getClassLoader(),
              new Class<?>[] {CheckpointableTask.class},
              (proxy, method, arguments) -> {
                switch (method.getName()) {
                  case "triggerCheckpointOnBarrier" ->
                      triggered.add(((CheckpointMetaData) arguments[0]).getCheckpointId());
                  case "abortCheckpointOnBarrier" ->
                      aborted.add(
                          map(
                              "id", arguments[0],
                              "reason",
                                  ((CheckpointException) arguments[1])
                                      .getCheckpointFailureReason()
                                      .name()));
                  default -> throw new IllegalStateException(method.getName());
                }
                return null;
              });

  /** The checkpoint that was triggered since it was last asked, or null. */
  Object takeTriggered() {
    return one(triggered);
  }

  /** The checkpoint that was aborted, with the reason, or null. */
  Object takeAborted() {
    return one(aborted);
  }

  /** The checkpoints that were aborted, oldest first. */
  List<Object> takeAllAborted() {
    List<Object> all = new ArrayList<>();
    for (Object each : aborted) all.add(Json.readMap(each).get("id"));
    aborted.clear();
    return all;
  }

  private static Object one(List<Object> noted) {
    if (noted.size() > 1) throw new IllegalStateException("more than one at once: " + noted);
    Object only = noted.isEmpty() ? null : noted.get(0);
    noted.clear();
    return only;
  }

  static CheckpointOptions options(String mode, long alignedTimeoutMs) {
    CheckpointStorageLocationReference location = CheckpointStorageLocationReference.getDefault();
    return switch (mode) {
      case "aligned" -> CheckpointOptions.alignedNoTimeout(CheckpointType.CHECKPOINT, location);
      case "unaligned" -> CheckpointOptions.unaligned(CheckpointType.CHECKPOINT, location);
      case "alternating" ->
          CheckpointOptions.alignedWithTimeout(
              CheckpointType.CHECKPOINT, location, alignedTimeoutMs);
      case "at least once" -> CheckpointOptions.notExactlyOnce(CheckpointType.CHECKPOINT, location);
      default -> throw new IllegalStateException(mode);
    };
  }
}
