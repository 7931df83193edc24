package streamtable.reference;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kafka.log.Cleaner;
import kafka.log.LogCleanerManager;
import kafka.log.LogToClean;
import kafka.log.UnifiedLog;
import kafka.server.BrokerTopicStats;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.server.util.MockTime;
import org.apache.kafka.storage.internals.log.AbortedTxn;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.FetchIsolation;
import org.apache.kafka.storage.internals.log.LogAppendInfo;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.LogOffsetsListener;
import org.apache.kafka.storage.internals.log.LogSegment;
import org.apache.kafka.storage.internals.log.LogStartOffsetIncrementReason;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.SkimpyOffsetMap;
import org.apache.kafka.storage.internals.utils.Throttler;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import streamtable.reference.log.LogFolder;
import streamtable.reference.log.PartitionLog;

/** The log of 3.9. */
final class OpenLog implements PartitionLog {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final MockTime time;
  private final Path folder;
  private final UnifiedLog log;

  OpenLog(Map<String, String> settings, MockTime time) throws Exception {
    this.time = time;
    folder = LogFolder.create();
    log =
        UnifiedLog.apply(
            folder.toFile(),
            new LogConfig(settings),
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
            Option.<Uuid>empty(),
            true,
            new ConcurrentHashMap<>(),
            false,
            LogOffsetsListener.NO_OP_OFFSETS_LISTENER);
  }

  UnifiedLog log() {
    return log;
  }

  @Override
  public LogAppendInfo append(MemoryRecords records, int leaderEpoch, AppendOrigin origin) {
    return log.appendAsLeader(
        records,
        leaderEpoch,
        origin,
        log.appendAsLeader$default$4(),
        log.appendAsLeader$default$5(),
        log.appendAsLeader$default$6());
  }

  @Override
  public MemoryRecords read(long fromOffset, long toOffset) {
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
  public void updateHighWatermark(long offset) {
    log.updateHighWatermark(offset);
  }

  @Override
  public long lastStableOffset() {
    return log.lastStableOffset();
  }

  @Override
  public List<AbortedTxn> abortedTransactions(long fromOffset, long toOffset) {
    return CollectionConverters.asJava(log.collectAbortedTransactions(fromOffset, toOffset));
  }

  @Override
  public long offsetForTime(long timestampMs) {
    var found = log.fetchOffsetByTimestamp(timestampMs, Option.empty());
    return found.isEmpty() ? -1 : found.get().offset;
  }

  @Override
  public void deleteRecords(long beforeOffset) {
    log.maybeIncrementLogStartOffset(
        beforeOffset, LogStartOffsetIncrementReason.ClientRecordDeletion);
  }

  @Override
  public int deleteOldSegments() {
    return log.deleteOldSegments();
  }

  @Override
  public void roll() {
    log.roll(Option.empty());
  }

  @Override
  public long clean(int keysInMap, long firstDirtyOffset, long upToOffset, long nowMs)
      throws Exception {
    SkimpyOffsetMap map = new SkimpyOffsetMap(keysInMap * Batches.BYTES_PER_KEY);
    Throttler unlimited = new Throttler(Double.MAX_VALUE, 300, "cleaner", "bytes", time);
    Cleaner cleaner =
        new Cleaner(0, map, BUFFER_BYTES, BUFFER_BYTES, 1.0, unlimited, time, partition -> BoxedUnit.UNIT);
    LogToClean dirty =
        new LogToClean(log.topicPartition(), log, firstDirtyOffset, upToOffset, false);
    return (long) cleaner.doClean(dirty, nowMs)._1();
  }

  @Override
  public Cleanable cleanable(Long lastCleanOffset, long nowMs) {
    var range = LogCleanerManager.cleanableOffsets(log, Option.apply(lastCleanOffset), nowMs);
    LogToClean dirty =
        new LogToClean(
            log.topicPartition(),
            log,
            range.firstDirtyOffset(),
            range.firstUncleanableDirtyOffset(),
            false);
    return new Cleanable(
        range.firstDirtyOffset(), range.firstUncleanableDirtyOffset(), dirty.cleanableRatio());
  }

  @Override
  public void close() throws Exception {
    log.close();
    LogFolder.delete(folder);
  }
}
