package trident;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Writes every recording of Trident, one JSON object a line, to the file that the argument names. */
public final class Main {
    private Main() {
    }

    public static void main(String[] args) {
        int status = 0;
        try (PrintStream out = new PrintStream(args[0], StandardCharsets.UTF_8);
             ZooKeeper zooKeeper = ZooKeeper.start()) {
            StateCases.record(out);
            CoordinatorCases.record(out, zooKeeper);
            SpoutCases.record(out, zooKeeper);
            BoltCases.record(out);
            WindowCases.record(out);
            KafkaSpoutCases.record(out);
            GroupingCases.record(out);
            StreamCases.record(out);
            AggregationCases.record(out);
            InCluster.record(out);
        } catch (Exception e) {
            e.printStackTrace();
            status = 1;
        }
        // Storm leaves threads behind that are no daemons.
        System.exit(status);
    }
}
