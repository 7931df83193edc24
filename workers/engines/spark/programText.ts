/**
 * A lane's program as its user writes it in PySpark, with the places of the sliders' numbers.
 *
 * The Kafka source is that of PySpark 2.4, since Python lost it with Spark 3.0 (Scala and Java kept
 * theirs); everything after it is the same in 3.5. For Scala no text is given.
 */
import { pythonChain, pythonHelpers } from '../../functions/programText.ts';
import { aggregate } from '../../functions/aggregates.ts';
import type { ProgramText } from '../../kernel/engine.ts';
import type { SparkConfig } from './config.ts';
import { changedSettings } from './settings.ts';
import { windowConfigOf } from './windowConfig.ts';

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly knob: string;
}

export function programText(config: SparkConfig): ProgramText | null {
  if (config.api !== 'python') return null;
  const marks: Mark[] = [];
  let text = '';
  // Braces around a knob's name mark its number: {batchIntervalMs}.
  for (const piece of template(config).split(/(\{\w+IntervalMs\})/)) {
    const knob = piece.startsWith('{') ? piece.slice(1, -1) : null;
    const written = knob === null ? piece : seconds(intervalOf(config, knob));
    if (knob !== null) marks.push({ start: text.length, end: text.length + written.length, knob });
    text += written;
  }
  return { language: 'python', text, marks };
}

function template(config: SparkConfig): string {
  const { source, checkpoint, program } = config;
  const helpers = pythonHelpers(program.functions);
  const reset = config['auto.offset.reset'] === 'latest' ? 'largest' : 'smallest';
  const body = [
    ...conf(config),
    'sc = SparkContext(conf=conf)',
    'ssc = StreamingContext(sc, {batchIntervalMs})',
    '',
    'stream = KafkaUtils.createDirectStream(',
    `    ssc, ["${source.topic}"], {"metadata.broker.list": "${source.node}:9092",`,
    `                     "auto.offset.reset": "${reset}"})`,
    'totals = (stream',
    ...chain(config).map((line) => `    ${line}`),
    `    ${reduction(config)})`,
    'totals.pprint()',
  ];
  const start = checkpoint
    ? [
        'def create_context():',
        ...body.map((line) => (line === '' ? '' : `    ${line}`)),
        '    return ssc',
        '',
        'ssc = StreamingContext.getOrCreate("checkpoint", create_context)',
      ]
    : body;
  return [
    ...imports(config),
    ...helpers.flatMap((helper) => [helper, '']),
    ...start,
    '',
    ...END,
  ].join('\n');
}

const END = ['ssc.start()', 'ssc.awaitTermination()', ''];

function imports({ program }: SparkConfig): string[] {
  const parses = program.functions.includes('parse-access-log');
  return [
    '# PySpark 2.4: the last version with a Kafka source for DStreams in Python.',
    ...(parses ? ['import re', 'from collections import namedtuple', ''] : []),
    'from pyspark import SparkConf, SparkContext',
    'from pyspark.streaming import StreamingContext',
    'from pyspark.streaming.kafka import KafkaUtils',
    '',
  ];
}

/** The settings that differ from Spark's defaults are set. */
function conf(config: SparkConfig): string[] {
  const base = `SparkConf().setAppName("${config.source.topic}")`;
  const set = changedSettings(config).map(({ key, value }) => `.set("${key}", "${value}")`);
  if (set.length === 0) return [`conf = ${base}`];
  return [`conf = (${base}`, ...set.map((line) => `    ${line}`)].map((line, n) =>
    n === set.length ? `${line})` : line,
  );
}

/** A record of the stream is a pair of key and value; the functions want the value. */
function chain({ program }: SparkConfig): string[] {
  return ['.map(lambda record: record[1])', ...pythonChain(program.functions)];
}

function reduction(config: SparkConfig): string {
  const { program } = config;
  const { python, pythonInverse } = aggregate(program.aggregate);
  if (program.windowIntervalMs === null) return `.reduceByKey(${python})`;
  const slide = program.slideIntervalMs === null ? '' : ', {slideIntervalMs}';
  const inverse = windowConfigOf(config).method === 'WindowedDStream' ? 'None' : pythonInverse;
  const filter =
    inverse !== 'None' && config.filterZeros ? ', filterFunc=lambda pair: pair[1] != 0' : '';
  return `.reduceByKeyAndWindow(${python}, ${inverse}, {windowIntervalMs}${slide}${filter})`;
}

function intervalOf({ batchIntervalMs, program }: SparkConfig, knob: string): number {
  if (knob === 'windowIntervalMs') return program.windowIntervalMs ?? batchIntervalMs;
  if (knob === 'slideIntervalMs') return program.slideIntervalMs ?? batchIntervalMs;
  return batchIntervalMs;
}

/** Python takes seconds: 2, 0.5. */
function seconds(milliseconds: number): string {
  return String(milliseconds / 1000);
}
