package recorder;

import java.util.ArrayList;
import java.util.List;

/** File operations in their order, with paths as the script writes them. */
public final class FileLog {
  private static final List<String> OPERATIONS = new ArrayList<>();
  private static String root = "";

  private FileLog() {}

  /** Forgets everything; paths are under `directory` from now on. */
  static synchronized void startUnder(String directory) {
    root = directory;
    OPERATIONS.clear();
  }

  public static synchronized void add(String operation, String path, String more) {
    String written = operation + " " + local(path);
    OPERATIONS.add(more == null ? written : written + " " + more);
  }

  static synchronized List<String> take() {
    List<String> taken = List.copyOf(OPERATIONS);
    OPERATIONS.clear();
    return taken;
  }

  /** The path without its scheme and the temporary directory. */
  static String local(String path) {
    return path.replace("observed://", "").replace(root, "");
  }
}
