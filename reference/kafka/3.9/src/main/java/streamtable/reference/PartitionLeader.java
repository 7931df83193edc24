package streamtable.reference;

import static streamtable.reference.Case.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import kafka.api.LeaderAndIsr;
import kafka.cluster.AlterPartitionListener;
import kafka.cluster.DelayedOperations;
import kafka.cluster.Partition;
import kafka.log.LogManager;
import kafka.server.AlterPartitionManager;
import kafka.server.RequestLocal;
import kafka.server.checkpoints.OffsetCheckpoints;
import kafka.server.metadata.KRaftMetadataCache;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.LeaderAndIsrRequestData.LeaderAndIsrPartitionState;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.metadata.LeaderRecoveryState;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.util.MockTime;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.FetchIsolation;
import org.apache.kafka.storage.internals.log.FetchParams;
import org.apache.kafka.storage.internals.log.LogReadInfo;
import org.apache.kafka.storage.internals.log.VerificationGuard;
import org.mockito.Mockito;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** The leader of one partition, on a broker with nobody around: followers, controller and clock are the script's. */
final class PartitionLeader implements Component.Session {
  private static final int LEADER = 1;
  private static final long BROKER_EPOCH = 1;

  private final MockTime time = new MockTime(0, 0);
  private final KRaftMetadataCache metadata = Mockito.mock(KRaftMetadataCache.class);
  private final OpenLog log;
  private final Partition partition;
  private final List<Integer> replicas = new ArrayList<>();
  private int leaderEpoch = 0;
  private int partitionEpoch = 0;
  private LeaderAndIsr asked = null;
  private CompletableFuture<LeaderAndIsr> pending = null;

  PartitionLeader(JsonNode config) throws Exception {
    config.get("replicas").forEach(replica -> replicas.add(replica.intValue()));
    String minIsr = config.path("min.insync.replicas").asText("1");
    log = new OpenLog(Map.of("min.insync.replicas", minIsr), time);
    AlterPartitionManager controller =
        (TopicIdPartition of, LeaderAndIsr wanted, int controllerEpoch) -> {
          asked = wanted;
          pending = new CompletableFuture<>();
          return pending;
        };
    partition =
        new Partition(
            new TopicPartition("t", 0),
            config.path("replica.lag.time.max.ms").asLong(30_000),
            MetadataVersion.latestProduction(),
            LEADER,
            () -> BROKER_EPOCH,
            time,
            Mockito.mock(AlterPartitionListener.class),
            Mockito.mock(DelayedOperations.class),
            metadata,
            Mockito.mock(LogManager.class),
            controller,
            Option.empty());
    partition.setLog(log.log(), false);
    hear(new HashSet<>(replicas));
    lead(config.has("isr") ? ints(config.get("isr")) : replicas);
  }

  /** The controller says who is alive. */
  private void hear(Set<Integer> alive) {
    for (int replica : replicas) {
      Mockito.when(metadata.isBrokerFenced(replica)).thenReturn(!alive.contains(replica));
      Mockito.when(metadata.getAliveBrokerEpoch(replica))
          .thenReturn(alive.contains(replica) ? Option.apply(BROKER_EPOCH) : Option.empty());
    }
  }

  private void lead(List<Integer> isr) {
    asked = null;
    pending = null;
    partition.makeLeader(
        new LeaderAndIsrPartitionState()
            .setControllerEpoch(0)
            .setLeader(LEADER)
            .setLeaderEpoch(leaderEpoch)
            .setIsr(isr)
            .setPartitionEpoch(partitionEpoch)
            .setReplicas(replicas)
            .setIsNew(false)
            .setLeaderRecoveryState(LeaderRecoveryState.RECOVERED.value()),
        Mockito.mock(OffsetCheckpoints.class),
        Option.empty(),
        Option.empty());
  }

  @Override
  public Object play(JsonNode step) throws Exception {
    time.setCurrentTimeMs(step.path("atMs").asLong(time.milliseconds()));
    Object answer = null;
    Errors error = Errors.NONE;
    try {
      answer = act(step);
    } catch (ApiException e) {
      error = Errors.forException(e);
    }
    Map<String, Object> state = new LinkedHashMap<>();
    if (error != Errors.NONE) state.put("error", error.name());
    if (answer != null) state.put("parts", answer);
    state.put("isr", isr(partition.partitionState().isr()));
    state.put("asked", asked == null ? null : isr(asked.isr()));
    state.put("highWatermark", log.log().highWatermark());
    state.put("endOffset", log.endOffset());
    return state;
  }

