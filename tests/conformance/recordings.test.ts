import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recordings } from '../../reference/recordings.ts';
import { laidOut } from '../../scripts/reference/layout.ts';
import { simulate } from '../../workers/cli/simulate.ts';
import { replay } from '../../workers/conformance.ts';
import {
  encodeLink,
  LINK_LIMIT_CHARACTERS,
  NOTHING_SAID,
} from '../../workers/scenario/link/link.ts';
import {
  benchOfRecording,
  readRecording,
  recordedEngines,
  recordingTopics,
  type Recording,
} from '../../workers/scenario/recording.ts';
import { isSameData } from '../../workers/scenario/sameData.ts';

const all = [...recordings];

/** The topics that concern an engine: each has at least two recordings. */
const topicsOf: Record<Recording['engine'], readonly Recording['topic'][]> = {
  'Spark Streaming': [
    'interval validation and its exact messages',
    'first partial windows',
    'inverse reduce, also with slide larger than window',
    'window alignment',
    'boundary records',
    'late records',
    'restart and what repeats',
    'state timeouts',
    'tumbling and sliding count and time windows',
    'configuration mistakes',
  ],
  'Structured Streaming': [
    'interval validation and its exact messages',
    'window alignment',
    'boundary records',
    'late records',
    'lateness',
    'session merging',
    'idleness',
    'watermarks of several inputs',
    'restart and what repeats',
    'output modes and triggers',
    'state timeouts',
    'tumbling and sliding count and time windows',
    'configuration mistakes',
  ],
  Flink: [
    'interval validation and its exact messages',
    'first partial windows',
    'window alignment',
    'boundary records',
    'late records',
    'lateness',
    'session merging',
    'idleness',
    'timer ties',
    'watermarks of several inputs',
    'barrier alignment',
    'restart and what repeats',
    'output modes and triggers',
    'tumbling and sliding count and time windows',
    'keyed and null-key partitioning',
    'transactions',
    'configuration mistakes',
  ],
  Storm: [
    'interval validation and its exact messages',
    'first partial windows',
    'window alignment',
    'boundary records',
    'late records',
    'lateness',
    'idleness',
    'watermarks of several inputs',
    'barrier alignment',
    'restart and what repeats',
    'acker and timeout',
    'tumbling and sliding count and time windows',
    'groupings',
    'compaction, retention',
    'configuration mistakes',
  ],
  Trident: [
    "Trident's three spouts by three states",
    'restart and what repeats',
    'acker and timeout',
    'groupings',
    'first partial windows',
    'tumbling and sliding count and time windows',
    'configuration mistakes',
  ],
  Kafka: [
    'keyed and null-key partitioning',
    'assignors',
    'replica placement',
    'ISR and high watermark on a crash',
    'compaction, retention',
    'transactions',
    'restart and what repeats',
    'configuration mistakes',
  ],
  Flume: [
    'channel capacity, batch sizes, rollback',
    'selectors',
    'interceptors',
    'sink groups',
    'HDFS rolls and paths',
    'transactions',
    'restart and what repeats',
    'configuration mistakes',
  ],
};

const CASES_MIN = 30;

describe('the recordings', () => {
  test.each(all)('%s obeys the schema and is laid out as the recorders do', (name) => {
    const text = readFileSync(`reference/recordings/${name}.json`, 'utf8');
    const read = readRecording(JSON.parse(text));
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    expect(text).toBe(laidOut(read.value));
    const { dir } = recordedEngines.find(({ engine }) => engine === read.value.engine) ?? {};
    expect(name.split('/')[0]).toBe(dir);
  });

  test('stand in the folders of the engines and nowhere else', () => {
    const folders: readonly string[] = recordedEngines.map(({ dir }) => dir);
    expect(readdirSync('reference/recordings').filter((dir) => !folders.includes(dir))).toEqual([]);
  });

  test('leave out no topic', () => {
    const concerned = new Set(Object.values(topicsOf).flat());
    const { length } = recordingTopics.filter((topic) => concerned.has(topic));
    // The last one gathers what no other names.
    expect(length).toBe(recordingTopics.length - 1);
  });

  test.each(recordedEngines)('of $engine are many, and two of each topic', ({ engine }) => {
    const own = all.filter(([, recording]) => recording.engine === engine);
    expect(own.length).toBeGreaterThanOrEqual(CASES_MIN);
    const rare = topicsOf[engine].filter(
      (topic) => own.filter(([, recording]) => recording.topic === topic).length < 2,
    );
    expect(rare).toEqual([]);
    const concerning = [...topicsOf[engine], 'derived, racy or recalled'];
    expect(own.filter(([, { topic }]) => !concerning.includes(topic))).toEqual([]);
  });

  test.each(recordedEngines)('of $engine are modelled for the most part', ({ engine }) => {
    const own = all.filter(([, recording]) => recording.engine === engine);
    const equal = own.filter(([name, recording]) => replay(name, recording).verdict === 'equal');
    expect(equal.length).toBeGreaterThanOrEqual((own.length * 2) / 3);
  });
});

