package recorder;

/** The topics of the conformance table that concern Flume. */
final class Topic {
  static final String CHANNELS = "channel capacity, batch sizes, rollback";
  static final String TRANSACTIONS = "transactions";
  static final String RESTART = "restart and what repeats";
  static final String SELECTORS = "selectors";
  static final String INTERCEPTORS = "interceptors";
  static final String SINK_GROUPS = "sink groups";
  static final String HDFS = "HDFS rolls and paths";
  static final String CONFIGURATION = "configuration mistakes";
  static final String RECALLED = "derived, racy or recalled";

  private Topic() {}
}
