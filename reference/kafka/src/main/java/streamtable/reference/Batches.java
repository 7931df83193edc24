package streamtable.reference;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.ControlRecordType;
import org.apache.kafka.common.record.EndTransactionMarker;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Records;
import org.apache.kafka.common.record.SimpleRecord;

/** Batches of records as producers and coordinators send them. */
public final class Batches {
  /** What a key takes in the cleaner's map: an MD5 hash and an offset. */
  public static final int BYTES_PER_KEY = 24;

  private Batches() {}

  public static MemoryRecords plain(SimpleRecord... records) {
    return MemoryRecords.withRecords(Compression.NONE, records);
  }

  public static MemoryRecords numbered(long producerId, int epoch, int baseSequence, SimpleRecord... records) {
    return MemoryRecords.withIdempotentRecords(
        Compression.NONE, producerId, (short) epoch, baseSequence, records);
  }

  public static MemoryRecords transactional(
      long producerId, int epoch, int baseSequence, SimpleRecord... records) {
    return MemoryRecords.withTransactionalRecords(
        Compression.NONE, producerId, (short) epoch, baseSequence, records);
  }

  public static MemoryRecords marker(long producerId, int epoch, boolean isCommit) {
    ControlRecordType type = isCommit ? ControlRecordType.COMMIT : ControlRecordType.ABORT;
    return MemoryRecords.withEndTransactionMarker(
        0, producerId, (short) epoch, new EndTransactionMarker(type, 0));
  }

  public static SimpleRecord[] records(int count, long timestampMs) {
    SimpleRecord[] records = new SimpleRecord[count];
    for (int i = 0; i < count; i++) records[i] = new SimpleRecord(timestampMs,
        "value".getBytes(StandardCharsets.UTF_8));
    return records;
  }

  public static MemoryRecords inMemory(Records records) {
    if (records instanceof MemoryRecords) return (MemoryRecords) records;
    try {
      FileRecords file = (FileRecords) records;
      ByteBuffer buffer = ByteBuffer.allocate(file.sizeInBytes());
      file.readInto(buffer, 0);
      return MemoryRecords.readableRecords(buffer);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
