"""When batches happen, run, and are forgotten."""

from cases import case

ALIGNMENT = "window alignment"
DERIVED = "derived, racy or recalled"
BOUNDARY = "boundary records"
SCHEDULER = "job-scheduler"


def start(now, original=None):
    return {"nowMs": now, "originalStartMs": original}


def jobs(concurrent, *slides):
    return {"spark.streaming.concurrentJobs": str(concurrent), "outputSlidesMs": list(slides)}


TICK = {"kind": "tick"}


def end(batch, output=0, succeeds=True):
    return {"kind": "end", "batchMs": batch, "output": output, "succeeds": succeeds}


CASES = [
    case(
        "timer-starts-after-now",
        ALIGNMENT,
        "recurring-timer",
        "The first tick is the first multiple of the period after now, never now itself; a restart keeps the grid of the first start.",
        {"periodMs": 2000},
        [start(0), start(1), start(1999), start(2000), start(7000, 1000), start(6999, 1000), start(7500, 1000), start(500, 1000)],
    ),
    case(
        "slice-takes-both-ends",
        BOUNDARY,
        "slice",
        "slice(from, to) takes the batches at both ends; at the zero time there is none, and ends off the grid are rounded down.",
        {"batchIntervalMs": 1000, "batches": 4},
        [
            {"fromMs": from_ms, "toMs": to_ms}
            for from_ms, to_ms in ((0, 1000), (0, 2000), (1000, 2000), (2000, 4000), (1500, 3500), (500, 999), (3000, 9000))
        ],
    ),
    case(
        "jobs-wait-in-line",
        DERIVED,
        SCHEDULER,
        "One job runs at a time: the outputs of a batch in their order, then those of the next; batches are neither dropped nor merged.",
        jobs(1, 1000, 1000),
        [TICK, TICK, TICK, end(1000, 0), end(1000, 1), end(2000, 0), end(2000, 1), end(3000, 0), end(3000, 1)],
    ),
    case(
        "two-jobs-at-once",
        DERIVED,
        SCHEDULER,
        "With two concurrent jobs a later batch can end before an earlier one.",
        jobs(2, 1000),
        [TICK, TICK, TICK, end(2000), end(3000), end(1000)],
    ),
    case(
        "batches-without-an-output-are-not-announced",
        DERIVED,
        SCHEDULER,
        "A batch at whose time no output is due has no job at all.",
        jobs(1, 2000, 3000),
        [TICK, TICK, end(2000, 0), TICK, end(3000, 1), TICK, end(4000, 0), TICK, TICK, end(6000, 0), end(6000, 1)],
    ),
    case(
        "a-failed-job-leaves-its-batch-pending",
        DERIVED,
        SCHEDULER,
        "A job that fails does not stop the program; its batch stays in the list of those not completed.",
        jobs(1, 1000),
        [TICK, end(1000, 0, False), TICK, end(2000), TICK, end(3000)],
    ),
    case(
        "a-failed-job-before-the-last",
        DERIVED,
        SCHEDULER,
        "If the last job of a batch succeeds the batch is completed, though one before it failed.",
        jobs(1, 1000, 1000),
        [TICK, end(1000, 0, False), end(1000, 1), TICK, end(2000, 0), end(2000, 1, False)],
    ),
    case(
        "windows-make-their-parents-remember",
        DERIVED,
        "remember",
        "A stream remembers its own slide and what the windows on it need; chains add up.",
        {
            "batchIntervalMs": 1000,
            "rememberMs": 3000,
            "windows": [{"windowMs": 2000, "slideMs": 1000}, {"windowMs": 4000, "slideMs": 2000}],
        },
        ["batch"] * 12,
    ),
    case(
        "a-window-with-gaps-remembers",
        DERIVED,
        "remember",
        "Without a duration of the program's own a window of 2 s every 3 s makes the source remember 5 s.",
        {"batchIntervalMs": 1000, "rememberMs": None, "windows": [{"windowMs": 2000, "slideMs": 3000}]},
        ["batch"] * 9,
    ),
]
