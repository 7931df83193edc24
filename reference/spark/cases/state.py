"""A value per key that lives from batch to batch."""

from cases import case
from cases.windows import ones

TIMEOUTS = "state timeouts"
DERIVED = "derived, racy or recalled"


def updates(api="scala", initial=None, forget=None):
    return {"api": api, "initial": initial, "forgetAfterIdleBatches": forget}


def mapped(timeout, checkpoint=None):
    return {"batchIntervalMs": 1000, "timeoutMs": timeout, "checkpointIntervalMs": checkpoint}


def idle(batches):
    return [[] for _ in range(batches)]


BATCH = "batch-operator"
UPDATE = "update-state-by-key"
MAP = "map-with-state"

CASES = [
    case(
        "count-of-an-empty-batch",
        DERIVED,
        BATCH,
        "count() says 0 for an empty batch, for it adds a zero to each.",
        {"api": "scala", "operator": "count", "partitions": 1},
        [[], [7], [1, 1, 2], []],
    ),
    case(
        "python-count-of-an-empty-batch",
        DERIVED,
        BATCH,
        "In PySpark count() says 0 for an empty batch as long as it has a partition.",
        {"api": "python", "operator": "count", "partitions": 1},
        [[], [7], [1, 1, 2], []],
    ),
    case(
        "glom-shows-how-a-list-is-cut",
        DERIVED,
        BATCH,
        "parallelize cuts a list by index, and a short list leaves partitions empty.",
        {"api": "scala", "operator": "glom", "partitions": 4},
        [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 2], []],
    ),
    case(
        "sum-of-an-empty-batch",
        DERIVED,
        BATCH,
        "reduce() says nothing for an empty batch.",
        {"api": "scala", "operator": "sum", "partitions": 1},
        [[], [7], [1, 1, 2], []],
    ),
    case(
        "update-state-by-key-tells-all-keys",
        DERIVED,
        UPDATE,
        "Every batch outputs the whole state, those keys too that got nothing.",
        updates(),
        [ones("a"), ones("a", "b"), [], ones("c"), []],
    ),
    case(
        "update-state-by-key-without-a-batch",
        DERIVED,
        UPDATE,
        "Where the parent has no RDD (null) the function still runs for all keys, once there is a state; a key is let go when it returns nothing.",
        updates(forget=2),
        [None, ones("a", "b"), None, ones("a", "c", "a"), ones("c"), None, None],
    ),
    case(
        "update-state-by-key-from-an-initial-state",
        DERIVED,
        UPDATE,
        "Keys of the initial state are updated in the first batch, also those that got nothing.",
        updates(initial=[["a", 5], ["d", 1]], forget=3),
        [ones("b"), ones("a"), [], []],
    ),
    case(
        "update-state-by-key-waits-with-its-initial-state",
        DERIVED,
        UPDATE,
        "An initial state is not told before the first batch that has an RDD.",
        updates(initial=[["a", 5]]),
        [None, [], None, ones("a")],
    ),
    case(
        "python-update-state-by-key",
        DERIVED,
        UPDATE,
        "In PySpark, too, every key is updated in every batch, also in an empty one, until its function returns None.",
        updates("python", [["a", 5], ["d", 1]], 3),
        [ones("b"), ones("a"), [], []],
    ),
    case(
        "python-update-state-by-key-without-a-batch",
        DERIVED,
        UPDATE,
        "Where the parent has no RDD (null) PySpark keeps the state and does not run the function.",
        updates("python", None, 2),
        [None, ones("a", "b"), None, None, None, ones("a"), []],
    ),
    case(
        "map-with-state-times-out-at-a-checkpoint",
        TIMEOUTS,
        MAP,
        "A timeout of 3 s takes effect when the state is checkpointed, which is every ten batches.",
        mapped(3000),
        [ones("a", "b", "c"), ones("a", "b"), *[ones("a")] * 9],
    ),
    case(
        "map-with-state-idle-for-exactly-the-timeout",
        TIMEOUTS,
        MAP,
        "A key that has been idle for exactly the timeout stays; it goes when it was longer.",
        mapped(2000, 1000),
        [ones("a"), [], [], [], []],
    ),
    case(
        "map-with-state-checkpointed-every-2-batches",
        TIMEOUTS,
        MAP,
        "With a shorter checkpoint interval idle keys go sooner.",
        mapped(1000, 2000),
        [ones("a"), [], [], [], ones("b"), [], [], []],
    ),
    case(
        "map-with-state-data-comes-in-the-scanning-batch",
        TIMEOUTS,
        MAP,
        "A key that gets data in the batch that looks for idle keys is refreshed first, and stays.",
        mapped(3000),
        [ones("a", "b"), *idle(8), ones("a"), *idle(9), ones("c")],
    ),
    case(
        "map-with-state-a-read-counts-as-touched",
        TIMEOUTS,
        MAP,
        "With a timeout a record that only reads its state (0) keeps the key from timing out.",
        mapped(3000),
        [ones("a", "b"), *idle(6), [["a", 0]], [], [], *idle(9), ones("c")],
    ),
    case(
        "map-with-state-runs-per-record",
        DERIVED,
        MAP,
        "The function runs once a record, in order; a negative value removes the key, and the next one starts anew.",
        mapped(None),
        [[["a", 1], ["b", 5], ["a", 2]], [["a", -1], ["a", 7]], [["b", -1]], [], [["c", 0]], [["c", 3], ["c", 0]]],
    ),
    case(
        "map-with-state-without-a-timeout",
        TIMEOUTS,
        MAP,
        "Without a timeout an idle key stays for ever.",
        mapped(None, 1000),
        [ones("a"), *idle(4)],
    ),
]
