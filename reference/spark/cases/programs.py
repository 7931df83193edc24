"""What a program may put together and when, and what it reads straight from Kafka."""

from cases import case

VALIDATION = "interval validation and its exact messages"
MISTAKES = "configuration mistakes"
DERIVED = "derived, racy or recalled"
LATE = "late records"

COMBINED = "combined"
CONTEXT = "streaming-context"
KAFKA = "direct-kafka"


def combined(operator, left, right, api="scala"):
    return {"api": api, "batchIntervalMs": 1000, "operator": operator, "slidesMs": [left, right]}


def kafka(partitions, batch=1000, backpressure=False, initial=0, most=0, least=1):
    return {
        "batchIntervalMs": batch,
        "partitions": partitions,
        "spark.streaming.backpressure.enabled": backpressure,
        "spark.streaming.backpressure.initialRate": initial,
        "spark.streaming.kafka.maxRatePerPartition": most,
        "spark.streaming.kafka.minRatePerPartition": least,
    }


def ends(*latest, rate=None):
    return {"latest": list(latest), "rate": rate}


CASES = [
    case(
        "union-keeps-duplicates",
        DERIVED,
        COMBINED,
        "A union has what both streams have at a batch time, duplicates too.",
        combined("union", 1000, 1000),
        [[[1, 2], [2, 3]], [[], [4]], [[], []]],
    ),
    case(
        "join-misses-by-one-batch",
        LATE,
        COMBINED,
        "A join looks at the batches of one time only: a partner that comes one batch later is missed.",
        combined("join", 1000, 1000),
        [[[1, 2], [2]], [[3], [1]], [[], [3]]],
    ),
    case(
        "union-refuses-different-slides",
        VALIDATION,
        COMBINED,
        "Streams of different slides cannot be put together.",
        combined("union", 1000, 2000),
        [],
    ),
    case(
        "join-refuses-different-slides",
        VALIDATION,
        COMBINED,
        "Streams of different slides cannot be joined in Scala.",
        combined("join", 2000, 1000),
        [],
    ),
    case(
        "python-union-refuses-different-slides",
        VALIDATION,
        COMBINED,
        "PySpark refuses a union of different slides in words of its own.",
        combined("union", 1000, 2000, "python"),
        [],
    ),
    case(
        "python-join-takes-a-shorter-slide",
        DERIVED,
        COMBINED,
        "PySpark joins streams of different slides, without a word: of the other stream only the batch of that very time is seen.",
        combined("join", 2000, 1000, "python"),
        [[[1], [1]], [[2], [2]], [[3], []], [[4], [3, 4]]],
    ),
    case(
        "python-join-takes-a-longer-slide",
        DERIVED,
        COMBINED,
        "Where the other stream has nothing at a time, the join has nothing.",
        combined("join", 1000, 2000, "python"),
        [[[1], [1]], [[2], [1, 2]], [[3], [3]], [[3], [4]]],
    ),
    case(
        "context-needs-an-output",
        MISTAKES,
        CONTEXT,
        "A program without an output operation does not start, and cannot be mended any more: the start that failed has stopped it.",
        {},
        ["start", "output", "start", "stop"],
    ),
    case(
        "context-takes-nothing-new-once-started",
        MISTAKES,
        CONTEXT,
        "Inputs, transformations and outputs cannot be added to a program that runs, nor to one that has stopped.",
        {},
        ["output", "start", "input", "transformation", "output", "persist", "stop", "input", "transformation", "output"],
    ),
    case(
        "context-starts-once",
        MISTAKES,
        CONTEXT,
        "To start a running context again only gives a warning; a stopped one cannot be started.",
        {},
        ["output", "start", "start", "stop", "stop", "start"],
    ),
    case(
        "kafka-without-limits",
        DERIVED,
        KAFKA,
        "By default a batch has everything up to the ends of the partitions when it is generated, the first one too.",
        kafka(2),
        [ends(5, 0), ends(5, 0), ends(7, 1000)],
    ),
    case(
        "kafka-max-rate-per-partition",
        DERIVED,
        KAFKA,
        "maxRatePerPartition times the batch interval is the most of one partition in a batch.",
        kafka(2, 2000, most=10),
        [ends(100, 5), ends(100, 50), ends(100, 50), ends(100, 50)],
    ),
    case(
        "kafka-backpressure-shares-by-lag",
        DERIVED,
        KAFKA,
        "Backpressure shares its rate among partitions by how far they lag, each capped by the rate of a partition.",
        kafka(3, 1000, True, most=60),
        [ends(1000, 100, 0), ends(2000, 100, 0, rate=100), ends(2000, 100, 10, rate=100), ends(2000, 110, 10, rate=1000)],
    ),
    case(
        "kafka-initial-rate",
        DERIVED,
        KAFKA,
        "Until there is an estimate initialRate holds for the whole stream; its default leaves the first batch unlimited.",
        kafka(2, 500, True, initial=100),
        [ends(100, 300), ends(100, 300, rate=10), ends(100, 300)],
    ),
    case(
        "kafka-min-rate-per-partition",
        DERIVED,
        KAFKA,
        "Every partition may give at least minRatePerPartition records a batch, though its share be less.",
        kafka(3, 1000, True, least=5),
        [ends(1000, 10, 0, rate=20), ends(1000, 10, 3, rate=1), ends(1000, 10, 3, rate=20)],
    ),
    case(
        "kafka-log-became-shorter",
        DERIVED,
        KAFKA,
        "If the only partition has become shorter there is no batch, and none until it is as long as it was: the offsets stay.",
        kafka(1),
        [ends(9), ends(4), ends(6), ends(9), ends(12)],
    ),
    case(
        "kafka-one-log-became-shorter",
        DERIVED,
        KAFKA,
        "If a partition has become shorter and others have grown by more, the job fails, and the next batch goes on from the new end.",
        kafka(2),
        [ends(9, 0), ends(4, 10), ends(6, 10)],
    ),
]
