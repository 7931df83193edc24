"""Programs with a checkpoint."""

from cases import case

RESTART = "restart and what repeats"
MISTAKES = "configuration mistakes"
DERIVED = "derived, racy or recalled"


def batch(*records, job="succeeds"):
    return {"kind": "batch", "records": list(records), "job": job}


def restart(*missed):
    return {"kind": "restart", "missed": [list(records) for records in missed]}


def stream(operator, slide, interval=None, remember=None):
    return {"operator": operator, "slideMs": slide, "checkpointIntervalMs": interval, "rememberMs": remember}


SECOND = {"batchIntervalMs": 1000, "outputs": 1}
TWO_OUTPUTS = {**SECOND, "outputs": 2}

CASES = [
    case(
        "restart-repeats-the-last-batch",
        RESTART,
        "restart",
        "A restart from the checkpoint does the last batch again although it was complete: outputs are at least once, and the state is right.",
        SECOND,
        [batch(1), batch(2), batch(3), restart(), batch(4)],
    ),
    case(
        "restart-makes-up-for-the-time-that-it-was-down",
        RESTART,
        "restart",
        "Every batch of the time that the driver was down is run at the restart, in order.",
        SECOND,
        [batch(1), batch(2), restart([10], [], [20]), batch(3)],
    ),
    case(
        "restart-repeats-a-failed-batch",
        RESTART,
        "restart",
        "A batch whose job failed stays pending in the checkpoint, and is run again at the restart.",
        SECOND,
        [batch(1), batch(2, job="fails"), batch(3), batch(4), restart(), batch(5)],
    ),
    case(
        "restart-forgets-a-failure-before-the-last-output",
        RESTART,
        "restart",
        "If a later output of the batch succeeded, the batch counts as complete, and what failed is never done again.",
        TWO_OUTPUTS,
        [batch(1), batch(2, job="fails"), batch(3), restart(), batch(4)],
    ),
    case(
        "restart-repeats-what-was-running",
        RESTART,
        "restart",
        "A batch that ran when the driver died is run again, and so is one that waited behind it.",
        SECOND,
        [batch(1), batch(2, job="hangs"), batch(3, job="hangs"), restart([4]), batch(5)],
    ),
    case(
        "restart-twice",
        RESTART,
        "restart",
        "Each restart repeats the batch before it once more.",
        SECOND,
        [batch(1), batch(2), restart(), restart(), batch(3), restart([4])],
    ),
    case(
        "checkpoint-intervals",
        DERIVED,
        "checkpoint-interval",
        "State is checkpointed every 10 s, rounded up to whole slides, and mapWithState every ten slides; twice that is remembered.",
        {"checkpointDirectory": True},
        [
            stream("updateStateByKey", 500),
            stream("updateStateByKey", 3000),
            stream("updateStateByKey", 15_000),
            stream("reduceByKeyAndWindow", 4000),
            stream("mapWithState", 100),
            stream("mapWithState", 3000),
            stream("updateStateByKey", 1000, 4000),
            stream("mapWithState", 1000, 2000),
            stream("updateStateByKey", 1000, 4000, 30_000),
        ],
    ),
    case(
        "refuses-state-without-a-checkpoint-directory",
        MISTAKES,
        "checkpoint-interval",
        "State needs a checkpoint directory, which is noticed at the start.",
        {"checkpointDirectory": False},
        [stream("updateStateByKey", 1000)],
    ),
    case(
        "refuses-an-inverse-without-a-checkpoint-directory",
        MISTAKES,
        "checkpoint-interval",
        "A window with an inverse function needs a checkpoint directory.",
        {"checkpointDirectory": False},
        [stream("reduceByKeyAndWindow", 1000)],
    ),
    case(
        "refuses-a-checkpoint-interval-below-the-slide",
        MISTAKES,
        "checkpoint-interval",
        "A checkpoint interval must not be shorter than the slide.",
        {"checkpointDirectory": True},
        [stream("updateStateByKey", 2000, 1000)],
    ),
    case(
        "refuses-a-checkpoint-interval-off-the-slide",
        MISTAKES,
        "checkpoint-interval",
        "A checkpoint interval must be a multiple of the slide.",
        {"checkpointDirectory": True},
        [stream("mapWithState", 2000, 5000)],
    ),
]
