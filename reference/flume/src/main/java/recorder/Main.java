package recorder;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Records every case, and writes one JSON object a line to the file that is its argument. */
public final class Main {
  public static void main(String[] arguments) throws Exception {
    Log.listen();
    List<Case> cases = new ArrayList<>();
    MemoryChannels.record(cases);
    FileChannels.record(cases);
    Selectors.record(cases);
    ChannelProcessors.record(cases);
    Interceptors.record(cases);
    SinkGroups.record(cases);
    Configurations.record(cases);
    BucketPaths.record(cases);
    HdfsSinks.record(cases);
    KafkaSinks.record(cases);
    SinkRunners.record(cases);
    Taildirs.record(cases);
    Spooldirs.record(cases);
    Netcats.record(cases);
    Agents.record(cases);
    Texts.record(cases);
    try (PrintWriter out = new PrintWriter(arguments[0], StandardCharsets.UTF_8)) {
      for (Case recorded : cases) out.println(recorded.toJson());
    }
    // Some components leave threads behind.
    System.exit(0);
  }
}
