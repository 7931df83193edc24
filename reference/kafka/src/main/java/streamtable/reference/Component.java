package streamtable.reference;

import com.fasterxml.jackson.databind.JsonNode;

/** A part of Kafka that can be set up alone and fed step by step. */
@FunctionalInterface
public interface Component {
  /**
   * @throws Refused when the real one refuses this configuration
   */
  Session open(JsonNode config) throws Exception;

  /** One that was set up. It answers each step with plain data. */
  @FunctionalInterface
  interface Session extends AutoCloseable {
    Object play(JsonNode step) throws Exception;

    @Override
    default void close() throws Exception {}
  }
}
