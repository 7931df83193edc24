import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { playBench } from '../../workers/benches.ts';
import { readBenchScenario } from '../../workers/scenario/benchScenario.ts';

const ROOT = 'reference/recordings';

/** One recording of a real engine: a bench scenario, and what the real component did. */
export interface Recording {
  /** `spark/big-test` */
  readonly name: string;
  readonly engine: string;
  readonly says: string;
  readonly component: string;
  readonly config: unknown;
  readonly script: readonly unknown[];
  readonly answers?: readonly unknown[];
  readonly refusal?: string;
}

export type Verdict = 'equal' | 'different' | 'not modelled';

export function recordings(): Recording[] {
  if (!existsSync(ROOT)) return [];
  return readdirSync(ROOT).flatMap((engine) =>
    readdirSync(join(ROOT, engine)).map((file): Recording => {
      const content = JSON.parse(readFileSync(join(ROOT, engine, file), 'utf8')) as Recording;
      return { ...content, name: `${engine}/${file.replace(/\.json$/u, '')}` };
    }),
  );
}

/** What the simulator does with a recording's script, through the entry that anybody uses. */
export function replay({ name, component, config, script }: Recording) {
  const read = readBenchScenario({
    version: 1,
    kind: 'bench',
    title: name,
    component,
    config,
    script,
  });
  return read.ok ? playBench(read.value) : undefined;
}

export function verdictOn(recording: Recording): Verdict {
  const result = replay(recording);
  if (!result) return 'not modelled';
  if ('refusal' in result) return result.refusal === recording.refusal ? 'equal' : 'different';
  return JSON.stringify(result.answers.map(rowsInOrder)) === JSON.stringify(recording.answers)
    ? 'equal'
    : 'different';
}

/** A bench tells more than a recording holds (how many results were merged); of rows the recording keeps them by key. */
function rowsInOrder(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || !('rows' in answer)) return answer;
  return (answer.rows as readonly (readonly [string, unknown])[]).toSorted(([a], [b]) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
}
