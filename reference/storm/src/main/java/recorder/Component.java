package recorder;

import java.util.LinkedHashMap;
import java.util.Map;

/** A real component of Storm under a script: one answer a step. */
interface Component {

    /** @param step a map, or a list where the bench takes tuples' values */
    Object play(Object step) throws Exception;

    default void close() throws Exception {
    }

    interface Factory {
        Component create(Step config) throws Exception;
    }

    /** The fields of an answer, in this order. */
    static Map<String, Object> answer(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
