import * as v from 'valibot';
import { expect, test } from 'vitest';
import { sparkSchema, type SparkConfig } from '../../../workers/engines/spark/config.ts';
import { sparkKnobs } from '../../../workers/engines/spark/knobs.ts';
import { laneRefusals } from '../../../workers/engines/spark/laneRefusals.ts';
import { programText } from '../../../workers/engines/spark/programText.ts';
import { LANE } from './laneRun.ts';

const OPENING: SparkConfig = {
  ...LANE,
  program: {
    id: 'status',
    functions: ['parse-access-log', 'status-class-as-key', 'pair-with-one'],
    aggregate: 'sum',
    windowIntervalMs: 6000,
    slideIntervalMs: 4000,
  },
};

const lines = (config: SparkConfig): string[] => programText(config)?.text.split('\n') ?? [];

test('the program stands as its user writes it', () => {
  const text = lines(OPENING);
  expect(text).toContain('ssc = StreamingContext(sc, 2)');
  expect(text).toContain('    .reduceByKeyAndWindow(lambda x, y: x + y, None, 6, 4))');
  expect(text.at(-2)).toBe('ssc.awaitTermination()');
});

test('each slider has its number marked', () => {
  const program = programText({ ...OPENING, batchIntervalMs: 500 });
  const numbers = program?.marks.map(({ start, end, knob }) => [
    knob,
    program.text.slice(start, end),
  ]);
  expect(numbers).toEqual([
    ['batchIntervalMs', '0.5'],
    ['windowIntervalMs', '6'],
    ['slideIntervalMs', '4'],
  ]);
});

test("with an inverse it is the course's call, inside a function that a checkpoint can restore", () => {
  const program = { ...OPENING.program, windowIntervalMs: 300_000, slideIntervalMs: 1000 };
  const config = {
    ...OPENING,
    program,
    batchIntervalMs: 1000,
    inverseFunction: true,
    checkpoint: true,
  };
  const text = lines(config);
  expect(text).toContain(
    '        .reduceByKeyAndWindow(lambda x, y: x + y, lambda x, y: x - y, 300, 1))',
  );
  expect(text).toContain('ssc = StreamingContext.getOrCreate("checkpoint", create_context)');
});

test('settings that were changed are set, those that were not are not', () => {
  expect(lines(OPENING)[lines(OPENING).indexOf('sc = SparkContext(conf=conf)') - 1]).toBe(
    'conf = SparkConf().setAppName("weblog")',
  );
  const text = lines({ ...OPENING, 'spark.streaming.concurrentJobs': 2 });
  const from = text.indexOf('conf = (SparkConf().setAppName("weblog")');
  expect(text[from + 1]).toBe('    .set("spark.streaming.concurrentJobs", "2"))');
});

const withIntervals = (
  batchIntervalMs: number,
  windowIntervalMs: number,
  slideIntervalMs: number,
) => ({
  ...OPENING,
  batchIntervalMs,
  program: { ...OPENING.program, windowIntervalMs, slideIntervalMs },
});

test.each<[string, SparkConfig, string, string, string]>([
  [
    'slide 3 on batch 2 in PySpark',
    withIntervals(2000, 6000, 3000),
    'slideIntervalMs',
    "slideDuration must be multiple of the parent dstream's slide (batch) duration (2000 ms)",
    'ValueError, pyspark.streaming.DStream._validate_window_param',
  ],
  [
    'window 7 on batch 2 in PySpark',
    withIntervals(2000, 7000, 4000),
    'windowIntervalMs',
    "windowDuration must be multiple of the parent dstream's slide (batch) duration (2000 ms)",
    'ValueError, pyspark.streaming.DStream._validate_window_param',
  ],
  [
    'slide 3 on batch 2 in Scala',
    { ...withIntervals(2000, 6000, 3000), api: 'scala' },
    'slideIntervalMs',
    'The slide duration of windowed DStream (3000 ms) must be a multiple of the slide duration of parent DStream (2000 ms)',
    'java.lang.Exception, WindowedDStream',
  ],
  [
    'an inverse without a checkpoint directory',
    { ...OPENING, inverseFunction: true },
    'checkpoint',
    'requirement failed: The checkpoint directory has not been set. Please set it by StreamingContext.checkpoint().',
    'java.lang.IllegalArgumentException, DStream.validateAtStart',
  ],
])('%s is refused', (_name, config, field, message, source) => {
  expect(laneRefusals(config)).toEqual([{ field, message, source }]);
});

test('a slide that does not divide the window, and one longer than it, are accepted', () => {
  expect(laneRefusals(withIntervals(2000, 6000, 4000))).toEqual([]);
  expect(laneRefusals(withIntervals(2000, 4000, 6000))).toEqual([]);
});

test('a node needs its batch interval alone; the rest has the defaults of Spark', () => {
  const node = {
    id: 'spark',
    type: 'spark',
    program: 'count',
    source: { node: 'kafka', topic: 'weblog' },
    batchIntervalMs: 2000,
  };
  expect(v.parse(sparkSchema, node)).toEqual({ ...LANE, program: 'count' });
  expect(v.safeParse(sparkSchema, { ...node, batchInterval: 2 }).success).toBe(false);
  expect(v.safeParse(sparkSchema, { ...node, batchIntervalMs: 0 }).success).toBe(false);
});

test('every knob is a field of the node, and begins where the node begins', () => {
  const fields = new Map<string, unknown>(Object.entries(LANE));
  expect(sparkKnobs.map(({ field, initial }) => [field, fields.get(field) === initial])).toEqual(
    sparkKnobs.map(({ field }) => [field, true]),
  );
});
