package streamtable.reference.components;

import static streamtable.reference.Case.list;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import streamtable.reference.Component;

/** How the leader of a group deals partitions out. */
public final class Assignor {
  private Assignor() {}

  public static Component.Session open(JsonNode config) {
    String name = config.get("assignor").textValue();
    Cluster cluster = clusterWith(config.get("topics"));
    return members -> {
      // A hash map, as the consumer that leads the group has one.
      Map<String, Subscription> subscriptions = new HashMap<>();
      for (JsonNode member : members) {
        subscriptions.put(member.get("id").textValue(), subscription(name, member));
      }
      Map<String, Assignment> assigned =
          create(name).assign(cluster, new GroupSubscription(subscriptions)).groupAssignment();
      List<Object> answer = new ArrayList<>();
      for (JsonNode member : members) {
        String id = member.get("id").textValue();
        answer.add(list(id, pairs(assigned.get(id).partitions())));
      }
      return answer;
    };
  }

  static ConsumerPartitionAssignor create(String name) {
    return switch (name) {
      case "range" -> new RangeAssignor();
      case "roundrobin" -> new RoundRobinAssignor();
      case "sticky" -> new StickyAssignor();
      case "cooperative-sticky" -> new CooperativeStickyAssignor();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Cluster clusterWith(JsonNode topics) {
    Node[] nodes = {new Node(1, "localhost", 9092)};
    List<PartitionInfo> partitions = new ArrayList<>();
    for (JsonNode topic : topics) {
      for (int i = 0; i < topic.get(1).intValue(); i++) {
        partitions.add(new PartitionInfo(topic.get(0).textValue(), i, nodes[0], nodes, nodes));
      }
    }
    return new Cluster("cluster", List.of(nodes), partitions, Set.of(), Set.of());
  }

  private static Subscription subscription(String assignor, JsonNode member) {
    List<String> topics = new ArrayList<>();
    for (JsonNode topic : member.get("topics")) topics.add(topic.textValue());
    List<TopicPartition> owned = new ArrayList<>();
    for (JsonNode pair : member.path("owns")) {
      owned.add(new TopicPartition(pair.get(0).textValue(), pair.get(1).intValue()));
    }
    int generation = member.path("generation").asInt(-1);
    // What a member tells of its last assignment, it tells as the assignor makes it.
    ConsumerPartitionAssignor own = create(assignor);
    if (!owned.isEmpty()) {
      own.onAssignment(
          new Assignment(owned),
          new ConsumerGroupMetadata("group", generation, member.get("id").textValue(), Optional.empty()));
    }
    ByteBuffer userData = own.subscriptionUserData(new HashSet<>(topics));
    List<TopicPartition> told = assignor.equals("cooperative-sticky") ? owned : List.of();
    Subscription subscription =
        new Subscription(topics, userData, told, generation, Optional.empty());
    if (member.hasNonNull("instance")) {
      subscription.setGroupInstanceId(Optional.of(member.get("instance").textValue()));
    }
    return subscription;
  }

  private static List<Object> pairs(List<TopicPartition> partitions) {
    List<Object> pairs = new ArrayList<>();
    for (TopicPartition partition : partitions) pairs.add(list(partition.topic(), partition.partition()));
    return pairs;
  }
}
