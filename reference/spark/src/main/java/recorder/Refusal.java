package recorder;

import java.util.concurrent.Callable;

/** Spark's own message with which it refuses a program. Everything else that is thrown is a mistake of the recorder. */
final class Refusal extends RuntimeException {
  private Refusal(String message) {
    super(message);
  }

  /** Does what Spark may refuse. */
  static <T> T orElse(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception refused) {
      throw new Refusal(refused.getMessage());
    }
  }
}
