package org.apache.flink.runtime.checkpoint;

import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.runtime.executiongraph.ExecutionGraph;
import org.apache.flink.runtime.executiongraph.ExecutionGraphCheckpointPlanCalculatorContext;
import org.apache.flink.runtime.jobgraph.JobVertexID;

/** Opens to the recorder what Flink's own tests keep in this package: running jobs without task managers. */
public final class CheckpointedGraph {
  private CheckpointedGraph() {}

  /** A job of so many source tasks, all of them running. */
  public static ExecutionGraph ofTasks(int tasks, ScheduledExecutorService executor)
      throws Exception {
    CheckpointCoordinatorTestingUtils.CheckpointExecutionGraphBuilder builder =
        new CheckpointCoordinatorTestingUtils.CheckpointExecutionGraphBuilder();
    for (int i = 0; i < tasks; i++) builder.addJobVertex(new JobVertexID(0, i));
    return builder.build(executor);
  }

  /** The plan of that job's checkpoints. */
  public static CheckpointPlanCalculator planOf(ExecutionGraph graph) {
    return new DefaultCheckpointPlanCalculator(
        graph.getJobID(),
        new ExecutionGraphCheckpointPlanCalculatorContext(graph),
        graph.getVerticesTopologically(),
        true);
  }
}
