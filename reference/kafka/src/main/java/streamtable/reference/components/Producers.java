package streamtable.reference.components;

import static streamtable.reference.Case.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.server.util.MockTime;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.LogAppendInfo;
import streamtable.reference.Batches;
import streamtable.reference.Component;
import streamtable.reference.components.LogLife.LogSession;
import streamtable.reference.components.LogLife.Opener;
import streamtable.reference.log.PartitionLog;

/** What a log makes of producers that number their batches, and of their transactions. */
public final class Producers {
  private Producers() {}

  public static Component sequences(Opener opener) {
    return config -> {
      PartitionLog log = opener.open(Map.of(), new MockTime(0, 0));
      return new LogSession(log) {
        @Override
        public Object play(JsonNode step) throws Exception {
          long end = log.endOffset();
          try {
            LogAppendInfo info =
                log.append(
                    Batches.numbered(
                        step.path("producerId").asLong(0),
                        step.path("producerEpoch").asInt(0),
                        step.get("baseSequence").intValue(),
                        Batches.records(step.get("records").intValue(), 0)),
                    0,
                    AppendOrigin.CLIENT);
            String kind = log.endOffset() > end ? "append" : "duplicate";
            return map("kind", kind, "baseOffset", info.firstOffset());
          } catch (ApiException e) {
            return map("kind", "refuse", "error", Errors.forException(e).name());
          }
        }
      };
    };
  }

  public static Component lastStableOffset(Opener opener) {
    return config -> {
      PartitionLog log = opener.open(Map.of(), new MockTime(0, 0));
      Map<Long, Integer> sequences = new HashMap<>();
      return new LogSession(log) {
        @Override
        public Object play(JsonNode step) throws Exception {
          playTransaction(log, sequences, step);
          return log.lastStableOffset();
        }
      };
    };
  }

  /** Appends records or a marker, or moves the high watermark. */
  public static void playTransaction(PartitionLog log, Map<Long, Integer> sequences, JsonNode step)
      throws Exception {
    switch (step.get("call").textValue()) {
      case "append" -> {
        int count = step.get("records").intValue();
        if (!step.hasNonNull("producerId")) {
          log.append(Batches.plain(Batches.records(count, 0)), 0, AppendOrigin.CLIENT);
          return;
        }
        long id = step.get("producerId").longValue();
        int sequence = sequences.merge(id, count, Integer::sum) - count;
        log.append(
            Batches.transactional(id, 0, sequence, Batches.records(count, 0)),
            0,
            AppendOrigin.CLIENT);
      }
      case "marker" ->
          log.append(
              Batches.marker(
                  step.get("producerId").longValue(), 0, step.path("commit").asBoolean(true)),
              0,
              AppendOrigin.COORDINATOR);
      default -> log.updateHighWatermark(step.get("highWatermark").longValue());
    }
  }
}
