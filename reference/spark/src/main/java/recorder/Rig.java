package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A component of the real engine on a bench: a script of inputs goes in, one answer a step comes out. */
interface Rig {
  List<Object> play(JsonNode config, JsonNode script) throws Exception;
}
