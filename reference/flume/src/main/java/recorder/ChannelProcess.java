package recorder;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A channel in a process of its own, so that `kill -9` is what it says: its steps come in at the standard input, one a
 * line, and the answers go out.
 */
final class ChannelProcess implements Channels.Player {
  private final String[] command;
  private Process process;
  private BufferedReader answers;
  private PrintStream steps;

  ChannelProcess(String kind, Map<String, String> properties, Path directory) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    String written = Case.GSON.toJson(properties);
    command = new String[] {
      java, "-Xmx64m", "--add-opens=java.base/java.nio=ALL-UNNAMED",
      "-cp", classPath, ChannelProcess.class.getName(), kind, written, directory.toString()
    };
    start();
  }

  private void start() throws IOException {
    process = new ProcessBuilder(Arrays.asList(command))
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = new BufferedReader(new InputStreamReader(process.getInputStream()));
    steps = new PrintStream(process.getOutputStream(), true);
  }

  /** Plays one step, of which "crash" kills the process and starts another */
  @Override
  public Object play(Map<String, Object> step) throws Exception {
    if (step.get("call").equals("crash")) {
      process.destroyForcibly().waitFor();
      start();
      return "ok";
    }
    steps.println(Case.GSON.toJson(step));
    String answer = answers.readLine();
    if (answer == null) throw new IllegalStateException("the channel's process ended at " + step);
    return Case.GSON.fromJson(answer, String.class);
  }

  @Override
  public void end() throws Exception {
    process.destroyForcibly().waitFor();
  }

  public static void main(String[] arguments) throws Exception {
    Log.listen();
    try {
      serve(arguments);
    } catch (Exception unforeseen) {
      unforeseen.printStackTrace();
    }
    // The channel's own threads would keep the process alive.
    System.exit(1);
  }

  @SuppressWarnings("unchecked")
  private static void serve(String[] arguments) throws Exception {
    Map<String, String> properties = Case.GSON.fromJson(arguments[1], Map.class);
    ChannelScript script = new ChannelScript(arguments[0], properties, Path.of(arguments[2]));
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(Case.GSON.toJson(script.play(Case.GSON.fromJson(line, Map.class))));
    }
  }
}
