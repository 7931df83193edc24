import { resolvedConfig, type Lane } from './assembly.ts';
import { engineOf } from './engines/registry.ts';
import { applyChain } from './functions/chain.ts';
import type { FileReport } from './input/build.ts';
import { present } from './kernel/assert.ts';
import type { LanePicture, NodePicture, Picture, PictureRecords } from './protocol.ts';
import { latencyOf } from './results/latency.ts';
import { ledgerOf } from './results/ledger.ts';
import { countLosses } from './results/summary.ts';
import type { Scenario } from './scenario/scenario.ts';
import type { Simulation } from './simulation.ts';

/** What the page draws of a simulation, as far as it got. Takes the trace written since the last picture. */
export function pictureOf(simulation: Simulation, fileReports: readonly FileReport[]): Picture {
  const { scenario, untilUs, isFinished, header } = simulation;
  const { blocks, texts } = simulation.take();
  return {
    reachedUs: untilUs,
    isFinished,
    header,
    blocks,
    texts: texts.slice(),
    traceHash: simulation.hash(),
    records: recordsPicture(simulation),
    lanes: simulation.lanes.map((lane) => lanePicture(lane, simulation)),
    nodes: scenario.nodes.map((node) => nodePicture(node, scenario)),
    shared: { lost: countLosses(simulation.losses.losses) },
    fileReports,
  };
}

/** The buffers that the page may own from now on: they move instead of being copied. */
export function transferablesOf(picture: Picture): ArrayBuffer[] {
  const columns: ArrayBufferView[] = picture.blocks.flatMap((block) => [
    block.kinds,
    block.subjects,
    block.records,
    block.timesUs,
    block.values,
  ]);
  for (const { ledger, occurrences } of picture.lanes) {
    const { records, countedFirst, countedLast, atUs, undoneUs } = occurrences;
    columns.push(ledger.timesUs, ledger.records, ledger.statuses, ledger.counts);
    columns.push(records, countedFirst, countedLast, atUs, undoneUs);
  }
  return columns.map((column) => column.buffer as ArrayBuffer);
}

function recordsPicture({ scenario, records }: Simulation): PictureRecords {
  const { count, arrivalUs, eventTimeUs } = records;
  const program = scenario.programs[0];
  // Where nothing is computed a line is a line.
  if (!program)
    return { count, arrivalUs, eventTimeUs, keyOf: new Int32Array(count), keys: ['line'] };
  const keyOf = new Int32Array(count).fill(-1);
  const { first, keyIds, keys } = applyChain(program.functions, records);
  for (let record = 0; record < count; record += 1) {
    if (first[record]! < first[record + 1]!) keyOf[record] = keyIds[first[record]!]!;
  }
  return { count, arrivalUs, eventTimeUs, keyOf, keys };
}

function lanePicture(
  { id, type, book, refusals, program }: Lane,
  simulation: Simulation,
): LanePicture {
  const bookings = book.bookings();
  const { records, countedFirst, countedLast, atUs, undoneUs } = bookings.occurrences;
  return {
    id,
    type,
    windowIntervalMs: program.windowIntervalMs,
    slideIntervalMs: program.slideIntervalMs,
    refusals,
    outputs: bookings.outputs,
    ledger: ledgerOf(
      bookings,
      simulation.records.arrivalUs,
      simulation.losses.losses,
      simulation.untilUs,
    ),
    occurrences: {
      records: records.slice(),
      countedFirst: countedFirst.slice(),
      countedLast: countedLast.slice(),
      atUs: atUs.slice(),
      undoneUs: undoneUs.slice(),
    },
    metrics: {
      latencyMs: latencyOf(bookings, simulation.records.eventTimeUs),
      recordsTouched: bookings.touched,
      stateHeld: { now: bookings.heldNow, max: bookings.heldMax },
    },
  };
}

function nodePicture(node: Scenario['nodes'][number], scenario: Scenario): NodePicture {
  const engine = present(engineOf(node.type), `an engine for ${node.type}`);
  const { type, version, omissions, knobs } = engine;
  const config = resolvedConfig(node, scenario);
  return { id: node.id, type, version, omissions, knobs, program: engine.programText(config) };
}
