"""How records become batches."""

from cases import case

BOUNDARY = "boundary records"
LATE = "late records"
MISTAKES = "configuration mistakes"
DERIVED = "derived, racy or recalled"

QUEUE = "queue-stream"
FILES = "file-stream"
PID = "pid-rate-estimator"


def queue(one_at_a_time, default=None, api="scala"):
    return {"api": api, "oneAtATime": one_at_a_time, "defaultRdd": default}


def files(new_only, created, batch):
    return {"newFilesOnly": new_only, "createdMs": created, "batchIntervalMs": batch}


def listing(batch, **modified):
    named = [{"name": name.replace("_", "."), "modifiedMs": time} for name, time in modified.items()]
    return {"batchMs": batch, "listing": named}


def pid(batch, proportional=1.0, integral=0.2, derived=0.0, least=100.0):
    return {
        "batchIntervalMs": batch,
        "spark.streaming.backpressure.pid.proportional": proportional,
        "spark.streaming.backpressure.pid.integral": integral,
        "spark.streaming.backpressure.pid.derived": derived,
        "spark.streaming.backpressure.pid.minRate": least,
    }


def completed(*batches):
    keys = ("processingEndMs", "records", "processingDelayMs", "schedulingDelayMs")
    return [dict(zip(keys, batch)) for batch in batches]


def add(block):
    return {"kind": "add", "block": block}


def allocate(batch, fails=False):
    return {"kind": "allocate", "batchMs": batch, "writeFails": fails}


RECOVER = {"kind": "recover"}

