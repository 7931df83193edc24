package streamtable.reference;

import java.util.Map;

/** All components of this version. */
final class Components {
  private Components() {}

  static Map<String, Component> all() {
    return SharedComponents.all(OpenLog::new);
  }
}
