package streamtable.reference.cases;

import static streamtable.reference.Case.list;
import static streamtable.reference.Case.map;

import java.util.List;
import streamtable.reference.Case;

/** Settings that are taken, and those that are not. */
public final class SettingsCases {
  private static final String TOPIC = "configuration mistakes";
  private static final String PRODUCER = "kafka/producer-settings";
  private static final String CONSUMER = "kafka/consumer-settings";

  private SettingsCases() {}

  public static List<Case> all() {
    return List.of(
        Case.of(
                "a-producer-without-settings",
                TOPIC,
                "A producer for which nothing is set waits for all acknowledgements, writes each record once, and does not linger.",
                PRODUCER,
                map(),
                list(map()))
            .since(
                "Since 4.0 linger.ms is 5 by default instead of 0.",
                "A producer for which nothing is set waits for all acknowledgements, writes each record once, and lingers 5 ms."),
        Case.of(
            "producer-settings-that-are-no-values",
            TOPIC,
            "What is no number, too small or not in the list is refused; a name that nobody knows is taken and ignored.",
            PRODUCER,
            map(),
            list(
                map("acks", "2"), map("acks", "quorum"), map("batch.size", "-1"), map("batch.size", "16k"),
                map("linger.ms", "-1", "batch.size", "0"), map("linger.ms", "5 ms"), map("retries", "-1"),
                map("retries", "2147483648"), map("buffer.memory", "-1"), map("max.block.ms", "-1"),
                map("request.timeout.ms", "-5"), map("max.in.flight.requests.per.connection", "0"),
                map("compression.type", "zip"), map("enable.idempotence", "maybe"), map("transactional.id", ""),
                map("linger.mss", "5", "linger.ms", " 7 "), map("acks", " -1 ", "linger.ms", "0"),
                map("enable.idempotence", "TRUE", "linger.ms", "+1"))),
        Case.of(
            "idempotence-goes-silently-or-not-at-all",
            TOPIC,
            "Settings that rule idempotence out switch it off without a word, unless it was asked for: then they are"
                + " refused.",
            PRODUCER,
            map(),
            list(
                map("linger.ms", "0", "acks", "1"), map("linger.ms", "0", "acks", "0"), map("linger.ms", "0", "retries",
                "0"),
                map("acks", "1", "enable.idempotence", "true"), map("retries", "0", "enable.idempotence", "true"),
                map("acks", "1", "enable.idempotence", "false", "linger.ms", "0"),
                map("transactional.id", "t", "acks", "1"), map("transactional.id", "t", "enable.idempotence", "false"),
                map("transactional.id", "t", "linger.ms", "0"))),
        Case.of(
                "more-than-five-requests-in-flight",
                TOPIC,
                "An idempotent producer may have at most five requests in flight.",
                PRODUCER,
                map(),
                list(
                    map("max.in.flight.requests.per.connection", "5", "enable.idempotence", "true", "linger.ms", "0"),
                    map("max.in.flight.requests.per.connection", "6", "linger.ms", "0"),
                    map("max.in.flight.requests.per.connection", "6", "enable.idempotence", "true"),
                    map("max.in.flight.requests.per.connection", "6", "enable.idempotence", "false", "linger.ms", "0")))
            .since("Since 4.0 more than five requests in flight are refused in other words, and also where idempotence was not asked for."),
        Case.of(
            "delivery-timeout-makes-room-or-refuses",
            TOPIC,
            "A delivery.timeout.ms that was set has to hold linger.ms and request.timeout.ms; one that was not set grows.",
            PRODUCER,
            map(),
            list(
                map("linger.ms", "100000"), map("linger.ms", "90000"), map("linger.ms", "90001"),
                map("request.timeout.ms", "200000", "linger.ms", "0"), map("delivery.timeout.ms", "1000"),
                map("delivery.timeout.ms", "30000", "linger.ms", "0"), map("delivery.timeout.ms", "30000", "linger.ms",
                "1"),
                map("delivery.timeout.ms", "120000", "linger.ms", "100000"), map("delivery.timeout.ms", "-1"))),
        Case.of(
            "consumer-settings-that-are-no-values",
            TOPIC,
            "A consumer refuses settings that are no values of their keys; its heartbeat has to come more often than its session ends.",
            CONSUMER,
            map(),
            list(
                map("group.id", "g"), map("group.id", "g", "max.poll.records", "0"), map("group.id", "g",
                "isolation.level", "committed"),
                map("group.id", "g", "isolation.level", "read_committed", "auto.offset.reset", "earliest"),
                map("group.id", "g", "fetch.min.bytes", "-1"), map("group.id", "g", "max.poll.interval.ms", "0"),
                map("group.id", "g", "session.timeout.ms", "3000"), map("group.id", "g", "session.timeout.ms", "10000",
                "heartbeat.interval.ms", "10000"),
                map("group.id", "g", "session.timeout.ms", "10000", "heartbeat.interval.ms", "9999"),
                map("group.id", "g", "enable.auto.commit", "sometimes"), map("group.id", "g", "auto.commit.interval.ms",
                "-1"))),
        Case.of(
            "a-consumer-without-a-group",
            TOPIC,
            "Without group.id nothing is committed by itself, and asking for it is refused.",
            CONSUMER,
            map(),
            list(map(), map("enable.auto.commit", "true"), map("enable.auto.commit", "false"), map("session.timeout.ms",
                "1000"))),
        Case.of(
                "where-a-consumer-begins",
                TOPIC,
                "auto.offset.reset is latest, earliest or none, in small letters.",
                CONSUMER,
                map(),
                list(
                    map("auto.offset.reset", "earliest"), map("auto.offset.reset", "none"), map("auto.offset.reset",
                    "smallest"),
                    map("auto.offset.reset", "Earliest"), map("auto.offset.reset", "by_duration:PT1H")))
            .since(
                "Since 4.0 auto.offset.reset also takes by_duration:, and refuses in other words.",
                "auto.offset.reset is latest, earliest or none, in small letters, or says how far back to begin."),
        Case.of(
            "topic-settings-that-are-no-values",
            TOPIC,
            "A topic takes only settings that it knows, with values that make sense.",
            "kafka/topic-settings",
            map(),
            list(
                map(), map("retention.ms", "-1"), map("retention.ms", "-2"), map("retention.bytes", "lots"),
                map("retention.bytes", "-2"),
                map("retention.hours", "168"), map("segment.ms", "0"), map("segment.bytes", "4294967296"),
                map("cleanup.policy", "keep"),
                map("cleanup.policy", "compact,delete"), map("cleanup.policy", "compact, keep"),
                map("min.cleanable.dirty.ratio", "1.5"),
                map("min.cleanable.dirty.ratio", "half"), map("min.insync.replicas", "0"), map("min.insync.replicas",
                "7"),
                map("max.message.bytes", "-1"), map("unclean.leader.election.enable", "yes"), map("compression.type",
                "none"),
                map("message.timestamp.type", "EventTime"), map("delete.retention.ms", "-1"),
                map("max.compaction.lag.ms", "0"),
                map("min.compaction.lag.ms", "100", "max.compaction.lag.ms", "10"))),
        Case.of(
                "segments-of-a-few-bytes",
                TOPIC,
                "A segment may be as small as 14 bytes.",
                "kafka/topic-settings",
                map(),
                list(map("segment.bytes", "13"), map("segment.bytes", "14"), map("segment.bytes", "1048575"),
                    map("segment.bytes", "1048576")))
            .since("Since 4.0 a segment has at least a megabyte.", "A segment cannot be smaller than a megabyte."),
        Case.of(
            "names-of-topics",
            TOPIC,
            "A topic's name has up to 249 letters, digits, dots, underscores and hyphens.",
            "kafka/topic-name",
            map(),
            list(
                "", ".", "..", "...", "web.log", "web_log-2", "web log", "wéb", "web/log", "__consumer_offsets",
                "a".repeat(249), "a".repeat(250))));
  }
}
