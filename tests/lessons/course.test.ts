import { describe, expect, it } from 'vitest';
import type { Measure } from '../../lessons/lesson.ts';
import { course } from '../../lessons/course/index.ts';
import { lessonOf } from '../../src/lesson/catalogue.ts';
import { opensAt } from '../../src/lesson/courseLink.ts';
import { measureOf } from '../../src/lesson/measure.ts';
import { arrivalsOf } from '../../src/intervals/arrivals.ts';
import { refusalsOf } from '../../workers/assembly.ts';
import { unknownTargets } from '../../workers/faultTargets.ts';
import { decodeLink } from '../../workers/scenario/link/link.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';
import { recordings } from '../../reference/recordings.ts';
import { play } from './play.ts';

const scenes = course.flatMap((part) => part.scenes);
const scenarios = scenes.flatMap(({ heading, opens }) =>
  'scenario' in opens ? [[heading, opens.scenario] as const] : [],
);

function scenarioOf(heading: string): Scenario {
  const found = scenarios.find(([name]) => name === heading);
  if (!found) throw new Error(`no scene ${heading}`);
  return found[1];
}

it('has every heading of the course notes, in their order', () => {
  const headings = scenes.map(({ heading }) => heading);
  const notes = [
    ...['Kafka', 'Setting up a Kafka cluster', 'Publishing web logs to Kafka'],
    ...['Flume agents', 'Built-in sources', 'Built-in sinks', 'Avro', 'Setting up Flume'],
    'Using Flume to monitor a directory and store its data in HDFS',
    ...['Spark Streaming', 'DStreams: batch, slide and window interval', 'Structured Streaming'],
    'Analyze web logs published with Flume using Spark Streaming',
    'Monitor Flume-published logs for errors in real time',
    ...['Apache Storm', 'Trident', 'Storm vs Spark Streaming', 'Counting words with Storm'],
    ...['Flink: state snapshots', 'Flink vs Storm vs Spark Streaming', 'Counting words with Flink'],
  ];
  expect(headings.filter((heading) => notes.includes(heading))).toEqual(notes);
});

it.each(scenarios)('%s: runs, and its link brings the same scene', (_, scenario) => {
  expect(refusalsOf(scenario)).toEqual([]);
  expect(unknownTargets(scenario)).toEqual([]);
  const link = opensAt({ scenario });
  expect(link.length).toBeLessThan(500);
  const { content, notUnderstood } = decodeLink(link);
  expect(notUnderstood).toEqual([]);
  expect(content.ok && content.value.scenario).toEqual(scenario);
});

it('opens lessons and recordings that there are', () => {
  for (const { opens } of scenes) {
    if ('lesson' in opens) expect(lessonOf(opens.lesson), opens.lesson).not.toBeNull();
    if ('checked' in opens) expect([...recordings.keys()]).toContain(opens.checked);
  }
});