describe('what the real engines were recorded to do', () => {
  const later = all.filter(([, { since }]) => since !== undefined);

  test.each(later)('%s has a twin of the simulated version, which is equal', (name, recording) => {
    const twin = all.find(([other]) => other === name.replace(/-\d+$/, ''));
    if (!twin) throw new Error(`${name} has no twin`);
    const [, { component, config, script, version }] = twin;
    expect({ component, config, script }).toEqual({
      component: recording.component,
      config: recording.config,
      script: recording.script,
    });
    expect(version).not.toBe(recording.version);
    expect(replay(...twin).verdict).toBe('equal');
  });

  test('is about components that the simulator names like the engines', () => {
    for (const [, { component }] of all)
      expect(component).toMatch(/^(spark|flink|storm|kafka|flume)\//);
  });

  test.each(all)('%s', (name, recording) => {
    const { verdict, result } = replay(name, recording);
    if (verdict === 'different') expect(result).toEqual(recording); // Shows both.
    expect(verdict).not.toBe('different');
  });

  test('is played on the command line as it lies there', () => {
    for (const [name, recording] of all) {
      const { result } = replay(name, recording);
      const { status, stdout, stderr } = simulate([`reference/recordings/${name}.json`]);
      if (result === null) expect(stderr).toContain(`there is no component ${recording.component}`);
      else expect(JSON.parse(stdout), name).toEqual(JSON.parse(JSON.stringify(result)));
      expect(status, name).toBe(result === null ? 2 : 0);
    }
  });

  test('fits into links', () => {
    const tooLong = all.filter(([name, recording]) => {
      const scenario = benchOfRecording(name, recording);
      return encodeLink({ ...NOTHING_SAID, scenario }).length > LINK_LIMIT_CHARACTERS;
    });
    expect(tooLong).toEqual([]);
  });
});

describe('a comparison', () => {
  const recording: Recording = {
    engine: 'Flink',
    version: '1.20.1',
    topic: 'watermarks of several inputs',
    says: 'The least of the inputs counts.',
    clock: 'manual',
    component: 'flink/watermark-valve',
    config: { channels: 1 },
    script: [{ channel: 0, watermarkMs: 7 }],
    answers: [],
  };
  const truth = replay('flink/one', recording).result;
  const answers = truth !== null && 'answers' in truth ? truth.answers : [];
  const verdictOn = (changes: object) =>
    replay('flink/one', { ...recording, answers: [...answers], ...changes }).verdict;

  test('is exact', () => {
    expect(verdictOn({})).toBe('equal');
    expect(verdictOn({ answers: [[]] })).toBe('different');
    expect(verdictOn({ answers: undefined, refusal: 'No.' })).toBe('different');
    expect(verdictOn({ script: [{}] })).toBe('different');
  });

  test('tells what is not modelled from what is different', () => {
    expect(verdictOn({ component: 'flink/perpetuum-mobile' })).toBe('not modelled');
    expect(verdictOn({ answers: [[]], since: 'Flink 9 emits nothing.' })).toBe('not modelled');
    expect(verdictOn({ since: 'Flink 9 emits the same.' })).toBe('equal');
  });

  test.each([
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
    [[1, 2], [2, 1], false],
    [{ a: 1 }, { a: 1, b: null }, false],
    [{ a: 1 }, { b: 1 }, false],
    [[], {}, false],
    [null, {}, false],
    ['1', 1, false],
  ])('of %j with %j', (a, b, isSame) => {
    expect(isSameData(a, b)).toBe(isSame);
  });
});
