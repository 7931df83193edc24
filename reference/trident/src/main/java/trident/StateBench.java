package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.storm.trident.operation.builtin.Sum;
import org.apache.storm.trident.state.CombinerValueUpdater;
import org.apache.storm.trident.state.OpaqueValue;
import org.apache.storm.trident.state.TransactionalValue;
import org.apache.storm.trident.state.ValueUpdater;
import org.apache.storm.trident.state.map.IBackingMap;
import org.apache.storm.trident.state.map.MapState;
import org.apache.storm.trident.state.map.NonTransactionalMap;
import org.apache.storm.trident.state.map.OpaqueMap;
import org.apache.storm.trident.state.map.TransactionalMap;
import org.apache.storm.trident.testing.MemoryMapState;

/** One of Trident's map states over a map in memory, with the sum as its aggregate. */
final class StateBench implements Bench {
    private static final AtomicInteger MEMORIES = new AtomicInteger();

    private final Memory<Object> memory = new Memory<>();
    private final String kind;
    private MapState<Long> state;

    StateBench(JsonNode config) {
        kind = config.get("kind").asText();
        state = kind.equals("MemoryMapState")
            ? new MemoryMapState<>("memory-" + MEMORIES.incrementAndGet())
            : open(kind, memory);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static MapState<Long> open(String kind, IBackingMap memory) {
        return switch (kind) {
            case "NonTransactionalMap" -> NonTransactionalMap.build(memory);
            case "TransactionalMap" -> TransactionalMap.build(memory);
            case "OpaqueMap" -> OpaqueMap.build(memory);
            default -> throw new IllegalStateException(kind);
        };
    }

    @Override
    public Object play(JsonNode step) throws Exception {
        return switch (step.get("do").asText()) {
            case "commit" -> commit(step);
            case "get" -> state.multiGet(keys(step.get("keys")));
            default -> throw new IllegalStateException(step.toString());
        };
    }

    private Object commit(JsonNode step) throws Exception {
        long txid = step.get("txid").asLong();
        List<List<Long>> after = new ArrayList<>();
        state.beginCommit(txid);
        if (step.has("get")) {
            after.add(state.multiGet(keys(step.get("get"))));
        }
        for (JsonNode updates : step.get("updates")) {
            List<List<Object>> keys = new ArrayList<>();
            List<ValueUpdater> updaters = new ArrayList<>();
            for (JsonNode update : updates) {
                keys.add(List.of(update.get(0).asText()));
                updaters.add(new CombinerValueUpdater(new Sum(), update.get(1).asLong()));
            }
            after.add(state.multiUpdate(keys, updaters));
        }
        if (step.has("removes")) {
            ((MemoryMapState<Long>) state).multiRemove(keys(step.get("removes")));
        }
        if (step.path("dies").asBoolean()) {
            state = open(kind, memory);
        } else {
            state.commit(txid);
        }
        return Answer.of("after", after, "stored", state instanceof MemoryMapState ? storedOf(state) : stored(memory));
    }

    private static List<List<Object>> keys(JsonNode names) {
        List<List<Object>> keys = new ArrayList<>();
        names.forEach(name -> keys.add(List.of(name.asText())));
        return keys;
    }

    /** What lies in the map, by key. */
    static List<List<Object>> stored(Memory<Object> memory) {
        List<List<Object>> rows = new ArrayList<>();
        memory.values.forEach((key, value) -> rows.add(List.of(key, plain(value))));
        return rows;
    }

    /** MemoryMapState keeps its opaque values to itself. */
    private static List<List<Object>> storedOf(Object memoryMapState) throws Exception {
        Map<?, ?> db = (Map<?, ?>) field(field(memoryMapState, "backing"), "db");
        Memory<Object> memory = new Memory<>();
        db.forEach((key, value) -> memory.values.put((String) ((List<?>) key).get(0), value));
        return stored(memory);
    }

    private static Object field(Object object, String name) throws Exception {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    private static Object plain(Object value) {
        if (value instanceof OpaqueValue<?> opaque) {
            return Answer.of("currTxid", opaque.getCurrTxid(), "prev", opaque.getPrev(), "curr", opaque.getCurr());
        }
        if (value instanceof TransactionalValue<?> transactional) {
            return Answer.of("txid", transactional.getTxid(), "val", transactional.getVal());
        }
        return value;
    }

    /** The store below a state: what a database would be. */
    static class Memory<T> implements IBackingMap<T> {
        final Map<String, T> values = new TreeMap<>();

        @Override
        public List<T> multiGet(List<List<Object>> keys) {
            List<T> found = new ArrayList<>();
            keys.forEach(key -> found.add(values.get((String) key.get(0))));
            return found;
        }

        @Override
        public void multiPut(List<List<Object>> keys, List<T> vals) {
            for (int i = 0; i < keys.size(); i++) {
                values.put((String) keys.get(i).get(0), vals.get(i));
            }
        }
    }
}
