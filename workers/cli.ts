// The simulator without a browser: `npm run --silent simulate -- SCENARIO.json` prints one JSON object,
// { "lanes": [{ "id", "outputs", "ledger", "metrics" }], "traceHash" }, and ends with status 2 and a
// sentence for a scenario or a file that it cannot take.

import { writeFileSync } from 'node:fs';
import { readCommandLine, Refusal } from './cli/commandLine.ts';
import { readScenarioAndFiles, refuseScenario } from './cli/files.ts';
import { unknownTargets } from './faultTargets.ts';
import { buildInputs, type FileReport } from './input/build.ts';
import { summaryOf } from './results/summary.ts';
import { createSimulation, type Simulation } from './simulation.ts';
import { linesOf } from './trace/text.ts';

try {
  const command = readCommandLine(process.argv.slice(2));
  const { scenario, files, notes } = readScenarioAndFiles(command);
  const problems = unknownTargets(scenario);
  if (problems.length > 0) refuseScenario(command.scenarioFile, problems);
  const { records, fileReports } = buildInputs(scenario, files);
  const simulation = createSimulation(scenario, records);
  simulation.advance();
  for (const note of [...notes, ...fileReports.flatMap(reportNotes)]) console.error(note);
  if (command.traceFile !== null) writeTrace(command.traceFile, simulation);
  console.log(JSON.stringify(summaryOf(simulation), null, 2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 2;
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

function writeTrace(path: string, simulation: Simulation): void {
  const { blocks, texts } = simulation.take();
  writeFileSync(path, `${linesOf(simulation.header, blocks, texts).join('\n')}\n`);
}
