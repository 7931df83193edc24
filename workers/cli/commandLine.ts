// What is asked for: SCENARIO.json [--input ID=FILE]… [--trace FILE]

export interface CommandLine {
  readonly scenarioFile: string;
  /** The file to take for an input, by the input's id. */
  readonly inputFiles: ReadonlyMap<string, string>;
  readonly traceFile: string | null;
}

/** Whoever calls the command can mend this: the sentence says how. The command ends with status 2. */
export class Refusal extends Error {}

const USAGE = 'usage: simulate SCENARIO.json [--input ID=FILE] [--trace FILE]';

/** @throws Refusal for arguments that are no command */
export function readCommandLine(words: readonly string[]): CommandLine {
  const inputFiles = new Map<string, string>();
  const scenarioFiles: string[] = [];
  let traceFile: string | null = null;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('--')) {
      scenarioFiles.push(word);
      continue;
    }
    const value = words[++at];
    if (word !== '--input' && word !== '--trace') {
      throw new Refusal(`There is no option ${word}; ${USAGE}.`);
    }
    if (value === undefined) throw new Refusal(`${word} needs a value; ${USAGE}.`);
    if (word === '--trace') {
      traceFile = value;
      continue;
    }
    const [, id, file] = /^([^=]+)=(.+)$/s.exec(value) ?? [];
    if (id === undefined || file === undefined) {
      throw new Refusal(`--input is written ID=FILE, and this is ${value}.`);
    }
    inputFiles.set(id, file);
  }
  const [scenarioFile] = scenarioFiles;
  if (scenarioFile === undefined || scenarioFiles.length > 1) {
    throw new Refusal(`Exactly one scenario is simulated; ${USAGE}.`);
  }
  return { scenarioFile, inputFiles, traceFile };
}