  private Object act(JsonNode step) {
    switch (step.get("call").textValue()) {
      case "append" ->
          partition.appendRecordsToLeader(
              Batches.plain(Batches.records(step.get("records").intValue(), 0)),
              AppendOrigin.CLIENT,
              step.path("acks").asText("all").equals("all") ? -1 : 1,
              RequestLocal.NoCaching(),
              VerificationGuard.SENTINEL);
      case "fetch" -> {
        return fetch(step);
      }
      case "check" -> partition.maybeShrinkIsr();
      case "confirm" -> {
        LeaderAndIsr granted = asked.withPartitionEpoch(++partitionEpoch);
        asked = null;
        pending.complete(granted);
      }
      default -> {
        partitionEpoch += 1;
        leaderEpoch = step.path("leaderEpoch").asInt(leaderEpoch);
        if (step.has("alive")) hear(new HashSet<>(ints(step.get("alive"))));
        lead(ints(step.get("isr")));
      }
    }
    return null;
  }

  private Object fetch(JsonNode step) {
    FetchParams params =
        new FetchParams(
            (short) 17,
            step.get("broker").intValue(),
            BROKER_EPOCH,
            0,
            1,
            1_000_000,
            FetchIsolation.LOG_END,
            Optional.empty());
    Optional<Integer> lastEpoch =
        step.has("lastFetchedEpoch") ? Optional.of(step.get("lastFetchedEpoch").intValue()) : Optional.empty();
    FetchRequest.PartitionData wanted =
        new FetchRequest.PartitionData(
            Uuid.ZERO_UUID,
            step.get("offset").longValue(),
            0,
            1_000_000,
            Optional.of(step.path("leaderEpoch").asInt(leaderEpoch)),
            lastEpoch);
    LogReadInfo read =
        partition.fetchRecords(params, wanted, time.milliseconds(), 1_000_000, true, true);
    return read.divergingEpoch
        .map(parting -> map("epoch", parting.epoch(), "endOffset", parting.endOffset()))
        .orElse(null);
  }

  /** What a leader whose log is made of these epochs answers to a follower. */
  static Component.Session withEpochs(JsonNode config) throws Exception {
    PartitionLeader leader = new PartitionLeader(new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(map("replicas", List.of(1, 2))));
    JsonNode epochs = config.get("epochs");
    for (int i = 0; i < epochs.size(); i++) {
      long end = i + 1 < epochs.size() ? epochs.get(i + 1).get(1).longValue() : config.get("endOffset").longValue();
      leader.leaderEpoch = epochs.get(i).get(0).intValue();
      leader.partitionEpoch += 1;
      leader.lead(leader.replicas);
      int count = (int) (end - leader.log.endOffset());
      leader.log.append(Batches.plain(Batches.records(count, 0)), leader.leaderEpoch, AppendOrigin.CLIENT);
    }
    leader.leaderEpoch = Math.max(leader.leaderEpoch, config.path("leaderEpoch").asInt(leader.leaderEpoch));
    leader.partitionEpoch += 1;
    leader.lead(leader.replicas);
    return step -> {
      try {
        return leader.fetch(
            new com.fasterxml.jackson.databind.ObjectMapper()
                .valueToTree(
                    map(
                        "broker",
                        2,
                        "offset",
                        step.get("fetchOffset"),
                        "lastFetchedEpoch",
                        step.get("lastFetchedEpoch"))));
      } catch (ApiException e) {
        return Errors.forException(e).name();
      }
    };
  }

  private static List<Integer> ints(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::intValue).toList();
  }

  private static int[] isr(scala.collection.Iterable<Object> replicas) {
    return CollectionConverters.asJavaCollection(replicas).stream()
        .flatMapToInt(replica -> IntStream.of((Integer) replica))
        .sorted()
        .toArray();
  }

  @Override
  public void close() throws Exception {
    log.close();
  }
}
