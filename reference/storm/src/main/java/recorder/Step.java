package recorder;

import java.util.List;
import java.util.Map;

/** One step of a script, or a configuration, as the file of cases spells it. */
record Step(Map<String, Object> fields) {

    @SuppressWarnings("unchecked")
    static Step of(Object value) {
        return new Step((Map<String, Object>) value);
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    String text(String name) {
        return (String) present(name);
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    long number(String name) {
        return ((Number) present(name)).longValue();
    }

    long number(String name, long otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    int whole(String name) {
        return Math.toIntExact(number(name));
    }

    double fraction(String name, double otherwise) {
        return has(name) ? ((Number) present(name)).doubleValue() : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        return has(name) ? (Boolean) present(name) : otherwise;
    }

    @SuppressWarnings("unchecked")
    <T> List<T> list(String name) {
        return has(name) ? (List<T>) present(name) : List.of();
    }

    List<Step> steps(String name) {
        return list(name).stream().map(Step::of).toList();
    }

    private Object present(String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException(name + " is missing in " + fields);
        }
        return value;
    }
}
