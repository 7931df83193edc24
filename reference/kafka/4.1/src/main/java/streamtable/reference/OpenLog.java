package streamtable.reference;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.server.util.MockTime;
import org.apache.kafka.storage.internals.log.AbortedTxn;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.Cleaner;

import org.apache.kafka.storage.internals.log.LogAppendInfo;
import org.apache.kafka.storage.internals.log.LogCleanerManager;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.LogSegment;
import org.apache.kafka.storage.internals.log.LogStartOffsetIncrementReason;
import org.apache.kafka.storage.internals.log.LogToClean;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.SkimpyOffsetMap;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.utils.Throttler;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;
import streamtable.reference.log.LogFolder;
import streamtable.reference.log.PartitionLog;

/** The log of 4.1. */
final class OpenLog implements PartitionLog {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final MockTime time;
  private final Path folder;
  private final UnifiedLog log;

  OpenLog(Map<String, String> settings, MockTime time) throws Exception {
    this.time = time;
    folder = LogFolder.create();
    log =
        UnifiedLog.create(
            folder.toFile(),
            new LogConfig(small(settings)),
            0,
            0,
            time.scheduler,
            new BrokerTopicStats(false),
            time,
            300_000,
            new ProducerStateManagerConfig(86_400_000, false),
            600_000,
            new LogDirFailureChannel(10),
            true,
            Optional.empty());
  }

  /** Topics may not have segments below a megabyte any more; the engine's own tests have a setting besides. */
  private static Map<String, String> small(Map<String, String> settings) {
    Map<String, String> own = new HashMap<>(settings);
    String bytes = own.remove("segment.bytes");
    if (bytes != null) own.put(LogConfig.INTERNAL_SEGMENT_BYTES_CONFIG, bytes);
    return own;
  }

  @Override
  public LogAppendInfo append(MemoryRecords records, int leaderEpoch, AppendOrigin origin)
      throws Exception {
    return log.appendAsLeader(records, leaderEpoch, origin);
  }

  @Override
  public MemoryRecords read(long fromOffset, long toOffset) throws Exception {
    FetchIsolation upTo = toOffset == log.lastStableOffset() ? FetchIsolation.TXN_COMMITTED : FetchIsolation.HIGH_WATERMARK;
    return Batches.inMemory(log.read(fromOffset, Integer.MAX_VALUE, upTo, true).records);
  }

  @Override
  public Collection<LogSegment> segments() {
    return log.logSegments();
  }

  @Override
  public long startOffset() {
    return log.logStartOffset();
  }

  @Override
  public long endOffset() {
    return log.logEndOffset();
  }

  @Override
  public void updateHighWatermark(long offset) throws Exception {
    log.updateHighWatermark(offset);
  }

  @Override
  public long lastStableOffset() {
    return log.lastStableOffset();
  }

  @Override
  public List<AbortedTxn> abortedTransactions(long fromOffset, long toOffset) {
    return log.collectAbortedTransactions(fromOffset, toOffset);
  }

  @Override
  public long offsetForTime(long timestampMs) {
    return log.fetchOffsetByTimestamp(timestampMs, Optional.empty())
        .timestampAndOffsetOpt()
        .map(found -> found.offset)
        .orElse(-1L);
  }

  @Override
  public void deleteRecords(long beforeOffset) {
    log.maybeIncrementLogStartOffset(
        beforeOffset, LogStartOffsetIncrementReason.ClientRecordDeletion);
  }

  @Override
  public int deleteOldSegments() throws Exception {
    return log.deleteOldSegments();
  }

  @Override
  public void roll() throws Exception {
    log.roll();
  }

  @Override
  public long clean(int keysInMap, long firstDirtyOffset, long upToOffset, long nowMs)
      throws Exception {
    SkimpyOffsetMap map = new SkimpyOffsetMap(keysInMap * Batches.BYTES_PER_KEY);
    Throttler unlimited = new Throttler(Double.MAX_VALUE, 300, "cleaner", "bytes", time);
    Cleaner cleaner =
        new Cleaner(0, map, BUFFER_BYTES, BUFFER_BYTES, 1.0, unlimited, time, partition -> {});
    LogToClean dirty = new LogToClean(log, firstDirtyOffset, upToOffset, false);
    return cleaner.doClean(dirty, nowMs).getKey();
  }

  @Override
  public Cleanable cleanable(Long lastCleanOffset, long nowMs) throws Exception {
    var range =
        LogCleanerManager.cleanableOffsets(log, Optional.ofNullable(lastCleanOffset), nowMs);
    LogToClean dirty =
        new LogToClean(log, range.firstDirtyOffset(), range.firstUncleanableDirtyOffset(), false);
    return new Cleanable(
        range.firstDirtyOffset(), range.firstUncleanableDirtyOffset(), dirty.cleanableRatio());
  }

  @Override
  public void close() throws Exception {
    log.close();
    LogFolder.delete(folder);
  }
}
