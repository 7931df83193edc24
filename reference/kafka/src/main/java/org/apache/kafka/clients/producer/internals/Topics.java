package org.apache.kafka.clients.producer.internals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.MetadataSnapshot;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.MetadataResponse.PartitionMetadata;

/** What a producer knows of a cluster. */
final class Topics {
  private Topics() {}

  /** One topic whose partitions are led by the brokers in turn, from broker 0 on. */
  static MetadataSnapshot on(int brokers, String topic, int partitions) {
    Map<Integer, Node> nodes = new HashMap<>();
    for (int id = 0; id < brokers; id++) nodes.put(id, new Node(id, "localhost", 9092 + id));
    List<PartitionMetadata> led = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      int leader = i % brokers;
      led.add(
          new PartitionMetadata(
              Errors.NONE,
              new TopicPartition(topic, i),
              Optional.of(leader),
              Optional.of(0),
              List.of(leader),
              List.of(leader),
              List.of()));
    }
    // A cluster of its own making, because one computed from the metadata lists partitions in the order of a hash map.
    List<PartitionInfo> listed = new ArrayList<>();
    for (PartitionMetadata partition : led) {
      Node leader = nodes.get(partition.leaderId.orElseThrow());
      Node[] replicas = {leader};
      listed.add(new PartitionInfo(topic, partition.partition(), leader, replicas, replicas));
    }
    Cluster cluster = new Cluster("cluster", nodes.values(), listed, Set.of(), Set.of());
    return new MetadataSnapshot(
        "cluster", nodes, led, Set.of(), Set.of(), Set.of(), null, Map.of(), cluster);
  }
}
