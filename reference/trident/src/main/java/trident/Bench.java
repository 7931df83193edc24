package trident;

import com.fasterxml.jackson.databind.JsonNode;

/** A component of the real Trident, to which a script is played. */
interface Bench extends AutoCloseable {
    /** Plays one step and says, as plain data, what the component did. */
    Object play(JsonNode step) throws Exception;

    @Override
    default void close() {
    }

    /** Sets the component up as the configuration says. */
    interface Factory {
        Bench create(JsonNode config) throws Exception;
    }
}
