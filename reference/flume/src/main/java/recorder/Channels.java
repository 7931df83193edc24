package recorder;

import static recorder.Case.object;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Plays scripts of channel calls, written as "a begin", "a put 1", "checkpoint". */
final class Channels {
  private Channels() {}

  static void play(
      List<Case> cases, Case recorded, String kind, Map<String, String> properties, String... calls)
      throws Exception {
    recorded.config(properties);
    Path directory = Files.createTempDirectory("flume-channel");
    // A process of its own takes seconds, and only a crash needs it.
    Player player = Arrays.asList(calls).contains("crash")
        ? new ChannelProcess(kind, properties, directory)
        : new ChannelScript(kind, properties, directory);
    for (String call : calls) {
      Map<String, Object> step = stepOf(call);
      recorded.step(step, player.play(step));
    }
    player.end();
    Temporary.delete(directory);
    cases.add(recorded);
  }

  /** What a script of calls is played on. */
  interface Player {
    Object play(Map<String, Object> step) throws Exception;

    void end() throws Exception;
  }

  private static Map<String, Object> stepOf(String call) {
    String[] words = call.split(" ");
    if (words.length == 1) return object("call", words[0]);
    Map<String, Object> step = object("call", words[1], "transaction", words[0]);
    if (words.length == 3) step.put("body", bodyOf(words[2]));
    return step;
  }

  /** `x*405` stands for 405 times x. */
  private static String bodyOf(String word) {
    int times = word.indexOf('*');
    if (times < 0) return word;
    return word.substring(0, times).repeat(Integer.parseInt(word.substring(times + 1)));
  }
}
