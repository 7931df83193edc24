package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.storm.trident.state.map.CachedMap;

/** CachedMap before a store that says what it is asked. */
final class CachedMapBench implements Bench {
    private final List<String> asked = new ArrayList<>();
    private final StateBench.Memory<Long> store = new StateBench.Memory<>() {
        @Override
        public List<Long> multiGet(List<List<Object>> keys) {
            keys.forEach(key -> asked.add((String) key.get(0)));
            return super.multiGet(keys);
        }
    };
    private final CachedMap<Long> map;

    CachedMapBench(JsonNode options) {
        map = new CachedMap<>(store, options.get("cacheSize").asInt());
    }

    @Override
    public Object play(JsonNode step) {
        asked.clear();
        List<List<Object>> keys = new ArrayList<>();
        List<Long> values = new ArrayList<>();
        step.path("keys").forEach(key -> keys.add(List.of(key.asText())));
        step.path("values").forEach(row -> {
            keys.add(List.of(row.get(0).asText()));
            values.add(row.get(1).asLong());
        });
        switch (step.get("do").asText()) {
            case "write" -> map.multiPut(keys, values);
            case "write behind it" -> store.multiPut(keys, values);
            case "get" -> {
                List<Long> found = map.multiGet(keys);
                return Answer.of("values", found, "asked", List.copyOf(asked));
            }
            default -> throw new IllegalStateException(step.toString());
        }
        return null;
    }
}
