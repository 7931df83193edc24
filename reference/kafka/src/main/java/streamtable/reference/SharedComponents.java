package streamtable.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.internals.LoadSession;
import org.apache.kafka.clients.producer.internals.StickySession;
import streamtable.reference.cluster.ClusterSession;
import streamtable.reference.cluster.CreateTopicSession;
import streamtable.reference.cluster.TransactionSession;
import streamtable.reference.components.Assignor;
import streamtable.reference.components.KeyPartitioner;
import streamtable.reference.components.LogLife;
import streamtable.reference.components.PartitionState;
import streamtable.reference.components.Producers;
import streamtable.reference.components.ServerAssignor;
import streamtable.reference.components.Settings;
import streamtable.reference.components.ReplicaPlacement;

/** The components that look alike to both versions, by the names of the benches that replay their cases. */
final class SharedComponents {
  private SharedComponents() {}

  static Map<String, Component> all(LogLife.Opener log) {
    Map<String, Component> components = new LinkedHashMap<>();
    components.put("kafka/key-partitioner", KeyPartitioner::open);
    components.put("kafka/sticky-partitioner", StickySession::new);
    components.put("kafka/partition-load", LoadSession::new);
    components.put("kafka/assignor", Assignor::open);
    components.put("kafka/sticky-assignor-for-different-subscriptions", Assignor::open);
    components.put("kafka/server-assignor", ServerAssignor::new);
    components.put("kafka/replica-placement", ReplicaPlacement::open);
    components.put("kafka/partition-state", PartitionState::new);
    components.put("kafka/producer-settings", Settings::producer);
    components.put("kafka/consumer-settings", Settings::consumer);
    components.put("kafka/topic-settings", Settings::topic);
    components.put("kafka/topic-name", Settings::topicName);
    components.put("kafka/replicated-partition", ClusterSession::new);
    components.put("kafka/create-topic", CreateTopicSession::new);
    components.put("kafka/transactions", TransactionSession::new);
    components.put("kafka/retention", LogLife.retention(log));
    components.put("kafka/log-cleaner", LogLife.cleaner(log));
    components.put("kafka/cleanable-range", LogLife.cleanable(log));
    components.put("kafka/producer-sequences", Producers.sequences(log));
    components.put("kafka/last-stable-offset", Producers.lastStableOffset(log));
    return components;
  }
}
