package recorder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;

/** Tuple trees of a running topology: spout and bolts emit, ack and fail as the script says, and the acker judges. */
final class TupleTreeComponent implements Component {

    /** One topology for all cases: their trees do not meet. */
    private static Stage stage;

    TupleTreeComponent(Step config) throws Exception {
        if (stage == null) {
            stage = new Stage(Map.of("topology.message.timeout.secs", 1000), List.of(0, 1, 2, 3));
        }
        stage.held.clear();
    }

    @Override
    public Object play(Object given) throws Exception {
        Step step = Step.of(given);
        ArrayList<String> to = new ArrayList<>(step.<String>list("to"));
        String stream = Stage.stream(to.size());
        switch (step.text("do")) {
            case "spout emits" -> stage.bySpout(spout -> spout.emit(stream, new Values(to), step.text("messageId")));
            case "bolt emits" -> {
                List<Tuple> anchors = step.<String>list("anchors").stream().map(stage.held::get).toList();
                stage.byBolt(bolt -> bolt.emit(stream, anchors, new Values(to)));
            }
            case "ack" -> stage.byBolt(bolt -> bolt.ack(stage.held.get(step.text("tuple"))));
            case "fail" -> stage.byBolt(bolt -> bolt.fail(stage.held.get(step.text("tuple"))));
            default -> throw new IllegalStateException(step.text("do"));
        }
        // Which acker of two trees is told first depends on random ids.
        return stage.take().stream().sorted(Comparator.comparing(Object::toString)).toList();
    }
}
