package recorder;

import static recorder.Case.object;
import static recorder.Case.properties;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.flume.conf.Configurables;
import org.apache.flume.source.taildir.TaildirSource;

/** `TaildirSource` over real files. Its timers do not run: the script says when positions are written. */
final class Taildirs {
  private final Case recorded;
  private final Path directory;
  private final Map<String, String> properties;
  private final MemoryChannel channel = Events.roomy("c1");
  private TaildirSource source;
  private long clockMs = System.currentTimeMillis() - 86_400_000;

  private Taildirs(Case recorded, Map<String, String> properties) throws Exception {
    this.recorded = recorded.config(properties);
    this.properties = properties;
    directory = Files.createTempDirectory("flume-taildir");
    start();
  }

  static void record(List<Case> cases) throws Exception {
    Taildirs kill = begin(cases, "taildir-kill-reads-again-from-the-written-position", Topic.RESTART,
        "After a kill -9 the lines since the last write of the position file are read a second time.");
    kill.append("a.log", "1", "2");
    kill.read();
    kill.save();
    kill.append("a.log", "3", "4");
    kill.read();
    kill.kill();
    kill.append("a.log", "5");
    kill.read();
    kill.read();
    kill.end();
    Taildirs never = begin(cases, "taildir-kill-before-any-position", Topic.RESTART,
        "Without a position file every matching file is read from its start, the one changed longest ago first.");
    never.append("b.log", "b1");
    never.append("a.log", "a1");
    never.read();
    never.append("b.log", "b2");
    never.kill();
    never.read();
    never.end();
    Taildirs rename = begin(cases, "taildir-rename-inside-the-pattern", Topic.RESTART,
        "A file renamed to another matching name is read again from its start; out of the pattern it is not.");
    rename.append("a.log", "1", "2");
    rename.read();
    rename.rename("a.log", "b.log");
    rename.append("a.log", "3");
    rename.read();
    rename.rename("a.log", "a.log.old");
    rename.append("a.log", "4");
    rename.read();
    rename.end();
    Taildirs position = begin(cases, "taildir-position-of-a-renamed-file", Topic.RESTART,
        "A written position counts only for its inode under its path: renamed while the agent was down, a file is read anew.");
    position.append("a.log", "1", "2");
    position.append("c.log", "7");
    position.read();
    position.save();
    position.rename("a.log", "b.log");
    position.append("c.log", "8");
    position.kill();
    position.read();
    position.end();
    Taildirs shorter = begin(cases, "taildir-file-that-became-shorter", Topic.RESTART,
        "A file that is shorter than its position was started anew, and is read from its start.");
    shorter.append("a.log", "1", "2", "3");
    shorter.read();
    shorter.write("a.log", "4");
    shorter.read();
    shorter.write("a.log", "5");
    shorter.read();
    shorter.end();
  }

  private static Taildirs begin(List<Case> cases, String name, String topic, String says)
      throws Exception {
    Case recorded = new Case(name, topic, "taildir-source", says);
    cases.add(recorded);
    return new Taildirs(recorded,
        properties("filegroups = f1", "filegroups.f1 = /logs/.*[.]log", "headers.f1.app = web",
            "fileHeader = true", "positionFile = /logs/positions.json",
            "cachePatternMatching = false"));
  }

  private void start() throws Exception {
    Map<String, String> own = new HashMap<>();
    properties.forEach((key, value) -> own.put(key, value.replace("/logs", directory.toString())));
    source = new TaildirSource();
    source.setName("r1");
    Configurables.configure(source, new Context(own));
    ReplicatingChannelSelector selector = new ReplicatingChannelSelector();
    selector.setChannels(List.of(channel));
    source.setChannelProcessor(new ChannelProcessor(selector));
    source.start();
    for (String timer : new String[] {"positionWriter", "idleFileChecker"}) {
      ((ExecutorService) Reflection.field(source, timer)).shutdownNow();
    }
  }

  private void append(String name, String... lines) throws Exception {
    change(name, "append", lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void write(String name, String... lines) throws Exception {
    change(name, "write", lines, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private void change(String name, String verb, String[] lines, StandardOpenOption... options)
      throws Exception {
    Path file = directory.resolve(name);
    StringBuilder text = new StringBuilder();
    for (String line : lines) text.append(line).append('\n');
    List<StandardOpenOption> all = new ArrayList<>(List.of(options));
    all.add(StandardOpenOption.WRITE);
    Files.writeString(file, text, StandardCharsets.UTF_8, all.toArray(StandardOpenOption[]::new));
    clockMs += 10_000;
    Files.setLastModifiedTime(file, FileTime.fromMillis(clockMs));
    recorded.step(object(verb, "/logs/" + name, "lines", lines), "ok");
  }

  private void rename(String name, String to) throws Exception {
    Files.move(directory.resolve(name), directory.resolve(to));
    recorded.step(object("rename", "/logs/" + name, "to", "/logs/" + to), "ok");
  }

  private void save() throws Exception {
    Reflection.call(source, "writePosition");
    recorded.step(object("call", "write positions"), "ok");
  }

  /** Nothing of the source is left but the files; stopping it would write its positions. */
  private void kill() throws Exception {
    start();
    recorded.step(object("call", "kill and start"), "ok");
  }

  private void read() throws Exception {
    source.process();
    List<Object> events = new ArrayList<>();
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    for (Event event = channel.take(); event != null; event = channel.take()) {
      Map<String, String> headers = new TreeMap<>(event.getHeaders());
      headers.replaceAll((key, value) -> value.replace(directory.toString(), "/logs"));
      events.add(Events.written(Events.event(Events.body(event), headers)));
    }
    transaction.commit();
    transaction.close();
    recorded.step(object("call", "process"), events);
  }

  private void end() throws Exception {
    Temporary.delete(directory);
  }
}
