package streamtable.flink.real;

import java.lang.reflect.Proxy;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput.DataOutput;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import streamtable.flink.Json;

/** Outputs that write down what goes downstream: values, watermarks and statuses. */
final class Outputs {
  private Outputs() {}

  /** The interface has one method more in Flink 2, so it is implemented by what its methods are given. */
  @SuppressWarnings("unchecked")
  static <T> DataOutput<T> into(List<Object> emitted) {
    return (DataOutput<T>)
        Proxy.newProxyInstance(
            Outputs.class.getClassLoader(),
            new Class<?>[] {DataOutput.class},
            (proxy, method, arguments) -> {
              emitted.add(told(arguments[0]));
              return null;
            });
  }

  static Object told(Object output) {
    if (output instanceof Watermark watermark) return Json.written(watermark.getTimestamp());
    if (output instanceof WatermarkStatus status) return status.isIdle() ? "IDLE" : "ACTIVE";
    if (output instanceof StreamRecord<?> record) return Json.map("record", record.getValue());
    throw new IllegalStateException(String.valueOf(output));
  }
}
