package recorder;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.BoltDeclarer;
import org.apache.storm.topology.TopologyBuilder;
import org.apache.storm.topology.base.BaseWindowedBolt;
import org.apache.storm.topology.base.BaseWindowedBolt.Count;
import org.apache.storm.topology.base.BaseWindowedBolt.Duration;
import org.apache.storm.windowing.TupleWindow;

/** A windowed bolt, built by the builder's methods from the keys that these write. */
final class WindowedBolts {

    static final String LENGTH_COUNT = "topology.bolts.window.length.count";
    static final String LENGTH_MS = "topology.bolts.window.length.duration.ms";
    static final String SLIDE_COUNT = "topology.bolts.window.sliding.interval.count";
    static final String SLIDE_MS = "topology.bolts.window.sliding.interval.duration.ms";
    static final String LAG_MS = "topology.bolts.tuple.timestamp.max.lag.ms";
    static final String WATERMARK_MS = "topology.bolts.watermark.event.interval.ms";
    static final String LATE_STREAM = "topology.bolts.late.tuple.stream";

    static final List<String> FIELDS = List.of("name", "time");

    private WindowedBolts() {
    }

    /** Tells the listener of each window. */
    static final class Listening extends BaseWindowedBolt {

        private final transient Heard heard;

        Listening(Heard heard) {
            this.heard = heard;
        }

        @Override
        public void execute(TupleWindow window) {
            heard.add(window);
        }
    }

    static BaseWindowedBolt build(Step config, Heard heard) {
        BaseWindowedBolt bolt = new Listening(heard);
        if (config.has(LENGTH_COUNT)) {
            Count length = Count.of(config.whole(LENGTH_COUNT));
            if (config.has(SLIDE_COUNT)) {
                bolt.withWindow(length, Count.of(config.whole(SLIDE_COUNT)));
            } else if (config.has(SLIDE_MS)) {
                bolt.withWindow(length, Duration.of(config.whole(SLIDE_MS)));
            } else {
                bolt.withWindow(length);
            }
        } else if (config.has(LENGTH_MS)) {
            Duration length = Duration.of(config.whole(LENGTH_MS));
            if (config.has(SLIDE_COUNT)) {
                bolt.withWindow(length, Count.of(config.whole(SLIDE_COUNT)));
            } else if (config.has(SLIDE_MS)) {
                bolt.withWindow(length, Duration.of(config.whole(SLIDE_MS)));
            } else {
                bolt.withWindow(length);
            }
        }
        if (config.has("timestampField")) {
            bolt.withTimestampField(config.text("timestampField"));
        }
        if (config.has(LAG_MS)) {
            bolt.withLag(Duration.of(config.whole(LAG_MS)));
        }
        if (config.has(WATERMARK_MS)) {
            bolt.withWatermarkInterval(Duration.of(config.whole(WATERMARK_MS)));
        }
        if (config.has(LATE_STREAM)) {
            bolt.withLateTupleStream(config.text(LATE_STREAM));
        }
        return bolt;
    }

    /** @param streams the bolt's inputs, {@code component:stream} */
    static TopologyContext context(BaseWindowedBolt bolt, List<String> streams, List<String> fields) {
        Map<String, Map<String, List<String>>> spouts = new TreeMap<>();
        for (String each : streams) {
            String[] names = each.split(":");
            spouts.computeIfAbsent(names[0], name -> new HashMap<>()).put(names[1], fields);
        }
        TopologyBuilder builder = new TopologyBuilder();
        spouts.forEach((id, declared) -> builder.setSpout(id, new Puppets.Spout(declared)));
        BoltDeclarer declarer = builder.setBolt("windows", bolt);
        spouts.forEach((id, declared) -> declared.keySet().forEach(stream -> declarer.shuffleGrouping(id, stream)));
        return Contexts.of(builder.createTopology(), "windows");
    }
}
