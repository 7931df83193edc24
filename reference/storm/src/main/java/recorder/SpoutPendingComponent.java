package recorder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.storm.tuple.Values;

/** The executor of a spout in a running topology: what is emitted, acked and failed when. */
final class SpoutPendingComponent implements Component {

    private final Stage stage;

    SpoutPendingComponent(Step config) throws Exception {
        stage = new Stage(config.fields(), List.of(1));
    }

    @Override
    public Object play(Object given) throws Exception {
        Step step = Step.of(given);
        switch (step.text("do")) {
            case "feed" -> {
                String message = step.text("messageId");
                stage.bySpout(spout -> {
                    stage.tell(List.of("emit", message));
                    spout.emit(Stage.stream(1), new Values(new ArrayList<>(List.of(message))), message);
                });
            }
            case "ack" -> stage.byBolt(bolt -> bolt.ack(stage.held.get(step.text("messageId"))));
            case "advance" -> stage.advanceTo(step.number("toMs"));
            default -> throw new IllegalStateException(step.text("do"));
        }
        return inOrder(stage.take());
    }

    /** Tuples that time out together fail in the order of a hash map, which is none. */
    private static List<Object> inOrder(List<Object> told) {
        List<Object> ordered = new ArrayList<>();
        List<String> fails = new ArrayList<>();
        for (Object each : told) {
            List<?> saying = (List<?>) each;
            if (saying.get(0).equals("fail")) {
                fails.add((String) saying.get(1));
            } else {
                ordered.add(saying);
            }
        }
        List<Object> failed = new ArrayList<>(fails.stream().sorted().map(id -> List.of("fail", id)).toList());
        // Room for new tuples comes of the failures.
        failed.addAll(ordered);
        return failed;
    }

    @Override
    public void close() throws Exception {
        stage.close();
    }
}
