package org.apache.flume.sink.hdfs;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.compress.CompressionCodec;
import recorder.FileLog;

/** The real sink; its files are numbered from the script's time, and what is done to them is written down. */
public final class ObservedHdfsSink extends HDFSEventSink {
  private long nowMs;

  public ObservedHdfsSink() {
    super(new HDFSWriterFactory() {
      @Override
      public HDFSWriter getWriter(String fileType) throws IOException {
        return new ObservedWriter(super.getWriter(fileType));
      }
    });
  }

  public void setTime(long ms) {
    nowMs = ms;
    setBucketClock(() -> ms);
  }

  /** The numbers of a bucket's files go up from the clock's reading at its first event. */
  @Override
  BucketWriter initializeBucketWriter(
      String realPath, String realName, String lookupPath, HDFSWriter writer,
      WriterCallback closeCallback) {
    BucketWriter made =
        super.initializeBucketWriter(realPath, realName, lookupPath, writer, closeCallback);
    try {
      Field counter = BucketWriter.class.getDeclaredField("fileExtensionCounter");
      counter.setAccessible(true);
      ((AtomicLong) counter.get(made)).set(nowMs);
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(changed);
    }
    return made;
  }

  private static final class ObservedWriter implements HDFSWriter {
    private final HDFSWriter writer;
    private String path;

    ObservedWriter(HDFSWriter writer) {
      this.writer = writer;
    }

    @Override
    public void configure(Context context) {
      writer.configure(context);
    }

    @Override
    public void open(String filePath) throws IOException {
      path = filePath;
      FileLog.add("create", path, null);
      writer.open(filePath);
    }

    @Override
    public void open(String filePath, CompressionCodec codec, CompressionType type)
        throws IOException {
      path = filePath;
      FileLog.add("create", path, null);
      writer.open(filePath, codec, type);
    }

    @Override
    public void append(Event event) throws IOException {
      String body = new String(event.getBody());
      // How a script breaks the disk in the middle of a batch.
      if (event.getHeaders().containsKey("breaks")) throw new IOException("the disk broke");
      FileLog.add("write", path, body);
      writer.append(event);
    }

    @Override
    public void sync() throws IOException {
      FileLog.add("hflush", path, null);
      writer.sync();
    }

    @Override
    public void close() throws IOException {
      FileLog.add("close", path, null);
      writer.close();
    }

    @Override
    public boolean isUnderReplicated() {
      return writer.isUnderReplicated();
    }
  }
}
