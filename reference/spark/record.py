"""Records what Spark Streaming does with windows, on the real engine.

    pip install pyspark==3.5.7        # needs a JDK 17
    python reference/spark/record.py  # writes reference/recordings/spark/*.json

The clock is Spark's own ManualClock, so two recordings of a case are equal byte for byte. Each case is a configuration
and a script of batches as the simulator's bench `spark/reduce-by-key-and-window` takes them, and what Spark answered:
the rows of the output that is due at each batch (null when none is due), or the message with which it refuses.
"""

import json
import operator
import pathlib
import tempfile
import time

import pyspark
from pyspark import SparkConf, SparkContext
from pyspark.streaming import StreamingContext

OUT = pathlib.Path(__file__).parent.parent / "recordings" / "spark"
WAIT_S = 60


def config(batch, window, slide, inverse=False):
    return {
        "batchIntervalMs": batch,
        "windowMs": window,
        "slideMs": slide,
        "api": "python",
        "inverse": inverse,
        "filterZeros": False,
    }


def ones(*words):
    return [[word, 1] for word in words]


BIG_TEST = [ones(*text.split()) for text in ("a", "a b", "a b c", "a b", "a", "", "a", "a b", "a b c", "a b", "a", "")]
POWERS = [[["a", 10**i]] for i in range(8)]

CASES = {
    "refuses-slide-3-on-batch-2": ("The slide must be a multiple of the batch.", config(2000, 6000, 3000), []),
    "refuses-slide-3-on-batch-2-with-inverse": ("So it is with an inverse.", config(2000, 6000, 3000, True), []),
    "refuses-window-5-on-batch-2": ("The window must be a multiple of the batch.", config(2000, 5000, 4000), []),
    "refuses-window-before-slide": ("The window is looked at first.", config(2000, 5000, 3000), []),
    "refuses-slide-2.5-on-batch-1": ("Half a batch is no slide.", config(1000, 6000, 2500), []),
    "window-6-slide-4-on-batch-2": ("The slide need not divide the window.", config(2000, 6000, 4000), POWERS),
    "first-windows-are-partial": ("The first output comes after one slide.", config(1000, 4000, 2000), POWERS),
    "slide-longer-than-window": ("Batches in the gap are in no window.", config(1000, 2000, 3000), POWERS),
    "slide-longer-than-window-with-inverse": (
        "Python reduces the whole window here and never subtracts.",
        config(1000, 2000, 3000, True),
        POWERS,
    ),
    "big-test": ("WindowOperationsSuite's big test.", config(1000, 2000, 1000), BIG_TEST),
    "big-test-with-inverse": ("The same with an inverse.", config(1000, 2000, 1000, True), BIG_TEST),
    "long-window-with-inverse": (
        "From five slides a window on, Python subtracts; a key that is no longer in it stays, with 0.",
        config(1000, 5000, 1000, True),
        BIG_TEST,
    ),
    "window-6-slide-1-with-inverse": ("Adding and taking away.", config(1000, 6000, 1000, True), POWERS),
    "tumbling": ("Slide and window are equal.", config(1000, 3000, 3000), BIG_TEST),
}


def record(context, settings, script):
    """Spark's answer to each batch of the script, or its refusal."""
    streaming = StreamingContext(context, settings["batchIntervalMs"] / 1000)
    streaming.checkpoint(tempfile.mkdtemp())
    batches = [context.parallelize([tuple(pair) for pair in batch], 1) for batch in script or [[]]]
    source = streaming.queueStream(batches)
    inverse = operator.sub if settings["inverse"] else None
    try:
        reduced = source.reduceByKeyAndWindow(
            operator.add, inverse, settings["windowMs"] / 1000, settings["slideMs"] / 1000, 2
        )
    except ValueError as error:
        return {"refusal": str(error)}
    outputs, seen = {}, []
    reduced.foreachRDD(lambda when, rdd: outputs.update({when: sorted(map(list, rdd.collect()))}))
    # An output of every batch: a batch that no window asks for would never be taken from the queue.
    source.foreachRDD(lambda when, rdd: seen.append(when))
    streaming.start()
    clock = streaming._jssc.ssc().scheduler().clock()
    for batch in range(len(script)):
        clock.advance(settings["batchIntervalMs"])
        deadline = time.time() + WAIT_S
        while len(seen) <= batch and time.time() < deadline:
            time.sleep(0.02)
        assert len(seen) == batch + 1, "a batch did not finish"
    answers = [outputs.get(when) for when in seen]
    streaming.stop(stopSparkContext=False, stopGraceFully=False)
    return {"answers": answers}


def readable(recording):
    """One line a field, and one line a batch or an answer."""

    def lines(value):
        if isinstance(value, list) and value:
            return "[\n" + ",\n".join(f"    {json.dumps(item)}" for item in value) + "\n  ]"
        return json.dumps(value)

    flat = {**recording, **recording["recorded"]}
    del flat["recorded"]
    return "{\n" + ",\n".join(f"  {json.dumps(key)}: {lines(value)}" for key, value in flat.items()) + "\n}\n"


def main():
    conf = SparkConf().setMaster("local[2]").setAppName("record")
    conf.set("spark.ui.enabled", "false").set("spark.ui.showConsoleProgress", "false")
    conf.set("spark.streaming.clock", "org.apache.spark.util.ManualClock")
    context = SparkContext(conf=conf)
    context.setLogLevel("OFF")
    OUT.mkdir(parents=True, exist_ok=True)
    for name, (says, settings, script) in CASES.items():
        recording = {
            "engine": f"Spark Streaming {pyspark.__version__}, Python",
            "says": says,
            "component": "spark/reduce-by-key-and-window",
            "config": settings,
            "script": script,
            "recorded": record(context, settings, script),
        }
        (OUT / f"{name}.json").write_text(readable(recording))
        print(name, recording["recorded"])
    context.stop()


if __name__ == "__main__":
    main()
