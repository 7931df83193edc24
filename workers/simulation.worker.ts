import { expose, transfer } from 'comlink';
import { refusalsOf } from './assembly.ts';
import { unknownTargets } from './faultTargets.ts';
import { buildInputs, type BuiltInputs } from './input/build.ts';
import { createLogParser, type LogFile } from './input/logParser.ts';
import { pictureOf, transferablesOf } from './picture.ts';
import type { SimulationWorker } from './protocol.ts';
import { isSameFile } from './scenario/fileInput.ts';
import { problemText } from './scenario/problem.ts';
import type { Scenario } from './scenario/scenario.ts';
import { createSimulation, type Simulation } from './simulation.ts';

// This and bench.worker.ts are the only files that know that they are inside a worker. One run at a time; a run that was
// replaced is forgotten.

const files = new Map<string, LogFile>();
let running: { run: number; simulation: Simulation; inputs: BuiltInputs } | null = null;
let lastInputs: { key: string; inputs: BuiltInputs } | null = null;
let reading = { share: 0, isCancelled: false };

/** Records depend on the inputs alone: a slider that leaves them alone finds them ready. */
function inputsOf(scenario: Scenario): BuiltInputs {
  const hashes = scenario.inputs.map(({ id }) => files.get(id)?.sha256 ?? '');
  const key = JSON.stringify([
    scenario.seed,
    scenario.startEpochMs,
    scenario.durationMs,
    scenario.inputs,
    hashes,
  ]);
  if (lastInputs?.key !== key) lastInputs = { key, inputs: buildInputs(scenario, files) };
  return lastInputs.inputs;
}

function current(run: number): { simulation: Simulation; inputs: BuiltInputs } {
  if (running?.run !== run) throw new Error(`Run ${String(run)} was replaced by a newer one.`);
  return running;
}

const worker: SimulationWorker = {
  check: (scenario) => Promise.resolve(refusalsOf(scenario)),
  async begin(run, scenario, budget) {
    const problems = unknownTargets(scenario);
    if (problems.length > 0) throw new Error(problems.map(problemText).join(' '));
    const inputs = inputsOf(scenario);
    running = { run, simulation: createSimulation(scenario, inputs.records), inputs };
    return worker.more(run, budget);
  },
  more(run, { untilUs, eventsMax }) {
    const { simulation } = current(run);
    simulation.advance(untilUs, eventsMax);
    const records = simulation.records.count;
    return Promise.resolve({
      records,
      reachedUs: simulation.untilUs,
      isFinished: simulation.isFinished,
    });
  },
  picture(run) {
    const { simulation, inputs } = current(run);
    const picture = pictureOf(simulation, inputs.fileReports);
    return Promise.resolve(transfer(picture, transferablesOf(picture)));
  },
  viewAt: (run, timeUs, part) => Promise.resolve(current(run).simulation.viewAt(timeUs, part)),
  lineOf: (run, record) => Promise.resolve(current(run).inputs.records.lines[record] ?? ''),

  async openFile(input, file, meant) {
    const mine = { share: 0, isCancelled: false };
    reading.isCancelled = true; // A second file replaces the first, however far it was.
    reading = mine;
    const parser = createLogParser();
    const reader = (file as File).stream().getReader();
    let done = 0;
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (mine.isCancelled) {
        await reader.cancel();
        throw new Error('Reading the file was cancelled.');
      }
      parser.push(piece.value);
      done += piece.value.length;
      mine.share = done / Math.max(1, file.size);
      await breathe();
    }
    const log = parser.finish();
    const isTaken = log.notALog === null && (meant === null || isSameFile(meant, log));
    if (isTaken) files.set(input, log);
    const { sizeBytes, sha256, lines, unreadableCount, firstUnreadable, notALog } = log;
    return {
      name: file.name,
      sizeBytes,
      sha256,
      lines: lines.length,
      unreadableCount,
      firstUnreadable,
      notALog,
      isTaken,
    };
  },
  fileProgress: () => Promise.resolve(reading.share),
  cancelFile() {
    reading.isCancelled = true;
    return Promise.resolve();
  },
};

/** Lets calls that came meanwhile (progress, cancel) be answered. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

expose(worker);
