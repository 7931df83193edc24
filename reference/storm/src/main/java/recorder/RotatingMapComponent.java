package recorder;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.storm.utils.RotatingMap;

/** {@link RotatingMap}: 2 buckets in a spout's executor, 3 in an acker. */
final class RotatingMapComponent implements Component {

    private final RotatingMap<Integer, String> map;

    RotatingMapComponent(Step config) {
        map = new RotatingMap<>(config.whole("buckets"));
    }

    @Override
    public Object play(Object given) {
        Step step = Step.of(given);
        List<Integer> expired = new ArrayList<>();
        switch (step.text("do")) {
            case "put" -> map.put(step.whole("key"), "");
            case "remove" -> map.remove(step.whole("key"));
            // A dead bucket is a hash map: what expires together has no order.
            default -> expired.addAll(new TreeMap<>(map.rotate()).keySet());
        }
        return Component.answer("expired", expired, "size", map.size());
    }
}
