import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../workers/assembly.ts';
import { buildInputs } from '../../workers/input/build.ts';
import type { Records } from '../../workers/input/records.ts';
import { createKernel } from '../../workers/kernel/kernel.ts';
import { ledgerOf } from '../../workers/results/ledger.ts';
import { summaryOf } from '../../workers/results/summary.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';
import { createSimulation, type Simulation } from '../../workers/simulation.ts';
import { entryKinds } from '../../workers/trace/format.ts';
import { linesOf } from '../../workers/trace/text.ts';
import { lawCases } from './lawScenarios.ts';

function recordsOf(scenario: Scenario): Records {
  return buildInputs(scenario, new Map()).records;
}

function finished(scenario: Scenario, records = recordsOf(scenario)): Simulation {
  const simulation = createSimulation(scenario, records);
  simulation.advance();
  return simulation;
}

describe.each(lawCases)('$name', ({ scenario }) => {
  const records = recordsOf(scenario);
  const whole = finished(scenario, records);
  const summary = summaryOf(whole);

  test('the same scenario gives the same trace and results', () => {
    expect(summaryOf(finished(scenario))).toEqual(summary);
  });

  test('slicing does not matter', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 20, max: 4000 }), { minLength: 1, maxLength: 9 }),
        (sizes) => {
          const sliced = createSimulation(scenario, records);
          for (let i = 0; !sliced.advance(Infinity, sizes[i % sizes.length]); i += 1) sliced.take();
          expect(summaryOf(sliced)).toEqual(summary);
        },
      ),
      { numRuns: 2 },
    );
  });

  test('taken up at a keyframe, a run goes on as if nothing had been', () => {
    for (const share of [0.4, 0.65]) {
      const atUs = Math.round(scenario.durationMs * 1000 * share);
      const endUs = scenario.durationMs * 1000;
      const first = assemble(scenario, records);
      const straight = createKernel(first.setup);
      straight.advance(atUs, Infinity);
      const keyframe = straight.keyframe(true);
      first.recorder.takeBlocks();
      const second = assemble(scenario, records);
      const restored = createKernel(second.setup, keyframe);
      straight.advance(endUs, Infinity);
      restored.advance(endUs, Infinity);
      expect(linesOf(second.header, second.recorder.takeBlocks(), second.recorder.texts)).toEqual(
        linesOf(first.header, first.recorder.takeBlocks(), first.recorder.texts),
      );
      expect(second.lanes.map(({ book }) => book.bookings())).toEqual(
        first.lanes.map(({ book }) => book.bookings()),
      );
    }
  });

  test('a look at the past shows what a run straight up to there shows', () => {
    const end = createSimulation(scenario, records);
    // From a late moment back to an early one, and forth again: looks start at each other's keyframes.
    for (const share of [0.62, 0.21, 0.4]) {
      const atUs = Math.round(scenario.durationMs * 1000 * share);
      const { setup } = assemble(scenario, records, true);
      const straight = createKernel(setup);
      straight.advance(atUs, Infinity);
      for (const { id, node } of whole.header.parts) {
        const engine = setup.members.find((member) => member.node === node)!.engine;
        const view = engine.view(straight.state(node) as object, id, straight.environment(node));
        expect(end.viewAt(atUs, id)).toEqual(view);
      }
    }
  });

  test('claims hold after every event', () => {
    const { setup } = assemble(scenario, records);
    const kernel = createKernel(setup, undefined, (running) => {
      for (const { engine, node } of setup.members) {
        for (const claim of engine.claims) {
          if (!claim.holds(running.state(node) as object))
            throw new Error(`${node}: ${claim.name}, at ${String(running.nowUs)} µs`);
        }
      }
    });
    kernel.advance(scenario.durationMs * 1000, Infinity);
    expect(kernel.events).toBe(whole.kernel.events);
  });

  test.each(['spark', 'storm', 'flink'])(
    'without the lane %s the others’ outputs are the same',
    (removed) => {
      const without = {
        ...scenario,
        nodes: scenario.nodes.filter(({ id }) => id !== removed),
        faults: scenario.faults.filter((fault) => !JSON.stringify(fault).includes(`"${removed}`)),
      };
      const lanes = summaryOf(finished(without, records)).lanes;
      for (const lane of lanes)
        expect(lane).toEqual(summary.lanes.find(({ id }) => id === lane.id));
      expect(lanes).toHaveLength(2);
    },
  );

  test('every record written is in exactly one place of each ledger, at every instant', () => {
    for (const { book } of whole.lanes) {
      const ledger = ledgerOf(
        book.bookings(),
        records.arrivalUs,
        whole.losses.losses,
        whole.untilUs,
      );
      const seen = new Set<number>();
      let change = 0;
      let written = 0;
      for (let timeUs = 0; timeUs <= whole.untilUs; timeUs += 250_000) {
        for (; change < ledger.timesUs.length && ledger.timesUs[change]! <= timeUs; change += 1)
          seen.add(ledger.records[change]!);
        while (written < records.count && records.arrivalUs[written]! <= timeUs) written += 1;
        expect(seen.size).toBe(written);
      }
    }
    for (const { ledger } of summary.lanes) {
      const { filtered, right, someOnly, moreThanOnce, late, lost, lostBefore, inFlight } = ledger;
      const sum =
        filtered +
        right +
        someOnly +
        moreThanOnce +
        late +
        lost +
        lostBefore +
        inFlight.onTheWay +
        inFlight.waiting;
      expect(sum).toBe(ledger.records);
      expect(ledger.records).toBe(summary.shared.records);
    }
  });

  test('what is lost before the branch is booked once, and no lane books it again', () => {
    const before = whole.losses.losses.map(({ record }) => record);
    expect(new Set(before).size).toBe(before.length);
    for (const { book } of whole.lanes) {
      for (const { record } of book.losses) expect(before).not.toContain(record);
    }
  });

  test('a record is in the topic, or booked as lost, or still to be passed on', () => {
    const { partitions, standing, readUpTo } = placesAtEnd(scenario, records);
    const lost = new Set(whole.losses.losses.map(({ record }) => record));
    const nowhere = Array.from({ length: summary.shared.records }, (_, record) => record).filter(
      (record) =>
        !partitions.has(record) && !lost.has(record) && !standing.has(record) && record < readUpTo,
    );
    expect(nowhere).toEqual([]);
  });

  test('nothing arrives before it is sent, and nothing happens before what is written above it', () => {
    for (const { kinds, timesUs, values, length } of finished(scenario, records).take().blocks) {
      for (let i = 0; i < length; i += 1) {
        if (kinds[i] === entryKinds.send) expect(values[i]! >= timesUs[i]!).toBe(true);
        if (i > 0) expect(timesUs[i]! >= timesUs[i - 1]!).toBe(true);
      }
    }
  });
});

