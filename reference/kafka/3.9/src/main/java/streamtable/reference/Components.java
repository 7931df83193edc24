package streamtable.reference;

import java.util.Map;

/** All components of this version. */
final class Components {
  private Components() {}

  static Map<String, Component> all() {
    Map<String, Component> components = SharedComponents.all(OpenLog::new);
    components.put("kafka/partition-leader", PartitionLeader::new);
    components.put("kafka/leader-epochs", PartitionLeader::withEpochs);
    return components;
  }
}
