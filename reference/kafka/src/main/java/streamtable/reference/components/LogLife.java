package streamtable.reference.components;

import static streamtable.reference.Case.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.server.util.MockTime;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.RecordValidationException;
import streamtable.reference.Batches;
import streamtable.reference.Component;
import streamtable.reference.Refused;
import streamtable.reference.log.LogFolder;
import streamtable.reference.log.PartitionLog;

/** What becomes of a log in time, with a clock that stands still. */
public final class LogLife {
  private static final List<String> SETTINGS =
      List.of(
          "segment.bytes",
          "segment.ms",
          "retention.bytes",
          "retention.ms",
          "cleanup.policy",
          "delete.retention.ms",
          "min.compaction.lag.ms",
          "index.interval.bytes");

  private LogLife() {}

  /** Opens the log of the version on the class path. */
  @FunctionalInterface
  public interface Opener {
    PartitionLog open(Map<String, String> settings, MockTime time) throws Exception;
  }

  public static Component retention(Opener opener) {
    return config -> {
      MockTime time = new MockTime(0, 0);
      PartitionLog log = opener.open(LogFolder.settings(config, SETTINGS), time);
      return new LogSession(log) {
        @Override
        public Object play(JsonNode step) throws Exception {
          switch (step.get("call").textValue()) {
            case "append" -> appendSized(log, step);
            case "delete records" -> {
              log.updateHighWatermark(log.endOffset());
              log.deleteRecords(step.get("beforeOffset").longValue());
            }
            default -> {
              time.setCurrentTimeMs(step.get("nowMs").longValue());
              log.updateHighWatermark(step.get("highWatermark").longValue());
              log.deleteOldSegments();
            }
          }
          return map(
              "segments",
              log.segments().stream().map(segment -> segment.baseOffset()).toList(),
              "startOffset",
              log.startOffset(),
              "endOffset",
              log.endOffset());
        }
      };
    };
  }

  public static Component cleaner(Opener opener) {
    return config -> {
      MockTime time = new MockTime(0, 0);
      PartitionLog log = opener.open(LogFolder.settings(config, SETTINGS), time);
      int keysInMap = config.path("keysInMap").asInt(1000);
      return new LogSession(log) {
        private long firstDirty = 0;

        @Override
        public Object play(JsonNode step) throws Exception {
          if (step.get("call").textValue().equals("append")) {
            appendOrRefuse(log, Batches.plain(keyed(step)));
          } else {
            log.updateHighWatermark(log.endOffset());
            log.roll();
            firstDirty =
                log.clean(
                    keysInMap,
                    step.path("firstDirtyOffset").asLong(firstDirty),
                    step.path("upTo").asLong(log.endOffset()),
                    step.path("nowMs").asLong(0));
          }
          List<Long> left = new ArrayList<>();
          for (var segment : log.segments()) {
            segment.log().records().forEach(record -> left.add(record.offset()));
          }
          return left;
        }
      };
    };
  }

  public static Component cleanable(Opener opener) {
    return config -> {
      MockTime time = new MockTime(0, 0);
      Map<String, String> settings = LogFolder.settings(config, SETTINGS);
      settings.put("cleanup.policy", "compact");
      PartitionLog log = opener.open(settings, time);
      return new LogSession(log) {
        @Override
        public Object play(JsonNode step) throws Exception {
          if (step.get("call").textValue().equals("append")) {
            appendSized(log, step);
            return log.segments().stream().map(segment -> segment.baseOffset()).toList();
          }
          long nowMs = step.get("nowMs").longValue();
          time.setCurrentTimeMs(nowMs);
          log.updateHighWatermark(step.get("highWatermark").longValue());
          Long lastClean = step.has("cleanedTo") ? step.get("cleanedTo").longValue() : null;
          PartitionLog.Cleanable range = log.cleanable(lastClean, nowMs);
          // Four digits, so that no rounding of a division is told.
          double ratio = Math.round(range.dirtyRatio() * 10_000) / 10_000.0;
          return map(
              "firstDirtyOffset",
              range.firstDirtyOffset(),
              "firstUncleanableOffset",
              range.firstUncleanableOffset(),
              "dirtyRatio",
              ratio);
        }
      };
    };
  }

  /** Batches of so many records that take so many bytes each. */
  private static void appendSized(PartitionLog log, JsonNode step) throws Exception {
    int count = step.path("records").asInt(1);
    for (int i = 0; i < step.path("times").asInt(1); i++) {
      long timestampMs = step.get("timestampMs").longValue() + i * step.path("everyMs").asLong(0);
      MemoryRecords records = sized(count, step.get("bytes").intValue(), timestampMs);
      appendOrRefuse(log, records);
    }
  }

  private static void appendOrRefuse(PartitionLog log, MemoryRecords records) throws Exception {
    try {
      log.append(records, 0, AppendOrigin.CLIENT);
    } catch (RecordValidationException e) {
      throw new Refused(e.invalidException());
    }
  }

  private static MemoryRecords sized(int count, int bytes, long timestampMs) {
    for (int length = 0; ; length++) {
      SimpleRecord[] records = new SimpleRecord[count];
      byte[] key = {'k'};
      for (int i = 0; i < count; i++) {
        records[i] = new SimpleRecord(timestampMs, key, new byte[i == 0 ? length : 0]);
      }
      MemoryRecords made = Batches.plain(records);
      if (made.sizeInBytes() == bytes) return made;
      if (made.sizeInBytes() > bytes) {
        throw new IllegalArgumentException("no batch of " + count + " takes " + bytes + " bytes");
      }
    }
  }

  private static SimpleRecord keyed(JsonNode step) {
    return new SimpleRecord(RecordBatch.NO_TIMESTAMP, bytes(step.get("key")), bytes(step.get("value")));
  }

  private static byte[] bytes(JsonNode text) {
    return text.isNull() ? null : text.textValue().getBytes(StandardCharsets.UTF_8);
  }

  /** Closes its log at the end. */
  abstract static class LogSession implements Component.Session {
    private final PartitionLog log;

    LogSession(PartitionLog log) {
      this.log = log;
    }

    @Override
    public void close() throws Exception {
      log.close();
    }
  }
}
