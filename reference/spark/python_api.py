"""Plays cases on the real PySpark.

    python python_api.py CASES OUT

CASES holds a case a line, OUT gets a line for each: its name, and what Spark answered to each step of the script, or the
message with which it refuses. The clock is Spark's own ManualClock.
"""

import json
import operator
import sys
import tempfile
import time

from pyspark import SparkConf, SparkContext
from pyspark.streaming import StreamingContext

WAIT_S = 60
POLL_S = 0.005


class Refusal(Exception):
    """Spark's own message."""


class Program:
    """A program whose first input is fed by a script, and whose clock moves when the script says so."""

    def __init__(self, context, config):
        self.interval = config.get("batchIntervalMs", 1000)
        self.context = context
        self.streaming = StreamingContext(context, self.interval / 1000)
        self.streaming.checkpoint(tempfile.mkdtemp())
        self.seen = {}

    def source(self, batches):
        stream = self.streaming.queueStream([self.context.parallelize(batch, 1) for batch in batches or [[]]])
        # An output of every batch: a batch that no window asks for would never be taken from the queue.
        stream.foreachRDD(lambda rdd: None)
        return stream

    def show(self, stream, reader):
        # The function is written to the checkpoint, and must not hold the context.
        seen = self.seen
        stream.foreachRDD(lambda when, rdd: seen.update({round(when.timestamp() * 1000): reader(rdd.collect())}))

    def play(self, script):
        """What was seen of each batch, null where nothing was due."""
        self.streaming.start()
        scheduler = self.streaming._jssc.ssc().scheduler()
        answers = []
        for batch in range(len(script)):
            now = (batch + 1) * self.interval
            scheduler.clock().setTime(now)
            deadline = time.time() + WAIT_S
            while processed(scheduler) < now:
                assert time.time() < deadline, "a batch did not finish"
                time.sleep(POLL_S)
            answers.append(self.seen.get(now))
        return answers

    def stop(self):
        self.streaming.stop(stopSparkContext=False, stopGraceFully=False)


def processed(scheduler):
    last = scheduler.jobGenerator().lastProcessedBatch()
    return -1 if last is None else last.milliseconds()


def refusable(work):
    try:
        return work()
    except ValueError as error:
        raise Refusal(str(error)) from error


def rows(pairs):
    return sorted(map(list, pairs))


def seconds(config):
    return config["windowMs"] / 1000, config["slideMs"] / 1000


def reduce_by_key_and_window(program, config, script):
    source = program.source([[tuple(pair) for pair in batch] for batch in script])
    inverse = operator.sub if config["inverse"] else None
    bound = config["keepsMoreThan"]
    keeps = None if bound is None else lambda row: row[1] > bound
    window, slide = seconds(config)
    program.show(refusable(lambda: source.reduceByKeyAndWindow(operator.add, inverse, window, slide, 1, keeps)), rows)
    return program.play(script)


def count_by_window(program, config, script):
    counted = program.source([list(range(size)) for size in script]).countByWindow(*seconds(config))
    program.show(counted, lambda counts: counts[0] if counts else None)
    return program.play(script)


def count_by_value_and_window(program, config, script):
    program.show(program.source(script).countByValueAndWindow(*seconds(config)), rows)
    return program.play(script)


def update_state_by_key(program, config, script):
    patience = config["forgetAfterIdleBatches"]

    def update(values, before):
        total, idle = before or (0, 0)
        idle = 0 if values else idle + 1
        return None if idle == patience else (total + sum(values), idle)

    initial = config["initial"]
    if initial is not None:
        initial = program.context.parallelize([(key, (total, 0)) for key, total in initial], 1)
    source = program.source([[tuple(pair) for pair in batch or []] for batch in script])
    absent = {(index + 1) * program.interval for index, batch in enumerate(script) if batch is None}
    source = source.transform(lambda when, rdd: None if round(when.timestamp() * 1000) in absent else rdd)
    state = source.updateStateByKey(update, 1, initial).mapValues(lambda running: running[0])
    program.show(state, rows)
    return program.play(script)


def queue_stream(program, config, script):
    """PySpark takes the whole queue when it is made."""
    assert not any(script[1:])
    rdds = [program.context.parallelize(rdd, 1) for rdd in script[0]]
    stream = program.streaming.queueStream(rdds, config["oneAtATime"])
    seen = program.seen
    stream.foreachRDD(lambda when, rdd: seen.update({round(when.timestamp() * 1000): rdd.glom().collect()}))
    return program.play(script)


def batch_operator(program, config, script):
    source = program.source(script)
    stream = source.count() if config["operator"] == "count" else source.reduce(operator.add)
    program.show(stream, lambda numbers: numbers[0] if numbers else None)
    return program.play(script)


def combined(program, config, script):
    both = [program.source([step[side] for step in script]) for side in (0, 1)]
    left, right = (stream.window(slide / 1000, slide / 1000) for stream, slide in zip(both, config["slidesMs"]))
    if config["operator"] == "union":
        program.show(refusable(lambda: left.union(right)), sorted)
    else:
        one, other = (stream.map(lambda number: (number, number)) for stream in (left, right))
        program.show(one.join(other).map(lambda row: row[0]), sorted)
    return program.play(script)


RIGS = {
    "spark/combined": combined,
    "spark/update-state-by-key": update_state_by_key,
    "spark/queue-stream": queue_stream,
    "spark/batch-operator": batch_operator,
    "spark/reduce-by-key-and-window": reduce_by_key_and_window,
    "spark/count-by-window": count_by_window,
    "spark/count-by-value-and-window": count_by_value_and_window,
}


def record(context, case):
    program = Program(context, case["config"])
    try:
        return {"answers": RIGS[case["component"]](program, case["config"], case["script"])}
    except Refusal as refusal:
        return {"refusal": str(refusal)}
    finally:
        program.stop()


def main(cases, out):
    conf = SparkConf().setMaster("local[2]").setAppName("record")
    conf.set("spark.ui.enabled", "false").set("spark.ui.showConsoleProgress", "false")
    conf.set("spark.default.parallelism", "1").set("spark.streaming.clock", "org.apache.spark.util.ManualClock")
    context = SparkContext(conf=conf)
    context.setLogLevel("OFF")
    with open(cases) as given, open(out, "w") as recorded:
        for line in given:
            case = json.loads(line)
            recorded.write(json.dumps({"case": case["case"], **record(context, case)}) + "\n")
    context.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
