import { playBench, type BenchResult } from './benches.ts';
import { readBenchScenario } from './scenario/benchScenario.ts';
import { problemText } from './scenario/problem.ts';
import { benchOfRecording, type Recording } from './scenario/recording.ts';
import { isSameData } from './scenario/sameData.ts';

export type Verdict = 'equal' | 'different' | 'not modelled';

/** What the simulator made of a recording. */
export interface Replay {
  readonly verdict: Verdict;
  /** A sentence on what is not modelled; empty for the other verdicts. */
  readonly why: string;
  /** Null where the simulator has no such component. */
  readonly result: BenchResult | null;
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
