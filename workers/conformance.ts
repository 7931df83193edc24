import { playBench, type BenchResult } from './benches.ts';
import { readBenchScenario, type BenchScenario } from './scenario/benchScenario.ts';
import { problemText } from './scenario/problem.ts';
import type { Recording } from './scenario/recording.ts';

export type Verdict = 'equal' | 'different' | 'not modelled';

/** What the simulator made of a recording. */
export interface Replay {
  readonly verdict: Verdict;
  /** A sentence on what is not modelled; empty for the other verdicts. */
  readonly why: string;
  /** Null where the simulator has no such component. */
  readonly result: BenchResult | null;
}

const TITLE_CHARACTERS = 100;

/** A recording is a bench scenario that anybody can open; `name` is its folder and file, `kafka/partition-of-a-key`. */
export function benchOfRecording(name: string, recording: Recording): BenchScenario {
  const { engine, version, component, config, script } = recording;
  const words = name.slice(name.indexOf('/') + 1).replaceAll('-', ' ');
  const title = `${engine} ${version}: ${words}`.slice(0, TITLE_CHARACTERS);
  return { version: 1, kind: 'bench', title, component, config, script };
}

/** Replays a recording through the entry that everybody uses, and compares what was done: exactly, without a tolerance. */
export function replay(name: string, recording: Recording): Replay {
  const read = readBenchScenario(benchOfRecording(name, recording));
  if (!read.ok) throw new Error(`${name}: ${read.problems.map(problemText).join('; ')}`);
  const result = playBench(read.value) ?? null;
  if (result === null) {
    const why = `Nothing here models ${recording.component} yet.`;
    return { verdict: 'not modelled', why, result };
  }
  const { answers, refusal } = recording;
  const isEqual =
    'answers' in result
      ? answers !== undefined && isSameData(asJson(result.answers), answers)
      : 'refusal' in result && result.refusal === refusal;
  if (isEqual) return { verdict: 'equal', why: '', result };
  // The simulator goes by an older version, which did otherwise.
  if (recording.since !== undefined) {
    return { verdict: 'not modelled', why: recording.since, result };
  }
  return { verdict: 'different', why: '', result };
}

/** A recording was JSON once: what JSON cannot say cannot have been recorded. */
function asJson(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data)) as unknown;
}

/** Whether two pieces of plain data are the same; the order of an object's fields says nothing. */
export function isSameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const fields = Object.entries(a);
  const others = new Map(Object.entries(b));
  return (
    fields.length === others.size &&
    fields.every(([key, value]) => others.has(key) && isSameData(value, others.get(key)))
  );
}
