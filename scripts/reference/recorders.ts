// The programs that run the real engines, one row each. A recorder is a command that takes one argument, the path of a
// file, and writes one recording a line there, as JSON with the name of its case besides.

import { recordedEngines } from '../../workers/scenario/recording.ts';

export type Need = 'JDK 17' | 'Maven' | 'Python 3' | 'network';

export interface Recorder {
  /** `reference/<dir>` holds the program, `reference/recordings/<dir>` what it recorded. */
  readonly dir: string;
  readonly engine: string;
  /** The file that is there when the recorder is. */
  readonly entry: string;
  readonly needs: readonly Need[];
  /** The words of the command that writes to `file`; it runs in the project's folder. */
  readonly command: (file: string) => readonly string[];
}

/** A Java program: its `pom.xml` compiles it and runs it. */
const maven = (dir: string) => ({
  entry: `reference/${dir}/pom.xml`,
  needs: ['JDK 17', 'Maven', 'network'] as const,
  command: (file: string) => [
    ...['mvn', '-q', '-B', '-f', `reference/${dir}/pom.xml`],
    ...['compile', 'exec:exec', `-Dout=${file}`],
  ],
});

/** A Python program, which makes its own environment with the packages that it pins, and starts the Java ones beside it. */
const python = (dir: string) => ({
  entry: `reference/${dir}/record.py`,
  needs: ['JDK 17', 'Maven', 'Python 3', 'network'] as const,
  command: (file: string) => ['python3', `reference/${dir}/record.py`, file],
});

const kinds: Record<(typeof recordedEngines)[number]['dir'], typeof maven | typeof python> = {
  spark: python,
  'structured-streaming': python,
  flink: maven,
  storm: maven,
  trident: maven,
  kafka: maven,
  flume: maven,
};

export const recorders: readonly Recorder[] = recordedEngines.map(({ dir, engine }) => ({
  dir,
  engine,
  ...kinds[dir](dir),
}));
