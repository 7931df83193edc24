package streamtable.reference.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * Brokers 1 to n and one controller in this process. A broker that is crashed here tells nobody: controlled shutdown is
 * off, so the others learn of it as they would of a process that was killed.
 */
public final class RunningCluster {
  private static final int CONTROLLER = 100;
  private static RunningCluster running = null;

  private final Path folder;
  private final String id = Uuid.randomUuid().toString();
  private final int controllerPort = freePort();
  private final Map<Integer, Integer> ports = new TreeMap<>();
  private final Map<Integer, KafkaRaftServer> servers = new TreeMap<>();

  private RunningCluster(int brokers) throws Exception {
    folder = Files.createTempDirectory("cluster");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    format(CONTROLLER, controllerSettings());
    start(CONTROLLER, controllerSettings());
    for (int broker = 1; broker <= brokers; broker++) {
      ports.put(broker, freePort());
      format(broker, brokerSettings(broker));
    }
    for (int broker : ports.keySet()) start(broker);
  }

  /** The one cluster of three brokers that all cases share, each with topics of its own. */
  public static synchronized RunningCluster ofThree() throws Exception {
    if (running == null) running = new RunningCluster(3);
    return running;
  }

  public void start(int broker) throws Exception {
    if (!servers.containsKey(broker)) start(broker, brokerSettings(broker));
  }

  public void crash(int broker) {
    KafkaRaftServer server = servers.remove(broker);
    if (server == null) return;
    server.shutdown();
    server.awaitShutdown();
  }

  public void startAll() throws Exception {
    for (int broker : ports.keySet()) start(broker);
  }

  public String bootstrapServers() {
    return ports.values().stream().map(port -> "localhost:" + port).collect(Collectors.joining(","));
  }

  private void start(int node, Properties settings) {
    KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
    server.startup();
    servers.put(node, server);
  }

  private Properties controllerSettings() {
    Properties settings = common(CONTROLLER);
    settings.put("process.roles", "controller");
    settings.put("listeners", "CONTROLLER://localhost:" + controllerPort);
    return settings;
  }

  private Properties brokerSettings(int broker) {
    Properties settings = common(broker);
    settings.put("process.roles", "broker");
    settings.put("listeners", "PLAINTEXT://localhost:" + ports.get(broker));
    settings.put("advertised.listeners", "PLAINTEXT://localhost:" + ports.get(broker));
    settings.put("controlled.shutdown.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("offsets.topic.replication.factor", "3");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "3");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("log.cleaner.enable", "false");
    return settings;
  }

  private Properties common(int node) {
    Properties settings = new Properties();
    settings.put("node.id", String.valueOf(node));
    settings.put("log.dirs", folder.resolve("node-" + node).toString());
    settings.put("controller.quorum.voters", CONTROLLER + "@localhost:" + controllerPort);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
    settings.put("auto.leader.rebalance.enable", "false");
    settings.put("auto.create.topics.enable", "false");
    // Sooner than by default, and later than a busy machine may hesitate.
    settings.put("broker.heartbeat.interval.ms", "500");
    settings.put("broker.session.timeout.ms", "6000");
    return settings;
  }

  private void format(int node, Properties settings) throws IOException {
    Path file = folder.resolve("node-" + node + ".properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      settings.store(out, null);
    }
    String[] words = {"format", "-t", id, "-c", file.toString()};
    StorageTool.execute(words, new PrintStream(OutputStream.nullOutputStream()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException | UncheckedIOException e) {
      // Brokers that are still running may write into it; the folder is a temporary one.
    }
  }
}
