// What a real engine was recorded to do: a bench scenario, and the answers or the refusal that the real component gave.
// The recorders write it, `npm run reference` lays it out, and `npm run conformance` and the page replay it.

import * as v from 'valibot';
import type { BenchScenario } from './benchScenario.ts';
import { problemOfIssue, PROBLEMS_SHOWN, type Answer, type Problem } from './problem.ts';

/** The engines on record, in the order of the table; each with the folder of its recorder and its recordings. */
export const recordedEngines = [
  { dir: 'spark', engine: 'Spark Streaming' },
  { dir: 'structured-streaming', engine: 'Structured Streaming' },
  { dir: 'flink', engine: 'Flink' },
  { dir: 'storm', engine: 'Storm' },
  { dir: 'trident', engine: 'Trident' },
  { dir: 'kafka', engine: 'Kafka' },
  { dir: 'flume', engine: 'Flume' },
] as const;

/** What recordings are about. */
export const recordingTopics = [
  'interval validation and its exact messages',
  'first partial windows',
  'inverse reduce, also with slide larger than window',
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
  'state timeouts',
  'acker and timeout',
  'tumbling and sliding count and time windows',
  'groupings',
  "Trident's three spouts by three states",
  'keyed and null-key partitioning',
  'assignors',
  'replica placement',
  'ISR and high watermark on a crash',
  'compaction, retention',
  'transactions',
  'channel capacity, batch sizes, rollback',
  'selectors',
  'interceptors',
  'sink groups',
  'HDFS rolls and paths',
  'configuration mistakes',
  'derived, racy or recalled',
] as const;

const TITLE_CHARACTERS = 100;

const sentence = v.pipe(v.string(), v.regex(/^[^\n]{10,400}$/, 'a sentence is expected'));
const version = v.pipe(v.string(), v.regex(/^\d+(\.\d+)+$/, 'a version like 3.9.1 is expected'));
const steps = v.array(v.unknown());

export const recordingSchema = v.pipe(
  v.strictObject({
    engine: v.picklist(recordedEngines.map(({ engine }) => engine)),
    version,
    /** Other versions that were recorded in the same run and answered the very same. */
    alike: v.exactOptional(v.pipe(v.array(version), v.nonEmpty('at least one is expected'))),
    /** What changed between the version that the simulator models and this one. */
    since: v.exactOptional(sentence),
    topic: v.picklist(recordingTopics),
    /** What it shows. */
    says: sentence,
    /** Where the real clock ran, order is recorded; times are not, but for whole seconds of sleep. */
    clock: v.picklist(['manual', 'real']),
    component: v.pipe(
      v.string(),
      v.regex(/^[a-z]+\/[a-z0-9-]+$/, 'a component like kafka/partitioner is expected'),
    ),
    config: v.record(v.string(), v.unknown()),
    script: steps,
    /** What the real engine did, one a step … */
    answers: v.exactOptional(steps),
    /** … or the message with which it refused. */
    refusal: v.exactOptional(v.pipe(v.string(), v.nonEmpty('a message is expected'))),
  }),
  v.check(
    ({ answers, refusal }) => (answers === undefined) !== (refusal === undefined),
    'either answers or a refusal is expected',
  ),
  v.check(
    ({ script, answers }) => answers === undefined || answers.length === script.length,
    'one answer a step is expected',
  ),
  v.check(
    (recording) => holdsExactNumbers(recording),
    'a number that no double holds exactly must be written as text',
  ),
);

export type Recording = v.InferOutput<typeof recordingSchema>;

/** Whether somebody means a recording, so that its problems are told and not those of a pipeline. */
export function isRecording(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'says' in input && 'component' in input;
}

export function readRecording(input: unknown): Answer<Recording> {
  const parsed = v.safeParse(recordingSchema, input);
  if (parsed.success) return { ok: true, value: parsed.output };
  return { ok: false, problems: parsed.issues.map(problem).slice(0, PROBLEMS_SHOWN) };
}

/** A recording is a bench scenario that anybody can open; `name` is its folder and file, `kafka/partition-of-a-key`. */
export function benchOfRecording(name: string, recording: Recording): BenchScenario {
  const { engine, version, component, config, script } = recording;
  const words = name.slice(name.indexOf('/') + 1).replaceAll('-', ' ');
  const title = `${engine} ${version}: ${words}`.slice(0, TITLE_CHARACTERS);
  return { version: 1, kind: 'bench', title, component, config, script };
}

function problem(issue: v.BaseIssue<unknown>): Problem {
  const { path, message } = problemOfIssue(issue);
  return { path, message: message.replace('of a scenario', 'of a recording') };
}

function holdsExactNumbers(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(holdsExactNumbers);
}