CASES = [
    case(
        "queue-stream-one-at-a-time",
        DERIVED,
        QUEUE,
        "By default a batch is one queued RDD, however many wait; an empty queue gives an RDD of one empty partition.",
        queue(True),
        [[[1, 2], [3]], [], [], [[4]], []],
    ),
    case(
        "queue-stream-all-at-once",
        DERIVED,
        QUEUE,
        "With oneAtATime = false a batch is the union of all RDDs that are queued.",
        queue(False),
        [[[1, 2], [3], [4]], [], [[5], [6]]],
    ),
    case(
        "queue-stream-with-a-default",
        DERIVED,
        QUEUE,
        "A default RDD comes again in every batch for which nothing is queued.",
        queue(True, [7, 8]),
        [[], [[1]], [], []],
    ),
    case(
        "python-queue-stream",
        DERIVED,
        QUEUE,
        "PySpark takes the whole queue when the stream is made; when it is empty each batch has one empty partition.",
        queue(True, None, "python"),
        [[[1, 2], [3]], [], [], []],
    ),
    case(
        "file-stream-takes-new-files-once",
        BOUNDARY,
        FILES,
        "A file belongs to the batch at or after its modification time, and is read once.",
        files(True, 12_000, 2000),
        [
            listing(14_000, old=11_000, a=13_000, b=14_000, c=14_001),
            listing(16_000, old=11_000, a=13_000, b=14_000, c=14_001),
            listing(18_000, old=11_000, a=13_000, b=14_000, c=14_001, d=17_999),
        ],
    ),
    case(
        "file-stream-created-at-the-modification-time",
        BOUNDARY,
        FILES,
        "A file modified exactly when the stream was created counts as old; a millisecond later it is new.",
        files(True, 12_000, 2000),
        [listing(14_000, at=12_000, after=12_001)],
    ),
    case(
        "file-stream-with-old-files",
        BOUNDARY,
        FILES,
        "With newFilesOnly = false the first batch has the files that were there before; hidden ones never.",
        files(False, 12_000, 2000),
        [listing(14_000, old=5000, _hidden=13_000), listing(16_000, old=5000, _hidden=13_000, new=15_000)],
    ),
    case(
        "file-stream-a-late-file",
        LATE,
        FILES,
        "A file that appears late is still read while its modification time lies within the last minute, rounded up to whole batches, and else never.",
        files(True, 1000, 25_000),
        [
            listing(25_000),
            listing(50_000, late=10_000),
            listing(75_000, late=10_000),
            listing(100_000, late=10_000, edge=25_000, inside=25_001),
            listing(125_000, late=10_000, edge=25_000, inside=25_001, early=125_001),
            listing(150_000, early=125_001),
        ],
    ),
    case(
        "file-stream-a-changed-file",
        DERIVED,
        FILES,
        "A file whose modification time moves on is not read again while its name is remembered.",
        files(True, 1000, 30_000),
        [
            listing(30_000, log=20_000),
            listing(60_000, log=50_000),
            listing(90_000, log=80_000),
            listing(120_000, log=110_000),
            listing(150_000, log=140_000),
        ],
    ),
    case(
        "block-generator-cuts-at-ticks",
        BOUNDARY,
        "block-generator",
        "Every block interval what has come becomes a block, named by its beginning; what comes at the tick itself goes into the next.",
        {"spark.streaming.blockInterval": "200ms"},
        [
            {"records": [1, 2], "untilMs": 199},
            {"records": [3], "untilMs": 200},
            {"records": [4], "untilMs": 400},
            {"records": [], "untilMs": 800},
            {"records": [5], "untilMs": 850},
            {"records": [6], "untilMs": 1000},
        ],
    ),
    case(
        "block-generator-with-a-late-timer",
        DERIVED,
        "block-generator",
        "A timer that is late makes up for every tick, but only the first of them finds records.",
        {"spark.streaming.blockInterval": "50ms"},
        [{"records": [1], "untilMs": 230}, {"records": [2, 3], "untilMs": 300}],
    ),
    case(
        "receiver-blocks-are-partitions",
        BOUNDARY,
        "receiver-input",
        "Each block that was reported before the tick is a partition of the batch; a batch without blocks has none.",
        {"batchIntervalMs": 1000},
        [[[1, 2], [3], [4, 5, 6]], [], [[7]], [[8], [9]]],
    ),
    case(
        "block-tracker-gives-each-block-once",
        BOUNDARY,
        "received-block-tracker",
        "A batch gets all blocks that wait when it is generated; asking again, or for an earlier batch, changes nothing.",
        {},
        [add("A"), add("B"), allocate(2000), add("C"), allocate(2000), allocate(1000), allocate(3000), allocate(4000)],
    ),
    case(
        "block-tracker-recovers-from-its-log",
        "restart and what repeats",
        "received-block-tracker",
        "A restarted driver knows from the log which blocks belong to which batch, and which still wait.",
        {},
        [add("A"), allocate(1000), add("B"), RECOVER, allocate(1000), allocate(2000)],
    ),
    case(
        "block-tracker-cannot-write-its-log",
        DERIVED,
        "received-block-tracker",
        "If the log cannot be written the batch gets nothing, and the blocks wait for the next.",
        {},
        [add("A"), allocate(1000, True), add("B"), allocate(1000), allocate(2000)],
    ),
    case(
        "receiver-rate-of-backpressure",
        DERIVED,
        "receiver-rate",
        "A receiver is held to what backpressure finds, and to maxRate if that is less; until then to initialRate, and a rate of 0 changes nothing.",
        {"spark.streaming.receiver.maxRate": 500, "spark.streaming.backpressure.initialRate": 200},
        [None, 300, 0, 800, 100],
    ),
    case(
        "receiver-rate-begins-at-max-rate",
        DERIVED,
        "receiver-rate",
        "An initialRate above maxRate is cut down to it.",
        {"spark.streaming.receiver.maxRate": 500, "spark.streaming.backpressure.initialRate": 2000},
        [None, 450],
    ),
    case(
        "pid-default-gains",
        DERIVED,
        PID,
        "Backpressure with its defaults: the first batch only teaches the present rate; a batch without records or without a later end teaches nothing.",
        pid(1000),
        completed(
            (1000, 2000, 500, 0),
            (2500, 2000, 1500, 0),
            (4000, 2000, 1500, 500),
            (4000, 2000, 1500, 500),
            (5200, 1000, 1200, 1000),
            (5700, 0, 100, 0),
            (6000, 800, 800, 1200),
            (7000, 10, 1000, 5000),
        ),
    ),
    case(
        "pid-with-a-derived-term",
        DERIVED,
        PID,
        "The derived term looks at how fast the error changes; before the second batch the last error counts as 0.",
        pid(1000, 0.5, 0.1, 0.3, 10.0),
        completed((1000, 1000, 500, 0), (2000, 1000, 800, 100), (3500, 1000, 1250, 400), (4000, 1000, 250, 0)),
    ),
    case(
        "pid-refuses-a-negative-gain",
        MISTAKES,
        PID,
        "spark.streaming.backpressure.pid.proportional must not be negative.",
        pid(1000, -1.0),
        [],
    ),
    case(
        "pid-refuses-a-minimal-rate-of-0",
        MISTAKES,
        PID,
        "spark.streaming.backpressure.pid.minRate must be positive.",
        pid(1000, least=0.0),
        [],
    ),
]
