package recorder;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.WindowedBoltExecutor;
import org.apache.storm.topology.base.BaseWindowedBolt;

/** Builds and prepares windowed bolts; the answer is the message of the exception, or null. */
final class WindowValidationComponent implements Component {

    private final Step limits;

    WindowValidationComponent(Step limits) {
        this.limits = limits;
    }

    @Override
    public Object play(Object given) {
        WindowedBoltExecutor executor = null;
        try {
            BaseWindowedBolt bolt = WindowedBolts.build(Step.of(given), new Heard());
            TopologyContext context = WindowedBolts.context(bolt, List.of("spout:default"), WindowedBolts.FIELDS);
            executor = new WindowedBoltExecutor(bolt);
            Map<String, Object> conf = new HashMap<>(limits.fields());
            conf.putAll(bolt.getComponentConfiguration());
            executor.prepare(conf, context, new Heard().collector());
            executor.cleanup();
            return null;
        } catch (IllegalArgumentException refused) {
            return refused.getMessage();
        }
    }
}
