package recorder;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.AbstractChannel;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.file.FileChannel;
import org.apache.flume.conf.Configurables;
import org.apache.flume.event.EventBuilder;

/** A channel with named transactions; each has a thread of its own, as the channel asks for. */
final class ChannelScript implements Channels.Player {
  private final Channel channel;
  private final Map<String, ExecutorService> threads = new HashMap<>();
  private final Map<String, Transaction> transactions = new HashMap<>();

  ChannelScript(String kind, Map<String, String> properties, Path directory) {
    Context context = new Context(properties);
    AbstractChannel created = kind.equals("file") ? new FileChannel() : new MemoryChannel();
    if (kind.equals("file")) {
      context.put("checkpointDir", directory.resolve("checkpoint").toString());
      context.put("dataDirs", directory.resolve("data").toString());
    }
    created.setName("channel");
    Configurables.configure(created, context);
    created.start();
    channel = created;
  }

  /** Plays one step. @return the body taken or null, the exception's message, or "ok" */
  @Override
  public String play(Map<String, Object> step) throws Exception {
    String call = (String) step.get("call");
    String transaction = (String) step.get("transaction");
    String body = (String) step.get("body");
    if (call.equals("checkpoint")) {
      Reflection.call(Reflection.field(channel, "log"), "writeCheckpoint", true);
      return "ok";
    }
    ExecutorService thread =
        threads.computeIfAbsent(transaction, name -> Executors.newSingleThreadExecutor());
    Future<String> answer = thread.submit(() -> perform(call, transaction, body));
    try {
      return answer.get();
    } catch (ExecutionException thrown) {
      return thrown.getCause().getMessage();
    }
  }

  private String perform(String call, String name, String body) {
    if (call.equals("begin")) {
      Transaction begun = channel.getTransaction();
      begun.begin();
      transactions.put(name, begun);
      return "ok";
    }
    if (call.equals("put")) {
      channel.put(EventBuilder.withBody(body, StandardCharsets.UTF_8));
      return "ok";
    }
    if (call.equals("take")) {
      Event event = channel.take();
      return event == null ? null : new String(event.getBody(), StandardCharsets.UTF_8);
    }
    Transaction open = transactions.get(name);
    if (call.equals("commit")) open.commit();
    else open.rollback();
    open.close();
    return "ok";
  }

  @Override
  public void end() {
    threads.values().forEach(ExecutorService::shutdown);
    channel.stop();
  }
}
