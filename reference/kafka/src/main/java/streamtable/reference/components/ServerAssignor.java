package streamtable.reference.components;

import static streamtable.reference.Case.list;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.api.assignor.ConsumerGroupPartitionAssignor;
import org.apache.kafka.coordinator.group.api.assignor.GroupSpec;
import org.apache.kafka.coordinator.group.api.assignor.MemberAssignment;
import org.apache.kafka.coordinator.group.api.assignor.MemberSubscription;
import org.apache.kafka.coordinator.group.api.assignor.SubscribedTopicDescriber;
import org.apache.kafka.coordinator.group.api.assignor.SubscriptionType;
import org.apache.kafka.coordinator.group.assignor.RangeAssignor;
import org.apache.kafka.coordinator.group.assignor.UniformAssignor;
import streamtable.reference.Component;

/** How the broker deals partitions out in the new consumer protocol; all members subscribe to all topics. */
public final class ServerAssignor implements Component.Session, SubscribedTopicDescriber {
  private final ConsumerGroupPartitionAssignor assignor;
  /** Topics in the order of the configuration, with ids that grow. */
  private final Map<Uuid, String> names = new TreeMap<>();
  private final Map<String, Uuid> ids = new HashMap<>();
  private final Map<Uuid, Integer> counts = new HashMap<>();

  public ServerAssignor(JsonNode config) {
    assignor = config.get("assignor").textValue().equals("uniform") ? new UniformAssignor() : new RangeAssignor();
    for (JsonNode topic : config.get("topics")) {
      Uuid id = new Uuid(0, 100 + names.size());
      names.put(id, topic.get(0).textValue());
      ids.put(topic.get(0).textValue(), id);
      counts.put(id, topic.get(1).intValue());
    }
  }

  @Override
  public Object play(JsonNode members) {
    Map<String, Member> group = new HashMap<>();
    for (JsonNode member : members) group.put(member.get("id").textValue(), new Member(owned(member)));
    Map<String, MemberAssignment> assigned = assignor.assign(new Group(group), this).members();
    List<Object> answer = new ArrayList<>();
    for (JsonNode member : members) {
      String id = member.get("id").textValue();
      List<Object> pairs = new ArrayList<>();
      Map<Uuid, Set<Integer>> partitions = assigned.get(id).partitions();
      for (Uuid topic : names.keySet()) {
        for (int partition : new TreeSet<>(partitions.getOrDefault(topic, Set.of()))) pairs.add(list(names.get(topic),
            partition));
      }
      answer.add(list(id, pairs));
    }
    return answer;
  }

  private Map<Uuid, Set<Integer>> owned(JsonNode member) {
    Map<Uuid, Set<Integer>> owned = new LinkedHashMap<>();
    for (JsonNode pair : member.path("owns")) {
      owned.computeIfAbsent(ids.get(pair.get(0).textValue()), topic -> new HashSet<>()).add(pair.get(1).intValue());
    }
    return Collections.unmodifiableMap(owned);
  }

  @Override
  public int numPartitions(Uuid topic) {
    return counts.getOrDefault(topic, -1);
  }

  @Override
  public Set<String> racksForPartition(Uuid topic, int partition) {
    return Set.of();
  }

  private record Member(Map<Uuid, Set<Integer>> partitions) implements MemberAssignment {}

  private final class Group implements GroupSpec {
    private final Map<String, Member> members;

    Group(Map<String, Member> members) {
      this.members = members;
    }

    @Override
    public Collection<String> memberIds() {
      return members.keySet();
    }

    @Override
    public SubscriptionType subscriptionType() {
      return SubscriptionType.HOMOGENEOUS;
    }

    @Override
    public boolean isPartitionAssigned(Uuid topic, int partition) {
      return members.values().stream()
          .anyMatch(member -> member.partitions().getOrDefault(topic, Set.of()).contains(partition));
    }

    /** The later version asks this too. */
    public boolean isPartitionAssignable(Uuid topic, int partition) {
      return true;
    }

    @Override
    public MemberSubscription memberSubscription(String member) {
      return new MemberSubscription() {
        @Override
        public Optional<String> rackId() {
          return Optional.empty();
        }

        @Override
        public Optional<String> instanceId() {
          return Optional.empty();
        }

        @Override
        public Set<Uuid> subscribedTopicIds() {
          return names.keySet();
        }
      };
    }

    @Override
    public MemberAssignment memberAssignment(String member) {
      return members.get(member);
    }
  }
}
