// What the course's scenes are put together from.

import { opening } from '../../workers/scenario/opening.ts';
import { problemText } from '../../workers/scenario/problem.ts';
import { readScenario } from '../../workers/scenario/reader.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';

/** Parts with a default may be left out, as in a file. */
type Parts = Readonly<Record<'inputs' | 'nodes', readonly object[]>> &
  Readonly<Partial<Record<'programs' | 'faults', readonly object[]>>> & {
    readonly costs?: Readonly<Record<string, number>>;
  };

/** A scenario that starts at the opening scene's wall clock. */
export function scene(title: string, durationMs: number, parts: Parts): Scenario {
  const { version, seed, startEpochMs } = opening;
  const read = readScenario({
    ...{ version, title, seed, durationMs, startEpochMs },
    ...{ programs: [], links: [], faults: [], costs: {} },
    ...parts,
  });
  if (!read.ok) throw new Error(`${title}: ${read.problems.map(problemText).join(' ')}`);
  return read.value;
}

const steady = { bursts: null, delayedShare: 0, delayMs: 1000, eventTime: 'as-arrived' };

export function weblog(ratePerSecond: number): object {
  return { id: 'weblog', type: 'generated', ratePerSecond, ...steady, errorShare: 0.2 };
}

export function sentences(ratePerSecond: number): object {
  return { id: 'sentences', type: 'sentences', ratePerSecond, ...steady, wordsPerSentence: 5 };
}

export function hashtags(ratePerSecond: number): object {
  return { id: 'hashtags', type: 'hashtags', ratePerSecond, ...steady };
}

/** A web server that appends what `input` brings to a file named like it. */
export function webServer(input: string): object {
  return { id: 'web', type: 'web-server', input, output: { kind: 'file', path: logOf(input) } };
}

function logOf(input: string): string {
  return `/var/log/${input}`;
}

/** An agent, with the lines of its properties file. `machine`: whose files it reads. */
export function agent(
  id: string,
  lines: readonly string[],
  machine: string | null = 'web',
): object {
  const properties = `${lines.map((line) => `${id}.${line}`).join('\n')}\n`;
  return { id, type: 'flume', agent: id, machine, defaultFs: null, properties };
}

/** `r1` reads the web server's log line by line, looking for more every 0.2 s. */
export function taildir(input: string): string[] {
  return [
    'sources.r1.type = TAILDIR',
    'sources.r1.filegroups = f1',
    `sources.r1.filegroups.f1 = ${logOf(input)}`,
    'sources.r1.backoffSleepIncrement = 200',
    'sources.r1.maxBackoffSleep = 200',
  ];
}

/** A sink that sends to the topic named like the input. */
export function kafkaSink(sink: string, topic: string, bootstrap = 'kafka:9092'): string[] {
  return [
    `sinks.${sink}.type = org.apache.flume.sink.kafka.KafkaSink`,
    `sinks.${sink}.kafka.bootstrap.servers = ${bootstrap}`,
    `sinks.${sink}.kafka.topic = ${topic}`,
    `sinks.${sink}.flumeBatchSize = 20`,
  ];
}

/** A sink that writes files under `/weblog` and rolls them by time alone. */
export function hdfsSink(sink: string, rollIntervalS: number): string[] {
  return [
    `sinks.${sink}.type = hdfs`,
    `sinks.${sink}.hdfs.path = hdfs://hdfs/weblog`,
    `sinks.${sink}.hdfs.fileType = DataStream`,
    `sinks.${sink}.hdfs.batchSize = 10`,
    `sinks.${sink}.hdfs.rollCount = 0`,
    `sinks.${sink}.hdfs.rollSize = 0`,
    `sinks.${sink}.hdfs.rollInterval = ${String(rollIntervalS)}`,
  ];
}

/** One source, one channel, one sink, joined. */
export const oneOfEach = [
  'sources = r1',
  'channels = c1',
  'sinks = k1',
  'sources.r1.channels = c1',
  'channels.c1.type = memory',
  'sinks.k1.channel = c1',
];

/** The usual way of `input` into a topic of its name. */
export function intoKafka(input: string, partitions: number): object[] {
  return [
    webServer(input),
    agent('a1', [...oneOfEach, ...taildir(input), ...kafkaSink('k1', input)]),
    { id: 'kafka', type: 'kafka', topics: [{ name: input, partitions }] },
  ];
}

export function topic(name: string): { readonly node: string; readonly topic: string } {
  return { node: 'kafka', topic: name };
}

/** A program with a sum, and windows unless both intervals are null. */
export function program(
  id: string,
  functions: readonly string[],
  windowIntervalMs: number | null,
  slideIntervalMs: number | null,
): object {
  return { id, functions, aggregate: 'sum', windowIntervalMs, slideIntervalMs };
}

/** A Flink job without windows, which writes a row for every line: what is lost or comes twice shows at once. */
export function everyLine(input: string): { readonly program: object; readonly lane: object } {
  const id = 'every-line';
  const functions = ['parse-access-log', 'status-class-as-key', 'pair-with-one'];
  return {
    program: program(id, functions, null, null),
    lane: { id: 'flink', type: 'flink', program: id, source: topic(input) },
  };
}

/** Counting words, in windows that tumble; two engines run it. */
export const wordProgram = program('word-count', ['split-words', 'pair-with-one'], 10_000, 10_000);
