package trident;

import java.lang.reflect.Proxy;
import java.util.List;
import org.apache.storm.generated.GlobalStreamId;
import org.apache.storm.tuple.Tuple;

/** Tuples as they would come over a stream. */
final class Tuples {
    private Tuples() {
    }

    static Tuple of(String component, String stream, Object... values) {
        List<Object> list = List.of(values);
        return (Tuple) Proxy.newProxyInstance(Tuple.class.getClassLoader(), new Class<?>[] {Tuple.class},
            (self, method, args) -> switch (method.getName()) {
                case "getSourceStreamId" -> stream;
                case "getSourceComponent" -> component;
                case "getSourceGlobalStreamId" -> new GlobalStreamId(component, stream);
                case "getValue", "getInteger", "getString" -> list.get((int) args[0]);
                case "getValues" -> list;
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> self == args[0];
                case "toString" -> component + " " + stream + " " + list;
                default -> throw new UnsupportedOperationException(method.getName());
            });
    }
}
