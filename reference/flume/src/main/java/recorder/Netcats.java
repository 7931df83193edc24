package recorder;

import static recorder.Case.object;
import static recorder.Case.properties;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.flume.conf.Configurables;
import org.apache.flume.source.NetcatSource;

/** `NetcatSource`: what a client hears of each line. */
final class Netcats {
  private Netcats() {}

  static void record(List<Case> cases) throws Exception {
    Map<String, String> properties = properties("bind = localhost", "port = 0", "max-line-length = 10");
    Map<String, String> channelProperties =
        properties("capacity = 2", "transactionCapacity = 2", "keep-alive = 0");
    Case recorded = new Case("netcat-answers-each-line", Topic.CHANNELS, "netcat-source",
        "OK for a line that is in the channel; one that a full channel refuses is answered and gone; CR is part of a line.")
        .config(object("properties", properties, "channel", channelProperties)).withRealClock();
    MemoryChannel channel = Events.memory("c1", channelProperties);
    NetcatSource source = new NetcatSource();
    source.setName("r1");
    Configurables.configure(source, new Context(properties));
    ReplicatingChannelSelector selector = new ReplicatingChannelSelector();
    selector.setChannels(List.of(channel));
    source.setChannelProcessor(new ChannelProcessor(selector));
    source.start();
    int port = ((ServerSocketChannel) Reflection.field(source, "serverSocket")).socket().getLocalPort();
    try (Socket socket = new Socket("localhost", port)) {
      OutputStream out = socket.getOutputStream();
      BufferedReader in = new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (String line : new String[] {"one\r", "two", "three", null, "", "123456789", null, "1234567890"}) {
        if (line == null) {
          recorded.step(object("call", "drain"), Events.drain(channel));
          continue;
        }
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        recorded.step(object("line", line), in.readLine());
      }
    }
    source.stop();
    cases.add(recorded);
  }
}
