package streamtable.reference.log;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.storage.internals.log.AbortedTxn;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.LogAppendInfo;
import org.apache.kafka.storage.internals.log.LogSegment;

/** A replica's log on disk, as far as the versions agree on it. */
public interface PartitionLog extends AutoCloseable {
  LogAppendInfo append(MemoryRecords records, int leaderEpoch, AppendOrigin origin) throws Exception;

  MemoryRecords read(long fromOffset, long toOffset) throws Exception;

  Collection<LogSegment> segments();

  long startOffset();

  long endOffset();

  void updateHighWatermark(long offset) throws Exception;

  long lastStableOffset();

  List<AbortedTxn> abortedTransactions(long fromOffset, long toOffset);

  /** Offset of the first record at or after a time, −1 for none. */
  long offsetForTime(long timestampMs);

  void deleteRecords(long beforeOffset) throws Exception;

  int deleteOldSegments() throws Exception;

  void roll() throws Exception;

  /** One pass of the cleaner over a map with room for so many keys. Returns where the next one begins. */
  long clean(int keysInMap, long firstDirtyOffset, long upToOffset, long nowMs) throws Exception;

  Cleanable cleanable(Long lastCleanOffset, long nowMs) throws Exception;

  /** What the cleaner may work on. */
  record Cleanable(long firstDirtyOffset, long firstUncleanableOffset, double dirtyRatio) {}
}
