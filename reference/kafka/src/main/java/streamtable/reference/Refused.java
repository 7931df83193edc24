package streamtable.reference;

/** Kafka refused something; the message is its own. */
public class Refused extends Exception {
  public Refused(Throwable cause) {
    super(cause.getMessage());
  }
}
