package streamtable.flink.real;

import static streamtable.flink.Json.map;
import static streamtable.flink.Json.readInt;
import static streamtable.flink.Json.readLong;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointCoordinator;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureManager;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.runtime.checkpoint.CheckpointMetrics;
import org.apache.flink.runtime.checkpoint.CheckpointedGraph;
import org.apache.flink.runtime.checkpoint.CheckpointsCleaner;
import org.apache.flink.runtime.checkpoint.PendingCheckpoint;
import org.apache.flink.runtime.checkpoint.StandaloneCheckpointIDCounter;
import org.apache.flink.runtime.checkpoint.StandaloneCompletedCheckpointStore;
import org.apache.flink.runtime.checkpoint.TaskStateSnapshot;
import org.apache.flink.runtime.checkpoint.VertexFinishedStateChecker;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.executiongraph.ExecutionGraph;
import org.apache.flink.runtime.executiongraph.ExecutionJobVertex;
import org.apache.flink.runtime.jobgraph.tasks.CheckpointCoordinatorConfiguration;
import org.apache.flink.runtime.jobgraph.tasks.CheckpointCoordinatorConfiguration.CheckpointCoordinatorConfigurationBuilder;
import org.apache.flink.runtime.messages.checkpoint.AcknowledgeCheckpoint;
import org.apache.flink.runtime.messages.checkpoint.DeclineCheckpoint;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.FileUtils;
import streamtable.flink.Case.Refusal;
import streamtable.flink.Component;

/** The checkpoint coordinator of a job whose tasks the script plays, by a manual clock. */
public final class RealCheckpointCoordinator implements Component {
  private static final String KEYS = "execution.checkpointing.";
  private static final String PERIODIC_TRIGGER = "ScheduledTrigger";

  private final SteppedTimer timer = new SteppedTimer();
  private final ScheduledExecutorService executor;
  private final Path savepoints;
  private final ExecutionGraph graph;
  private final Map<String, ExecutionAttemptID> tasks = new TreeMap<>();
  private final CheckpointCoordinator coordinator;
  private final Map<Long, PendingCheckpoint> known = new TreeMap<>();
  private String failsJob;

  private RealCheckpointCoordinator(Map<String, Object> config) throws Exception {
    CheckpointCoordinatorConfiguration configuration;
    try {
      configuration = configuration(config);
    } catch (IllegalArgumentException e) {
      throw new Refusal(e);
    }
    executor = Executors.newSingleThreadScheduledExecutor();
    savepoints = Files.createTempDirectory("savepoints");
    List<?> names = (List<?>) config.get("tasks");
    graph = CheckpointedGraph.ofTasks(names.size(), executor);
    int task = 0;
    for (ExecutionJobVertex vertex : graph.getVerticesTopologically())
      tasks.put(
          (String) names.get(task++),
          vertex.getTaskVertices()[0].getCurrentExecutionAttempt().getAttemptId());
    coordinator =
        new CheckpointCoordinator(
            graph.getJobID(),
            configuration,
            List.of(),
            new StandaloneCheckpointIDCounter(),
            new StandaloneCompletedCheckpointStore(1),
            new JobManagerCheckpointStorage(),
            Runnable::run,
            new CheckpointsCleaner(),
            timer,
            failures(readInt(config.getOrDefault(KEYS + "tolerable-failed-checkpoints", 0))),
            CheckpointedGraph.planOf(graph),
            timer.clock,
            OfVersion.statistics(),
            VertexFinishedStateChecker::new);
  }

  public static Component open(Map<String, Object> config) throws Exception {
    return new RealCheckpointCoordinator(config);
  }

  /** By way of the setters that a program calls, since their messages are what it sees. */
  private static CheckpointCoordinatorConfiguration configuration(Map<String, Object> config) {
    CheckpointConfig checkpointing = new CheckpointConfig();
    checkpointing.setCheckpointInterval(readLong(config.get(KEYS + "interval")));
    checkpointing.setMinPauseBetweenCheckpoints(
        readLong(config.getOrDefault(KEYS + "min-pause", 0)));
    checkpointing.setMaxConcurrentCheckpoints(
        readInt(config.getOrDefault(KEYS + "max-concurrent-checkpoints", 1)));
    checkpointing.setCheckpointTimeout(readLong(config.getOrDefault(KEYS + "timeout", 600_000)));
    checkpointing.setTolerableCheckpointFailureNumber(
        readInt(config.getOrDefault(KEYS + "tolerable-failed-checkpoints", 0)));
    checkpointing.enableUnalignedCheckpoints(
        Boolean.TRUE.equals(config.get(KEYS + "unaligned.enabled")));
    return new CheckpointCoordinatorConfigurationBuilder()
        .setCheckpointInterval(checkpointing.getCheckpointInterval())
        .setMinPauseBetweenCheckpoints(checkpointing.getMinPauseBetweenCheckpoints())
        .setMaxConcurrentCheckpoints(checkpointing.getMaxConcurrentCheckpoints())
        .setCheckpointTimeout(checkpointing.getCheckpointTimeout())
        .setTolerableCheckpointFailureNumber(checkpointing.getTolerableCheckpointFailureNumber())
        .setUnalignedCheckpointsEnabled(checkpointing.isUnalignedCheckpointsEnabled())
        .build();
  }

