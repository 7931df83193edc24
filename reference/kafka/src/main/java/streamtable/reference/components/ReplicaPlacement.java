package streamtable.reference.components;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.metadata.placement.ClusterDescriber;
import org.apache.kafka.metadata.placement.PlacementSpec;
import org.apache.kafka.metadata.placement.StripedReplicaPlacer;
import org.apache.kafka.metadata.placement.UsableBroker;
import streamtable.reference.Component;
import streamtable.reference.Refused;

/** Where the KRaft controller puts the replicas of a topic. */
public final class ReplicaPlacement {
  private ReplicaPlacement() {}

  public static Component.Session open(JsonNode config) {
    StripedReplicaPlacer placer = new StripedReplicaPlacer(new Random(config.path("seed").asLong(0)));
    List<UsableBroker> brokers = new ArrayList<>();
    for (JsonNode broker : config.get("brokers")) {
      brokers.add(
          new UsableBroker(
              broker.get("id").intValue(),
              Optional.ofNullable(broker.path("rack").textValue()),
              broker.path("fenced").asBoolean(false)));
    }
    return step -> {
      PlacementSpec wanted =
          new PlacementSpec(
              step.path("firstPartition").asInt(0),
              step.get("partitions").intValue(),
              step.get("replicationFactor").shortValue());
      try {
        return placer.place(wanted, describing(brokers)).assignments().stream()
            .map(placed -> placed.replicas())
            .toList();
      } catch (ApiException e) {
        throw new Refused(e);
      }
    };
  }

  private static ClusterDescriber describing(List<UsableBroker> brokers) {
    return new ClusterDescriber() {
      @Override
      public Iterator<UsableBroker> usableBrokers() {
        return brokers.iterator();
      }

      @Override
      public Uuid defaultDir(int brokerId) {
        return Uuid.ZERO_UUID;
      }
    };
  }
}
