package streamtable.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.internals.LoadSession;
import org.apache.kafka.clients.producer.internals.StickySession;
import streamtable.reference.components.Assignor;
import streamtable.reference.components.KeyPartitioner;
import streamtable.reference.components.ReplicaPlacement;

/** The components that look alike to both versions, by the names of the benches that replay their cases. */
final class SharedComponents {
  private SharedComponents() {}

  static Map<String, Component> all() {
    Map<String, Component> components = new LinkedHashMap<>();
    components.put("kafka/key-partitioner", KeyPartitioner::open);
    components.put("kafka/sticky-partitioner", StickySession::new);
    components.put("kafka/partition-load", LoadSession::new);
    components.put("kafka/assignor", Assignor::open);
    components.put("kafka/sticky-assignor-for-different-subscriptions", Assignor::open);
    components.put("kafka/replica-placement", ReplicaPlacement::open);
    return components;
  }
}
