package streamtable.flink.real;

import static org.apache.flink.runtime.state.KeyGroupRangeAssignment.assignToKeyGroup;
import static org.apache.flink.runtime.state.KeyGroupRangeAssignment.computeDefaultMaxParallelism;
import static org.apache.flink.runtime.state.KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex;
import static streamtable.flink.Json.list;
import static streamtable.flink.Json.map;
import static streamtable.flink.Json.readInt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.plugable.SerializationDelegate;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.partitioner.KeyGroupStreamPartitioner;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import streamtable.flink.Case.Refusal;
import streamtable.flink.Component;

/** Keys on their way through {@code keyBy}, and a keyed operator that remembers them at each subtask. */
public final class RealKeyGroups implements Component {
  private final int maxParallelism;
  private List<KeyedOneInputStreamOperatorTestHarness<String, String, String>> subtasks =
      new ArrayList<>();

  private RealKeyGroups(int parallelism, int maxParallelism) throws Exception {
    this.maxParallelism = maxParallelism;
    try {
      computeKeyGroupRangeForOperatorIndex(maxParallelism, parallelism, 0);
    } catch (IllegalArgumentException e) {
      throw new Refusal(e);
    }
    for (int i = 0; i < parallelism; i++) {
      subtasks.add(subtask(parallelism, i));
      subtasks.get(i).open();
    }
  }

  public static Component open(Map<String, Object> config) throws Exception {
    int parallelism = readInt(config.get("parallelism"));
    Object maxParallelism = config.get("maxParallelism");
    return new RealKeyGroups(
        parallelism,
        maxParallelism == null ? computeDefaultMaxParallelism(parallelism) : readInt(maxParallelism));
  }

  @Override
  public Object play(Map<String, Object> step) throws Exception {
    if (step.containsKey("defaultFor"))
      return computeDefaultMaxParallelism(readInt(step.get("defaultFor")));
    if (step.containsKey("rescaleTo")) return rescale(readInt(step.get("rescaleTo")));
    String key = (String) step.get("key");
    KeyGroupStreamPartitioner<String, String> partitioner =
        new KeyGroupStreamPartitioner<>(value -> value, maxParallelism);
    partitioner.setup(subtasks.size());
    SerializationDelegate<StreamRecord<String>> record = new SerializationDelegate<>(null);
    record.setInstance(new StreamRecord<>(key));
    int subtask;
    try {
      subtask = partitioner.selectChannel(record);
    } catch (NullPointerException e) {
      throw new Refusal(e);
    }
    subtasks.get(subtask).processElement(new StreamRecord<>(key));
    KeyGroupRange range =
        computeKeyGroupRangeForOperatorIndex(maxParallelism, subtasks.size(), subtask);
    return map(
        "keyGroup", assignToKeyGroup(key, maxParallelism),
        "subtask", subtask,
        "range", list(range.getStartKeyGroup(), range.getEndKeyGroup()));
  }

  /** Stops the job with a snapshot and starts it with another parallelism. */
  private List<Object> rescale(int parallelism) throws Exception {
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[subtasks.size()];
    for (int i = 0; i < snapshots.length; i++) snapshots[i] = subtasks.get(i).snapshot(1, 1);
    int before = subtasks.size();
    close();
    OperatorSubtaskState packed = AbstractStreamOperatorTestHarness.repackageState(snapshots);
    subtasks = new ArrayList<>();
    List<Object> keys = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      KeyedOneInputStreamOperatorTestHarness<String, String, String> subtask =
          subtask(parallelism, i);
      subtask.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              packed, maxParallelism, before, parallelism, i));
      subtask.open();
      subtasks.add(subtask);
      try (Stream<String> held =
          subtask.getOperator().<String>getKeyedStateBackend().getKeys("seen", VoidNamespace.INSTANCE)) {
        keys.add(held.sorted().collect(Collectors.toList()));
      }
    }
    return keys;
  }

  private KeyedOneInputStreamOperatorTestHarness<String, String, String> subtask(
      int parallelism, int index) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new Remember()),
        key -> key,
        Types.STRING,
        maxParallelism,
        parallelism,
        index);
  }

  private static final class Remember extends KeyedProcessFunction<String, String, String> {
    @Override
    public void processElement(String key, Context context, Collector<String> out) throws Exception {
      ValueState<Boolean> seen =
          getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Types.BOOLEAN));
      seen.update(true);
    }
  }

  @Override
  public void close() throws Exception {
    for (KeyedOneInputStreamOperatorTestHarness<String, String, String> subtask : subtasks)
      subtask.close();
  }
}
