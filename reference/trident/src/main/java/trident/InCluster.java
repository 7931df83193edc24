package trident;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.storm.DaemonConfig;
import org.apache.storm.LocalCluster;

/** Cases that are topologies of one local cluster. They run at the same time and are written in their order. */
final class InCluster implements AutoCloseable {
    private static final int AT_A_TIME = 8;

    private final ExecutorService together = Executors.newFixedThreadPool(AT_A_TIME);
    private final List<Future<String>> lines = new ArrayList<>();

    static void record(PrintStream out) throws Exception {
        Map<String, Object> daemons = Map.of(DaemonConfig.NIMBUS_MONITOR_FREQ_SECS, 1);
        try (LocalCluster cluster = new LocalCluster.Builder().withSupervisors(1).withPortsPerSupervisor(2 * AT_A_TIME)
                 .withDaemonConf(daemons).build();
             InCluster cases = new InCluster()) {
            TopologyCases.record(cases, cluster);
            AggregationCases.record(cases, cluster);
            for (Future<String> line : cases.lines) {
                out.print(line.get());
            }
        }
    }

    void add(String component, Bench.Factory factory, String name, String topic, String says, String config, String script) {
        lines.add(together.submit(() -> {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            new Recorder(new PrintStream(line, true, StandardCharsets.UTF_8), component, "real", factory)
                .answers(name, topic, says, config, script);
            return line.toString(StandardCharsets.UTF_8);
        }));
    }

    @Override
    public void close() {
        together.shutdownNow();
    }
}
