package streamtable.flink.real;

import static streamtable.flink.Json.map;
import static streamtable.flink.Json.readInt;
import static streamtable.flink.Json.readLong;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.mocks.MockSourceSplit;
import org.apache.flink.api.connector.source.mocks.MockSourceSplitSerializer;
import org.apache.flink.runtime.source.event.AddSplitEvent;
import org.apache.flink.runtime.source.event.ReportedWatermarkEvent;
import org.apache.flink.runtime.source.event.WatermarkAlignmentEvent;
import org.apache.flink.streaming.api.operators.SourceOperatorTestContext;
import org.apache.flink.streaming.api.operators.source.CollectingDataOutput;
import streamtable.flink.Component;

/**
 * Source readers of one alignment group, each a source operator that has read one record, whose time is its watermark. The
 * coordinator's aggregator makes the limit of what they report.
 */
public final class RealSourceAlignment implements Component {
  private static final Duration UPDATE_INTERVAL = Duration.ofMillis(1);

  private final long maxDriftMs;

  private RealSourceAlignment(long maxDriftMs) {
    this.maxDriftMs = maxDriftMs;
  }

  public static Component open(Map<String, Object> config) {
    return new RealSourceAlignment(readLong(config.get("maxDriftMs")));
  }

  @Override
  public Object play(Map<String, Object> step) throws Exception {
    List<SourceOperatorTestContext> readers = new ArrayList<>();
    Aggregator group = new Aggregator();
    for (Object watermarkMs : (List<?>) step.get("readersMs")) {
      SourceOperatorTestContext reader = reader(readInt(watermarkMs));
      group.aggregate(readers.size(), reported(reader));
      readers.add(reader);
    }
    long maxAllowedMs = group.aggregatedMs() + maxDriftMs;
    List<Object> waits = new ArrayList<>();
    for (SourceOperatorTestContext reader : readers) {
      reader.getOperator().handleOperatorEvent(new WatermarkAlignmentEvent(maxAllowedMs));
      waits.add(!reader.getOperator().isAvailable());
      reader.close();
    }
    return map("maxAllowedMs", maxAllowedMs, "waits", waits);
  }

  private SourceOperatorTestContext reader(int watermarkMs) throws Exception {
    SourceOperatorTestContext context =
        new SourceOperatorTestContext(
            false,
            WatermarkStrategy.<Integer>forGenerator(supplier -> new EachRecord())
                .withTimestampAssigner((record, timestamp) -> record)
                .withWatermarkAlignment("group", Duration.ofMillis(maxDriftMs), UPDATE_INTERVAL));
    context.getOperator().initializeState(context.createStateContext());
    context.getOperator().open();
    MockSourceSplit split = new MockSourceSplit(1);
    split.addRecord(watermarkMs);
    split.addRecord(watermarkMs + 1);
    context
        .getOperator()
        .handleOperatorEvent(new AddSplitEvent<>(List.of(split), new MockSourceSplitSerializer()));
    context.getOperator().emitNext(new CollectingDataOutput<>());
    context.getTimeService().advance(UPDATE_INTERVAL.toMillis());
    return context;
  }

  private static long reported(SourceOperatorTestContext reader) {
    return reader.getGateway().getEventsSent().stream()
        .filter(event -> event instanceof ReportedWatermarkEvent)
        .mapToLong(event -> ((ReportedWatermarkEvent) event).getWatermark())
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  /** The coordinator's own aggregator, which is not public. */
  private static final class Aggregator {
    private final Object aggregator;

    Aggregator() throws Exception {
      Class<?> type =
          Class.forName(
              "org.apache.flink.runtime.source.coordinator.SourceCoordinator$WatermarkAggregator");
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      aggregator = constructor.newInstance();
    }

    void aggregate(int reader, long watermarkMs) throws Exception {
      Method aggregate =
          aggregator.getClass().getMethod("aggregate", Object.class, Watermark.class);
      aggregate.setAccessible(true);
      aggregate.invoke(aggregator, reader, new Watermark(watermarkMs));
    }

    long aggregatedMs() throws Exception {
      Method aggregated = aggregator.getClass().getMethod("getAggregatedWatermark");
      aggregated.setAccessible(true);
      return ((Watermark) aggregated.invoke(aggregator)).getTimestamp();
    }
  }

  /** Every record's time is a watermark at once. */
  private static final class EachRecord implements WatermarkGenerator<Integer> {
    @Override
    public void onEvent(Integer record, long timestampMs, WatermarkOutput output) {
      output.emitWatermark(new Watermark(timestampMs));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
