package recorder;

import static recorder.Case.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.conf.Configurables;
import org.apache.flume.event.EventBuilder;

/** Events and the channels that they go through. */
final class Events {
  private Events() {}

  static Event event(String body, Map<String, String> headers) {
    return EventBuilder.withBody(body, StandardCharsets.UTF_8, new HashMap<>(headers));
  }

  static String body(Event event) {
    return new String(event.getBody(), StandardCharsets.UTF_8);
  }

  /** As a script holds it: what is empty is left out. */
  static Map<String, Object> written(Event event) {
    Map<String, Object> fields = object("body", body(event));
    // A hash map's order is nobody's to count on.
    if (!event.getHeaders().isEmpty()) fields.put("headers", new TreeMap<>(event.getHeaders()));
    return fields;
  }

  static List<Object> written(List<Event> events) {
    List<Object> found = new ArrayList<>();
    for (Event event : events) found.add(written(event));
    return found;
  }

  static MemoryChannel memory(String name, Map<String, String> properties) {
    MemoryChannel channel = new MemoryChannel();
    channel.setName(name);
    Configurables.configure(channel, new Context(properties));
    channel.start();
    return channel;
  }

  static MemoryChannel roomy(String name) {
    return memory(name, Map.of("capacity", "100", "transactionCapacity", "100", "keep-alive", "0"));
  }

  static void put(Channel channel, List<Event> events) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    events.forEach(channel::put);
    transaction.commit();
    transaction.close();
  }

  /** Everything that is in the channel now, in one transaction. */
  static List<String> drain(MemoryChannel channel) {
    List<String> bodies = new ArrayList<>();
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    int held = sizeOf(channel);
    for (int i = 0; i < held; i++) bodies.add(body(channel.take()));
    transaction.commit();
    transaction.close();
    return bodies;
  }

  private static int sizeOf(MemoryChannel channel) {
    try {
      return ((Collection<?>) Reflection.field(channel, "queue")).size();
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(changed);
    }
  }
}
