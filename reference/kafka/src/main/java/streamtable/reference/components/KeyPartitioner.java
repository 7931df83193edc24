package streamtable.reference.components;

import static streamtable.reference.Case.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.utils.Utils;
import streamtable.reference.Component;

/** Where a producer sends a key. */
public final class KeyPartitioner {
  private KeyPartitioner() {}

  public static Component.Session open(JsonNode config) {
    int partitions = config.get("partitions").intValue();
    return step -> {
      byte[] key = step.textValue().getBytes(StandardCharsets.UTF_8);
      return map(
          "hash",
          Utils.murmur2(key),
          "partition",
          BuiltInPartitioner.partitionForKey(key, partitions));
    };
  }
}
