package streamtable.reference.cluster;

import static streamtable.reference.Case.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import streamtable.reference.Component;

/** Topics that a cluster of three brokers makes, or does not. */
public final class CreateTopicSession implements Component.Session {
  private final Admin admin;
  private final List<String> created = new ArrayList<>();

  public CreateTopicSession(JsonNode config) throws Exception {
    admin = Admin.create(Map.of("bootstrap.servers", RunningCluster.ofThree().bootstrapServers()));
  }

  @Override
  public Object play(JsonNode step) throws Exception {
    String name = step.get("name").textValue();
    NewTopic topic = topic(name, step);
    Map<String, String> settings = new HashMap<>();
    step.path("settings").fields().forEachRemaining(setting -> settings.put(setting.getKey(),
        setting.getValue().textValue()));
    try {
      admin.createTopics(List.of(topic.configs(settings))).all().get();
      created.add(name);
      return "created";
    } catch (ExecutionException e) {
      return map("refused", e.getCause().getMessage());
    }
  }

  private static NewTopic topic(String name, JsonNode step) {
    if (!step.has("replicaAssignment")) {
      return new NewTopic(
          name,
          Optional.of(step.path("partitions").asInt(1)),
          Optional.of((short) step.path("replicationFactor").asInt(1)));
    }
    Map<Integer, List<Integer>> assignment = new HashMap<>();
    for (JsonNode replicas : step.get("replicaAssignment")) {
      List<Integer> brokers = new ArrayList<>();
      replicas.forEach(broker -> brokers.add(broker.intValue()));
      assignment.put(assignment.size(), brokers);
    }
    return new NewTopic(name, assignment);
  }

  @Override
  public void close() throws Exception {
    admin.deleteTopics(created).all().get();
    admin.close();
  }
}
