package trident;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.storm.Config;
import org.apache.storm.shade.org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.storm.utils.Utils;
import org.apache.storm.zookeeper.Zookeeper;

/** An in-process ZooKeeper, in which Trident keeps its transactions. */
final class ZooKeeper implements AutoCloseable {
    private final Path directory;
    private final NIOServerCnxnFactory server;
    private final AtomicInteger spouts = new AtomicInteger();

    private ZooKeeper(Path directory, NIOServerCnxnFactory server) {
        this.directory = directory;
        this.server = server;
    }

    static ZooKeeper start() throws Exception {
        Path directory = Files.createTempDirectory("trident-zookeeper");
        return new ZooKeeper(directory, Zookeeper.mkInprocessZookeeper(directory.toString(), null));
    }

    /** Storm's default configuration, with this ZooKeeper. */
    Map<String, Object> config() {
        Map<String, Object> config = Utils.readDefaultConfig();
        config.put(Config.STORM_ZOOKEEPER_SERVERS, List.of("localhost"));
        config.put(Config.STORM_ZOOKEEPER_PORT, server.getLocalPort());
        return config;
    }

    /** A transaction id under which nothing is stored yet. */
    String newTransactionalId() {
        return "spout-" + spouts.incrementAndGet();
    }

    @Override
    public void close() throws Exception {
        Zookeeper.shutdownInprocessZookeeper(server);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
