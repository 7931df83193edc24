package trident;

import java.util.LinkedHashMap;
import java.util.Map;

/** An answer with named parts, in the order in which they are given. */
final class Answer {
    private Answer() {
    }

    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> answer = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            answer.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return answer;
    }
}
