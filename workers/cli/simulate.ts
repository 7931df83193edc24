// One call of the command, from its words to what it prints.

import { refusalsOf } from '../assembly.ts';
import { benches, playBench } from '../benches.ts';
import { unknownTargets } from '../faultTargets.ts';
import { buildInputs, type FileReport } from '../input/build.ts';
import { summaryOf } from '../results/summary.ts';
import type { BenchScenario } from '../scenario/benchScenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { createSimulation } from '../simulation.ts';
import { linesOf } from '../trace/text.ts';
import { readCommandLine, Refusal } from './commandLine.ts';
import { readScenarioAndFiles, refuseScenario, writeFile } from './files.ts';

export interface Printed {
  readonly status: 0 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the scenario that the words name; status 2 and a sentence where it cannot be taken. */
export function simulate(words: readonly string[]): Printed {
  try {
    return run(words);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 2, stdout: '', stderr: `${error.message}\n` };
  }
}

function run(words: readonly string[]): Printed {
  const command = readCommandLine(words);
  const read = readScenarioAndFiles(command);
  if ('kind' in read) return bench(command.scenarioFile, read);
  const { scenario, files, notes } = read;
  const problems = unknownTargets(scenario);
  if (problems.length > 0) refuseScenario(command.scenarioFile, problems);
  const { records, fileReports } = buildInputs(scenario, files);
  const simulation = createSimulation(scenario, records);
  simulation.advance();
  if (command.traceFile !== null) {
    const { blocks, texts } = simulation.take();
    writeFile(command.traceFile, linesOf(simulation.header, blocks, texts));
  }
  return {
    status: 0,
    stdout: `${JSON.stringify(summaryOf(simulation), null, 2)}\n`,
    stderr: [...notes, ...fileReports.flatMap(reportNotes), ...refusalNotes(scenario)]
      .map((note) => `${note}\n`)
      .join(''),
  };
}

/** What keeps a node from running: a lane prints it, and the others have no other place for it. */
function refusalNotes(scenario: Scenario): string[] {
  const lanes = new Set(scenario.nodes.flatMap((node) => ('program' in node ? [node.id] : [])));
  return refusalsOf(scenario)
    .filter(({ node }) => !lanes.has(node))
    .map(({ node, message }) => `${node} does not run: ${message}`);
}

/** A bench prints its component's answers, or its refusal: that is what one asks a bench for. */
function bench(path: string, scenario: BenchScenario): Printed {
  const result = playBench(scenario);
  if (!result) {
    const known = benches.map(({ component }) => component).join(', ');
    throw new Refusal(`${path}: there is no component ${scenario.component}; there are ${known}.`);
  }
  if ('misread' in result) throw new Refusal(`${path}: ${result.misread}`);
  return { status: 0, stdout: `${JSON.stringify(result, null, 2)}\n`, stderr: '' };
}

function reportNotes({ input, shortened, afterEndCount }: FileReport): string[] {
  const notes: string[] = [];
  if (shortened.count > 0) {
    notes.push(
      `${input}: ${String(shortened.count)} pauses are shortened by ${String(shortened.removedMs / 1000)} s in all.`,
    );
  }
  if (afterEndCount > 0) {
    notes.push(
      `${input}: ${String(afterEndCount)} lines would arrive after the end and are left out.`,
    );
  }
  return notes;
}
