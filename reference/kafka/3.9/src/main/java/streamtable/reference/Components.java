package streamtable.reference;

import java.util.Map;
import org.apache.kafka.coordinator.group.GroupSession;

/** All components of this version. */
final class Components {
  private Components() {}

  static Map<String, Component> all() {
    Map<String, Component> components = SharedComponents.all(OpenLog::new);
    components.put("kafka/partition-leader", PartitionLeader::new);
    components.put("kafka/leader-epochs", PartitionLeader::withEpochs);
    components.put("kafka/group-coordinator", GroupSession::new);
    return components;
  }
}
