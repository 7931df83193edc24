import { spawnSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import type { Need } from './recorders.ts';

/** What a recorder needs of the machine: whether it is there, and the sentence for when it is not. */
const checks: Record<Need, { isThere: () => boolean; sentence: string }> = {
  'JDK 17': {
    isThere: () => /^javac 17\b/mu.test(outputOf('javac', '-version')),
    sentence: 'A JDK 17 is needed: `javac -version` must say 17.',
  },
  Maven: {
    isThere: () => outputOf('mvn', '-v').includes('Apache Maven'),
    sentence: 'Maven is needed: `mvn -v` must answer.',
  },
  'Python 3': {
    isThere: () => /^Python 3\.\d/mu.test(outputOf('python3', '--version')),
    sentence: 'Python 3 is needed: `python3 --version` must answer.',
  },
  network: {
    isThere: () =>
      Object.values(networkInterfaces())
        .flat()
        .some((each) => each?.internal === false),
    sentence: 'A network is needed: the engines come from Maven Central and PyPI.',
  },
};

/** A sentence for each thing that is missing. */
export function missing(needs: readonly Need[]): string[] {
  return [...new Set(needs)].flatMap((need) =>
    checks[need].isThere() ? [] : [checks[need].sentence],
  );
}

function outputOf(command: string, ...words: readonly string[]): string {
  const { stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  // A command that is not there has no output at all.
  return [stdout, stderr].join('\n');
}
