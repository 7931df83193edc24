package streamtable.flink.real;

import static streamtable.flink.Json.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import streamtable.flink.Component;

/**
 * A whole job on a mini cluster, by the real clock: it counts the records of each key, and shows each count at once and also
 * in a transaction. A step is over when all its records have reached the sinks, so that nothing depends on the clock.
 */
public final class RealJob implements Component {
  private static final long PATIENCE_MS = 60_000;

  private final MiniCluster cluster;
  private final JobID job;
  private int commits;

  private RealJob(Map<String, Object> config) throws Exception {
    JobScript.clear();
    TransactionStore.clear();
    Configuration configuration = new Configuration();
    configuration.setString("rest.bind-port", "0");
    configuration.setString("execution.buffer-timeout.interval", "0 ms");
    config.forEach((key, value) -> configuration.setString(key, String.valueOf(value)));
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build());
    cluster.start();
    JobGraph graph = graph(configuration);
    job = graph.getJobID();
    cluster.submitJob(graph).get();
    await(() -> isRunning());
  }

  public static Component open(Map<String, Object> config) throws Exception {
    return new RealJob(config);
  }

  private static JobGraph graph(Configuration configuration) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(1);
    environment
        .addSource(new ScriptedSource(), "source", Types.STRING)
        .keyBy(record -> record, Types.STRING)
        .process(new Count())
        .map(new Show())
        .addSink(new TransactionalSink(new TransactionStore()));
    return environment.getStreamGraph().getJobGraph();
  }

  @Override
  public Object play(Map<String, Object> step) throws Exception {
    if (step.containsKey("checkpoint")) {
      cluster.triggerCheckpoint(job).get();
      commits++;
      await(() -> TransactionStore.commits() >= commits);
    } else {
      JobScript.FAILS.set(Boolean.TRUE.equals(step.get("fails")));
      JobScript.RECORDS.add((String) step.get("record"));
      await(() -> JobScript.isDone() || status().isTerminalState());
      // What a restored sink commits again is told by the attempt, not by a notification.
      commits = TransactionStore.commits();
    }
    List<Object> shown = new ArrayList<>(JobScript.SHOWN);
    JobScript.SHOWN.clear();
    return map(
        "shown", shown,
        "committed", TransactionStore.takeVisible(),
        "job", status().name());
  }

  private boolean isRunning() {
    return status() == JobStatus.RUNNING;
  }

  private JobStatus status() {
    try {
      return cluster.getJobStatus(job).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (long waitedMs = 0; !condition.getAsBoolean(); waitedMs += 5) {
      if (waitedMs > PATIENCE_MS) throw new IllegalStateException("nothing happened");
      Thread.sleep(5);
    }
  }

  /** Counts the records of each key, and fails when the script says so. */
  private static final class Count extends KeyedProcessFunction<String, String, String> {
    @Override
    public void processElement(String record, Context context, Collector<String> out)
        throws Exception {
      if (JobScript.FAILS.compareAndSet(true, false)) throw new IllegalStateException("as scripted");
      ValueState<Integer> count =
          getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.INT));
      int counted = count.value() == null ? 1 : count.value() + 1;
      count.update(counted);
      out.collect(record + "=" + counted);
    }
  }

  private static final class Show implements MapFunction<String, String> {
    @Override
    public String map(String result) {
      JobScript.show(result);
      return result;
    }
  }

  @Override
  public void close() throws Exception {
    if (!status().isTerminalState()) cluster.cancelJob(job).get();
    cluster.close();
  }
}
