package streamtable.flink;

import java.util.Map;

/** A real component of Flink that is driven by the steps of a script. */
public interface Component extends AutoCloseable {
  /** Takes one step and tells, as plain data, what the component did. */
  Object play(Map<String, Object> step) throws Exception;

  @Override
  default void close() throws Exception {}

  /** Opens a component; what this throws is the component's refusal of the configuration. */
  interface Opener {
    Component open(Map<String, Object> config) throws Exception;
  }
}
