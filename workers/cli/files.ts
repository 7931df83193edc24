// What the command reads from disk, the scenario and the log files of its inputs, and what it writes.

import { closeSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createLogParser, type LogFile } from '../input/logParser.ts';
import { readBenchScenario, type BenchScenario } from '../scenario/benchScenario.ts';
import { problemText, type Answer, type Problem } from '../scenario/problem.ts';
import { parseText, readPipelineOrBenchData, SCENARIO_TEXT_LIMIT } from '../scenario/reader.ts';
import { benchOfRecording, isRecording, readRecording } from '../scenario/recording.ts';
import { fileIdentity, isSameFile, withFile } from '../scenario/fileInput.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { Refusal, type CommandLine } from './commandLine.ts';

export interface ScenarioWithFiles {
  readonly scenario: Scenario;
  readonly files: ReadonlyMap<string, LogFile>;
  /** What a person should know, though the run goes on. */
  readonly notes: readonly string[];
}

/** @throws Refusal with a sentence for what cannot be taken */
export function readScenarioAndFiles({
  scenarioFile,
  inputFiles,
}: CommandLine): ScenarioWithFiles | BenchScenario {
  const read = readScenarioFile(scenarioFile);
  if ('kind' in read) return read;
  let scenario = read;
  const files = new Map<string, LogFile>();
  const notes: string[] = [];
  for (const [id, path] of inputFiles) {
    const input = scenario.inputs.find((entry) => entry.id === id);
    if (!input) throw new Refusal(`The scenario has no input ${id}.`);
    const file = readLogFile(path);
    if (file.notALog !== null) throw new Refusal(`${path} ${file.notALog}.`);
    files.set(id, file);
    notes.push(...fileNotes(id, file));
    const identity = fileIdentity(path.split('/').at(-1) ?? path, file);
    if (input.type === 'file' && !isSameFile(input, identity)) {
      notes.push(`${id}: this is not the file that the scenario names, ${input.name}.`);
    }
    scenario = withFile(scenario, id, identity);
  }
  for (const input of scenario.inputs) {
    if (input.type === 'file' && !files.has(input.id)) {
      throw new Refusal(
        `Input ${input.id} is the file ${input.name} of ${String(input.sizeBytes)} bytes; give it with --input ${input.id}=FILE.`,
      );
    }
  }
  return { scenario, files, notes };
}

function readScenarioFile(path: string): Scenario | BenchScenario {
  return onDisk(path, 'read', () => {
    if (statSync(path).size > SCENARIO_TEXT_LIMIT) {
      throw new Refusal(`${path} is longer than a scenario can be, which is 4 MB.`);
    }
    const answer = readAnyScenario(readFileSync(path, 'utf8'), basename(path, '.json'));
    return answer.ok ? answer.value : refuseScenario(path, answer.problems);
  });
}

/** The pipeline, the bench, or the bench of the recording called `name`. */
function readAnyScenario(text: string, name: string): Answer<Scenario | BenchScenario> {
  const input = parseText(text);
  if (!input.ok) return input;
  if (!isRecording(input.value)) return readPipelineOrBenchData(input.value);
  const read = readRecording(input.value);
  return read.ok ? readBenchScenario(benchOfRecording(name, read.value)) : read;
}

/** @throws Refusal that names the problems */
export function refuseScenario(path: string, problems: readonly Problem[]): never {
  throw new Refusal(
    `${path} is no scenario that can run: ${problems.map(problemText).join('; ')}.`,
  );
}

const CHUNK_BYTES = 1024 * 1024;

function readLogFile(path: string): LogFile {
  return onDisk(path, 'read', () => {
    const descriptor = openSync(path, 'r');
    try {
      const parser = createLogParser();
      const chunk = new Uint8Array(CHUNK_BYTES);
      for (;;) {
        const length = readSync(descriptor, chunk);
        if (length === 0) return parser.finish();
        parser.push(chunk.subarray(0, length));
      }
    } catch (error) {
      throw error instanceof RangeError ? new Refusal(`${path}: ${error.message}`) : error;
    } finally {
      closeSync(descriptor);
    }
  });
}

/** @throws Refusal where the file cannot be written */
export function writeFile(path: string, lines: readonly string[]): void {
  onDisk(path, 'written', () => {
    writeFileSync(path, `${lines.join('\n')}\n`);
  });
}

/** A file that is not there is the caller's affair, not ours. */
function onDisk<T>(path: string, verb: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
      throw new Refusal(`${path} cannot be ${verb}: ${error.code}.`);
    }
    throw error;
  }
}

function fileNotes(id: string, file: LogFile): string[] {
  const [first] = file.firstUnreadable;
  if (!first) return [];
  const all = file.unreadableCount + file.lines.length;
  return [
    `${id}: ${String(file.unreadableCount)} of ${String(all)} lines cannot be read; the first is line ${String(first.lineNumber)}, where ${first.reason}.`,
  ];
}
