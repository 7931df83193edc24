package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A component of the real Trident, to which a script is played. */
interface Bench extends AutoCloseable {
    /** Plays one step and says, as plain data, what the component did. */
    Object play(JsonNode step) throws Exception;

    /** Plays a whole script, one answer a step. */
    default List<Object> play(List<JsonNode> script) throws Exception {
        List<Object> answers = new ArrayList<>();
        for (JsonNode step : script) {
            answers.add(play(step));
        }
        return answers;
    }

    @Override
    default void close() {
    }

    /** Sets the component up as the configuration says. */
    interface Factory {
        Bench create(JsonNode config) throws Exception;
    }
}