  private CheckpointFailureManager failures(int tolerable) {
    return new CheckpointFailureManager(
        tolerable,
        new CheckpointFailureManager.FailJobCallback() {
          @Override
          public void failJob(Throwable cause) {
            failsJob = cause.getMessage();
          }

          @Override
          public void failJobDueToTaskFailure(Throwable cause, ExecutionAttemptID failingTask) {
            failsJob = cause.getMessage();
          }
        });
  }

  @Override
  public Object play(Map<String, Object> step) throws Exception {
    long nowMs = timer.clock.relativeTimeMillis();
    if (step.containsKey("clockMs")) nowMs = readLong(step.get("clockMs"));
    else if (step.containsKey("firstTriggerMs")) {
      coordinator.startCheckpointScheduler();
      // The first delay is drawn by lot; the script says how it falls.
      long firstTriggerMs = readLong(step.get("firstTriggerMs"));
      timer.move(PERIODIC_TRIGGER, firstTriggerMs);
      Field next = CheckpointCoordinator.class.getDeclaredField("nextCheckpointTriggeringRelativeTime");
      next.setAccessible(true);
      next.setLong(coordinator, firstTriggerMs);
    } else if (step.containsKey("savepoint"))
      coordinator.triggerSavepoint(savepoints.toUri().toString(), SavepointFormatType.CANONICAL);
    else if (step.containsKey("stop")) coordinator.stopCheckpointScheduler();
    else if (step.containsKey("acknowledge"))
      coordinator.receiveAcknowledgeMessage(
          new AcknowledgeCheckpoint(
              graph.getJobID(),
              tasks.get((String) step.get("task")),
              readLong(step.get("acknowledge")),
              new CheckpointMetrics(),
              new TaskStateSnapshot()),
          "nowhere");
    else
      coordinator.receiveDeclineMessage(
          new DeclineCheckpoint(
              graph.getJobID(),
              tasks.get((String) step.get("task")),
              readLong(step.get("decline")),
              new CheckpointException(
                  CheckpointFailureReason.valueOf((String) step.get("reason")))),
          "nowhere");
    timer.runUntil(nowMs);
    return answer();
  }

  private Map<String, Object> answer() {
    List<Object> triggered = new ArrayList<>();
    List<Object> completed = new ArrayList<>();
    List<Object> aborted = new ArrayList<>();
    Map<Long, PendingCheckpoint> pending = new TreeMap<>(coordinator.getPendingCheckpoints());
    pending.forEach(
        (id, checkpoint) -> {
          if (known.putIfAbsent(id, checkpoint) == null) triggered.add(id);
        });
    for (Long id : List.copyOf(known.keySet())) {
      if (pending.containsKey(id)) continue;
      CompletableFuture<?> completion = known.remove(id).getCompletionFuture();
      if (completion.isCompletedExceptionally()) aborted.add(map("id", id, "reason", reason(completion)));
      else completed.add(id);
    }
    String message = failsJob;
    failsJob = null;
    return map(
        "triggered", triggered,
        "completed", completed,
        "aborted", aborted,
        "failsJob", message,
        "nextTriggerMs", timer.dueMs(PERIODIC_TRIGGER));
  }

  private static String reason(CompletableFuture<?> failed) {
    Throwable[] thrown = new Throwable[1];
    failed.whenComplete((value, cause) -> thrown[0] = cause);
    return ExceptionUtils.findThrowable(thrown[0], CheckpointException.class)
        .orElseThrow()
        .getCheckpointFailureReason()
        .name();
  }

  @Override
  public void close() throws Exception {
    coordinator.shutdown();
    executor.shutdownNow();
    FileUtils.deleteDirectory(savepoints.toFile());
  }
}
