package recorder;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk under a scheme of its own, which writes down what is renamed. */
public final class ObservedFileSystem extends RawLocalFileSystem {
  @Override
  public URI getUri() {
    return URI.create("observed:///");
  }

  @Override
  public String getScheme() {
    return "observed";
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    FileLog.add("rename", from.toUri().getPath(), "to " + FileLog.local(to.toUri().getPath()));
    return super.rename(from, to);
  }
}
