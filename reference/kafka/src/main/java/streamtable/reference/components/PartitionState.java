package streamtable.reference.components;

import static streamtable.reference.Case.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.DirectoryId;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.PartitionChangeRecord;
import org.apache.kafka.controller.PartitionChangeBuilder;
import org.apache.kafka.controller.PartitionChangeBuilder.Election;
import org.apache.kafka.metadata.LeaderRecoveryState;
import org.apache.kafka.metadata.PartitionRegistration;
import org.apache.kafka.metadata.Replicas;
import org.apache.kafka.server.common.MetadataVersion;
import streamtable.reference.Component;

/** What the controller makes of a partition when brokers come and go. */
public final class PartitionState implements Component.Session {
  private static final Uuid TOPIC_ID = new Uuid(1, 1);

  private final int minIsr;
  private final boolean isUncleanAllowed;
  private final boolean hasEligibleReplicas;
  private final Set<Integer> down = new HashSet<>();
  private PartitionRegistration partition;

  public PartitionState(JsonNode config) {
    int[] replicas = ints(config.get("replicas")).stream().mapToInt(Integer::intValue).toArray();
    minIsr = Math.min(config.path("min.insync.replicas").asInt(1), replicas.length);
    isUncleanAllowed = config.path("unclean.leader.election.enable").asBoolean(false);
    hasEligibleReplicas = config.path("eligibleLeaderReplicas").asBoolean(false);
    partition =
        new PartitionRegistration.Builder()
            .setReplicas(replicas)
            .setDirectories(DirectoryId.unassignedArray(replicas.length))
            .setIsr(replicas)
            .setLeader(replicas[0])
            .setLeaderRecoveryState(LeaderRecoveryState.RECOVERED)
            .setLeaderEpoch(0)
            .setPartitionEpoch(0)
            .build();
  }

  @Override
  public Object play(JsonNode step) {
    int broker = step.path("broker").asInt(-1);
    switch (step.get("call").textValue()) {
      case "fence" -> {
        down.add(broker);
        if (Replicas.contains(partition.isr, broker)) {
          change(unclean(change()).setTargetIsr(Replicas.toList(Replicas.copyWithout(partition.isr, broker))));
        }
      }
      case "unfence" -> {
        down.remove(broker);
        if (partition.leader < 0) {
          change(unclean(change()).setTargetIsr(Replicas.toList(Replicas.copyWithout(partition.isr, -1))));
        }
      }
      case "alter" ->
          change(
              unclean(change())
                  .setTargetIsr(ints(step.get("isr")))
                  .setTargetLeaderRecoveryState(LeaderRecoveryState.RECOVERED));
      default -> change(change().setElection(Election.PREFERRED));
    }
    return map(
        "replicas", partition.replicas,
        "isr", partition.isr,
        "elr", partition.elr,
        "lastKnownElr", partition.lastKnownElr,
        "leader", partition.leader,
        "leaderEpoch", partition.leaderEpoch,
        "partitionEpoch", partition.partitionEpoch,
        "recovering", partition.leaderRecoveryState == LeaderRecoveryState.RECOVERING);
  }

  private PartitionChangeBuilder change() {
    return new PartitionChangeBuilder(
            partition,
            TOPIC_ID,
            0,
            replica -> !down.contains(replica),
            MetadataVersion.latestProduction(),
            minIsr)
        .setEligibleLeaderReplicasEnabled(hasEligibleReplicas)
        .setDefaultDirProvider(replica -> DirectoryId.UNASSIGNED);
  }

  private PartitionChangeBuilder unclean(PartitionChangeBuilder builder) {
    return isUncleanAllowed ? builder.setElection(Election.UNCLEAN) : builder;
  }

  private void change(PartitionChangeBuilder builder) {
    builder.build().ifPresent(decided -> partition = partition.merge((PartitionChangeRecord) decided.message()));
  }

  private static List<Integer> ints(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::intValue).toList();
  }
}