// What the sentences beside the headings say, held against the runs.
describe('says what its run does:', () => {
  const status = (lane: string, which: 'right' | 'lost') =>
    ({ kind: 'records with status', lane, status: which }) as const;
  const value = (heading: string, measure: Measure) =>
    measureOf(measure, play(scenarioOf(heading))) ?? NaN;
  const gauge = (name: string, atMs: number): Measure => ({ kind: 'gauge', gauge: name, atMs });

  it('all three partitions get lines', () => {
    const ends = [0, 1, 2].map((p) =>
      value('Kafka', gauge(`kafka/weblog-${String(p)}:end`, 39_000)),
    );
    expect(Math.min(...ends)).toBeGreaterThan(0);
  });

  it.each(['Setting up a Kafka cluster', 'Publishing web logs to Kafka', 'Avro', 'Built-in sinks'])(
    '%s: nothing is lost',
    (heading) => {
      expect(value(heading, status('flink', 'lost'))).toBe(0);
      // All but those of the last moments.
      expect(value(heading, status('flink', 'right'))).toBeGreaterThan(380);
    },
  );

  it('while Kafka is away lines wait in the channel', () => {
    const heading = 'Publishing web logs to Kafka';
    expect(value(heading, gauge('a1/c1:slots', 13_900))).toBeGreaterThan(
      value(heading, gauge('a1/c1:slots', 7900)) + 20,
    );
  });

  it('tail -F loses what was written before its last ten lines', () => {
    expect(value('Built-in sources', status('flink', 'lost'))).toBeGreaterThan(10);
  });

  it('while the second agent is away lines wait on the first', () => {
    expect(value('Avro', gauge('a1/c1:slots', 13_900))).toBeGreaterThan(
      value('Avro', gauge('a1/c1:slots', 7900)) + 20,
    );
  });

  it('Kafka has the lines at once, a file of HDFS is complete when it is rolled', () => {
    const at = (name: string, atMs: number) => value('Built-in sinks', gauge(name, atMs));
    expect(at('kafka/weblog-0:end', 9000)).toBeGreaterThan(50);
    expect(at('hdfs/weblog:files', 9000)).toBe(1);
    expect(at('hdfs/weblog:closed', 9000)).toBe(0);
    expect(at('hdfs/weblog:closed', 20_000)).toBeGreaterThan(50);
  });

  it('the spooling directory source reads whole files only', () => {
    const heading = 'Using Flume to monitor a directory and store its data in HDFS';
    // The first file is moved there after 10 s.
    expect(value(heading, gauge('hdfs/weblog:files', 9900))).not.toBeGreaterThan(0);
    expect(value(heading, gauge('hdfs/weblog:files', 14_000))).toBe(1);
    expect(value(heading, gauge('hdfs/weblog:closed', 40_000))).toBeGreaterThan(0);
  });

  it('what was open when a Storm worker died is counted again', () => {
    const calm = scenarioOf('Apache Storm');
    const crash = { type: 'crash', target: 'storm', atMs: 12_000, restartAfterMs: 1000 } as const;
    const twice = { kind: 'records with status', lane: 'storm', status: 'more than once' } as const;
    expect(measureOf(twice, play(calm))).toBe(0);
    expect(measureOf(twice, play({ ...calm, faults: [crash] }))).toBeGreaterThan(0);
  });

  it('of the errors only are there results', () => {
    const heading = 'Monitor Flume-published logs for errors in real time';
    const [lane] = play(scenarioOf(heading)).lanes;
    const keys = new Set(lane!.outputs.flatMap(({ rows }) => rows.map(([key]) => Number(key))));
    expect([...keys].every((key) => key >= 400)).toBe(true);
    expect(keys.size).toBeGreaterThan(1);
  });

  it('words are counted alike in Storm and in Flink', () => {
    const first = (heading: string) => {
      const [lane] = play(scenarioOf(heading)).lanes;
      return [...lane!.outputs[0]!.rows].sort(([a], [b]) => (a < b ? -1 : 1));
    };
    expect(first('Counting words with Storm')).toEqual(first('Counting words with Flink'));
  });

  it('with times of their own late lines count elsewhere in Flink than in Spark', () => {
    const model = play(scenarioOf('Flink vs Storm vs Spark Streaming'));
    const total = (id: string) =>
      model.lanes
        .find(({ lane }) => lane.id === id)!
        .outputs.find(({ startUs }) => startUs === 0)!
        .rows.reduce((sum, [, count]) => sum + count, 0);
    expect(total('flink')).not.toBe(total('spark'));
  });
});

describe('a scene without lanes', () => {
  const model = play(scenarioOf('Using Flume to monitor a directory and store its data in HDFS'));

  it('draws every line, as one kind', () => {
    const { classNames, classOf } = model.run.records;
    expect(classNames).toEqual(['line']);
    expect([...classOf].every((own) => own === 0)).toBe(true);
  });

  it('has the lines on its axis when they were written', () => {
    const { records } = model.run;
    const arrivals = arrivalsOf(model.index, records);
    expect(arrivals).toHaveLength(records.count);
    expect(arrivals.every(({ record, loggedUs }) => loggedUs === records.arrivalUs[record])).toBe(
      true,
    );
  });
});

it('draws the most frequent words as kinds of their own, in the order of the alphabet', () => {
  const { classNames, classOf } = play(scenarioOf('Counting words with Storm')).run.records;
  expect(classNames).toHaveLength(6);
  expect(classNames.at(-1)).toBe('others');
  expect(classNames.slice(0, -1)).toEqual([...classNames.slice(0, -1)].sort());
  expect(classNames).toContain('the');
  expect([...classOf].filter((own) => own === 5).length).toBeLessThan(classOf.length);
});