/**
 * Where the trace says that records are at the end of a run: which reached a partition, which stand in the agent or on a
 * pipe inside it, and up to which line the agent would not read again if it were started now.
 */
function placesAtEnd(scenario: Scenario, records: Records) {
  const { header, blocks } = {
    header: createSimulation(scenario, records).header,
    ...finished(scenario, records).take(),
  };
  const { parts, pipes, gauges, series } = header;
  const isPartition = new Set(
    parts.filter(({ glyph }) => glyph === 'partition').map(({ id }) => id),
  );
  const partitions = new Set<number>();
  const standing = new Set<number>();
  const last = new Map<string, number>();
  let isDown = false;
  for (const { kinds, subjects, records: ids, values, length } of blocks) {
    for (let i = 0; i < length; i += 1) {
      const kind = kinds[i]!;
      const subject = subjects[i]!;
      if (kind === entryKinds.gauge) last.set(gauges[subject]!.id, values[i]!);
      if (series[subject]?.id === 'a1/agent:down') {
        if (kind === entryKinds.begin) isDown = true;
        if (kind === entryKinds.end) isDown = false;
      }
      if (kind === entryKinds.send) {
        if (isPartition.has(pipes[subject]!.to)) partitions.add(ids[i]!);
        if (pipes[subject]!.to.startsWith('a1/')) standing.add(ids[i]!);
      }
      const leaves = kind === entryKinds.leave || kind === entryKinds.drop;
      if (leaves && parts[subject]!.node === 'a1') standing.delete(ids[i]!);
    }
  }
  return {
    partitions,
    standing,
    readUpTo: last.get(isDown ? 'a1/r1:position-file' : 'a1/r1:position') ?? 0,
  };
}
