package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Every component that is recorded on the JVM, one row each. */
final class Rigs {
  private static final Map<String, Rig> BY_COMPONENT =
      Map.ofEntries(
          Map.entry("spark/reduce-by-key-and-window", WindowRigs::reduceByKeyAndWindow),
          Map.entry("spark/group-by-key-and-window", WindowRigs::groupByKeyAndWindow),
          Map.entry("spark/count-by-window", WindowRigs::countByWindow),
          Map.entry("spark/count-by-value-and-window", WindowRigs::countByValueAndWindow),
          Map.entry("spark/window", WindowRigs::window),
          Map.entry("spark/batch-operator", StateRigs::batchOperator),
          Map.entry("spark/update-state-by-key", StateRigs::updateStateByKey),
          Map.entry("spark/map-with-state", StateRigs::mapWithState),
          Map.entry("spark/queue-stream", InputRigs::queueStream),
          Map.entry("spark/file-stream", InputRigs::fileStream),
          Map.entry("spark/block-generator", ReceiverRigs::blockGenerator),
          Map.entry("spark/receiver-input", ReceiverRigs::receiverInput),
          Map.entry("spark/received-block-tracker", ReceiverRigs::receivedBlockTracker),
          Map.entry("spark/recurring-timer", SchedulingRigs::recurringTimer),
          Map.entry("spark/slice", SchedulingRigs::slice),
          Map.entry("spark/remember", SchedulingRigs::remember),
          Map.entry("spark/pid-rate-estimator", SchedulingRigs::pidRateEstimator),
          Map.entry("spark/job-scheduler", SchedulingRigs::jobScheduler),
          Map.entry("spark/receiver-rate", ReceiverRigs::receiverRate),
          Map.entry("spark/combined", ContextRigs::combined),
          Map.entry("spark/streaming-context", ContextRigs::life),
          Map.entry("spark/direct-kafka", Rigs::directKafka),
          Map.entry("spark/restart", RestartRigs::restart),
          Map.entry("spark/checkpoint-interval", RestartRigs::checkpointInterval));

  private Rigs() {}

  /** Found by its name, because it is left out where there is no integration with Kafka. */
  private static List<Object> directKafka(JsonNode config, JsonNode script) throws Exception {
    Rig rig = (Rig) Class.forName("recorder.DirectKafkaRig").getDeclaredConstructor().newInstance();
    return rig.play(config, script);
  }

  static Rig of(JsonNode given) {
    Rig rig = BY_COMPONENT.get(given.get("component").asText());
    if (rig == null) throw new IllegalArgumentException("no rig for " + given.get("component"));
    return rig;
  }
}
