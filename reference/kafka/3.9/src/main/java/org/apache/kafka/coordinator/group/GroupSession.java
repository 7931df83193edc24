package org.apache.kafka.coordinator.group;

import static streamtable.reference.Case.list;
import static streamtable.reference.Case.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.coordinator.group.classic.ClassicGroup;
import streamtable.reference.Component;

/**
 * The coordinator of one group of the classic protocol; its clock is the script's. It stands in this package because the
 * engine's own set-up for its tests can only be reached from here.
 */
public final class GroupSession implements Component.Session {
  private static final String GROUP = "g";
  private static final int TICK_MS = 100;

  private final GroupMetadataManagerTestContext context;
  private long nowMs = 0;
  /** Member ids have a random part, so they go by the names of the script. */
  private final Map<String, String> idOf = new HashMap<>();

  private final Map<String, String> nameOf = new HashMap<>();
  private final Map<String, CompletableFuture<JoinGroupResponseData>> joining = new TreeMap<>();
  private final Map<String, CompletableFuture<SyncGroupResponseData>> syncing = new TreeMap<>();
  private final Map<String, Integer> generationOf = new HashMap<>();

  public GroupSession(JsonNode config) {
    context =
        new GroupMetadataManagerTestContext.Builder()
            .withClassicGroupInitialRebalanceDelayMs(config.path("group.initial.rebalance.delay.ms").asInt(3000))
            .build();
  }

  @Override
  public Object play(JsonNode step) throws Exception {
    for (long toMs = step.path("atMs").asLong(nowMs); nowMs < toMs; ) {
      long tickMs = Math.min(TICK_MS, toMs - nowMs);
      nowMs += tickMs;
      context.sleep(tickMs).forEach(timeout -> written(timeout.result.appendFuture()));
    }
    List<Object> told = new ArrayList<>();
    String member = step.path("member").asText();
    switch (step.get("call").textValue()) {
      case "join" -> join(member, step);
      case "sync" -> sync(member, step);
      case "heartbeat" -> told.add(list(member, "heartbeat", heartbeat(member)));
      case "leave" -> leave(member);
      default -> {}
    }
    collect(told);
    ClassicGroup group = context.groupMetadataManager.getOrMaybeCreateClassicGroup(GROUP, true);
    return map(
        "state", group.currentState().toString(), "generation", group.generationId(), "told", told);
  }

  private void join(String member, JsonNode step) throws Exception {
    JoinGroupRequestProtocolCollection protocols = new JoinGroupRequestProtocolCollection();
    for (JsonNode protocol : step.get("protocols")) {
      protocols.add(new JoinGroupRequestProtocol().setName(protocol.textValue()).setMetadata(new byte[0]));
    }
    JoinGroupRequestData request =
        new JoinGroupRequestData()
            .setGroupId(GROUP)
            .setMemberId(idOf.getOrDefault(member, ""))
            .setProtocolType("consumer")
            .setProtocols(protocols)
            .setSessionTimeoutMs(step.path("session.timeout.ms").asInt(45_000))
            .setRebalanceTimeoutMs(step.path("max.poll.interval.ms").asInt(300_000));
    var result = context.sendClassicGroupJoin(request, true);
    written(result.appendFuture);
    if (result.joinFuture.isDone() && result.joinFuture.get().errorCode() == Errors.MEMBER_ID_REQUIRED.code()) {
      String id = result.joinFuture.get().memberId();
      idOf.put(member, id);
      nameOf.put(id, member);
      result = context.sendClassicGroupJoin(request.duplicate().setMemberId(id), true);
      written(result.appendFuture);
    }
    joining.put(member, result.joinFuture);
  }

  private void sync(String member, JsonNode step) {
    List<SyncGroupRequestAssignment> assignments = new ArrayList<>();
    step.path("assignments")
        .fields()
        .forEachRemaining(
            given ->
                assignments.add(
                    new SyncGroupRequestAssignment()
                        .setMemberId(idOf.get(given.getKey()))
                        .setAssignment(given.getValue().toString().getBytes(StandardCharsets.UTF_8))));
    var result =
        context.sendClassicGroupSync(
            new SyncGroupRequestData()
                .setGroupId(GROUP)
                .setMemberId(idOf.get(member))
                .setGenerationId(generationOf.getOrDefault(member, -1))
                .setAssignments(assignments));
    written(result.appendFuture);
    syncing.put(member, result.syncFuture);
  }

  private String heartbeat(String member) {
    try {
      var result =
          context.sendClassicGroupHeartbeat(
              new HeartbeatRequestData()
                  .setGroupId(GROUP)
                  .setMemberId(idOf.get(member))
                  .setGenerationId(generationOf.getOrDefault(member, -1)));
      return Errors.forCode(result.response().errorCode()).name();
    } catch (ApiException e) {
      return Errors.forException(e).name();
    }
  }

  private void leave(String member) {
    var result =
        context.sendClassicGroupLeave(
            new LeaveGroupRequestData()
                .setGroupId(GROUP)
                .setMembers(List.of(new MemberIdentity().setMemberId(idOf.get(member)))));
    written(result.appendFuture());
  }

  /** What the coordinator writes into its log is written at once. */
  private static void written(CompletableFuture<Void> append) {
    if (append != null) append.complete(null);
  }

  private void collect(List<Object> told) throws Exception {
    for (String member : List.copyOf(joining.keySet())) {
      if (!joining.get(member).isDone()) continue;
      JoinGroupResponseData joined = joining.remove(member).get();
      if (joined.errorCode() != 0) {
        told.add(list(member, "join refused", Errors.forCode(joined.errorCode()).name()));
        continue;
      }
      generationOf.put(member, joined.generationId());
      told.add(
          list(
              member,
              "joined",
              map(
                  "generation", joined.generationId(),
                  "protocol", joined.protocolName(),
                  "leader", nameOf.get(joined.leader()),
                  "members", joined.members().stream().map(each -> nameOf.get(each.memberId())).sorted().toList())));
    }
    for (String member : List.copyOf(syncing.keySet())) {
      if (!syncing.get(member).isDone()) continue;
      SyncGroupResponseData synced = syncing.remove(member).get();
      String assigned = new String(synced.assignment(), StandardCharsets.UTF_8);
      told.add(
          synced.errorCode() == 0
              ? list(member, "assigned", assigned)
              : list(member, "sync refused", Errors.forCode(synced.errorCode()).name()));
    }
  }
}
