package recorder;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flume.node.Application;

/** A whole agent in a process of its own: what it starts, and what its logger sinks print. */
final class AgentProcess {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Process process;

  AgentProcess(Path properties, String agent) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    process = new ProcessBuilder(
        java, "-Xmx128m", "--add-opens=java.base/java.nio=ALL-UNNAMED", "-cp",
        System.getProperty("java.class.path"), AgentProcess.class.getName(),
        properties.toString(), agent)
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread reader = new Thread(this::readOn);
    reader.setDaemon(true);
    reader.start();
  }

  private void readOn() {
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) lines.add(line);
    } catch (java.io.IOException killed) {
      // There is nothing more to read.
    }
  }

  /** The lines up to the one that starts the source, which is the last of all. */
  List<String> linesUntilStarted() throws InterruptedException {
    List<String> found = new ArrayList<>();
    String line = lines.poll(60, TimeUnit.SECONDS);
    while (line != null) {
      found.add(line);
      if (line.startsWith("Starting Source")) return found;
      line = lines.poll(60, TimeUnit.SECONDS);
    }
    throw new IllegalStateException("the agent did not start");
  }

  /** The next line that it has printed, or null. */
  String nextLine() {
    return lines.poll();
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public static void main(String[] arguments) {
    Log.print("org.apache.flume.node.Application", "Starting ");
    Log.print("org.apache.flume.sink.LoggerSink", "Event: ");
    Application.main(new String[] {"-f", arguments[0], "-n", arguments[1], "--no-reload-conf"});
  }
}
