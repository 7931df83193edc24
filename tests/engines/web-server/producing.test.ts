import { describe, expect, it } from 'vitest';
import { refusalsOf } from '../../../workers/assembly.ts';
import { buildInputs } from '../../../workers/input/build.ts';
import { summaryOf } from '../../../workers/results/summary.ts';
import { readScenario } from '../../../workers/scenario/reader.ts';
import { createSimulation } from '../../../workers/simulation.ts';
import { entryKinds } from '../../../workers/trace/format.ts';

interface Line {
  readonly arrivalMs: number;
  readonly key?: string;
  readonly partition?: number;
  readonly file?: string;
}

interface Plan {
  readonly partitions?: number;
  readonly producer?: Record<string, unknown>;
  readonly output?: unknown;
  readonly faults?: readonly unknown[];
}

/** An application that publishes lines, and a lane that counts them. */
function read(lines: readonly Line[], { partitions = 3, producer = {}, output, faults }: Plan) {
  return readScenario({
    version: 1,
    title: 'a test',
    seed: 1,
    durationMs: 60_000,
    startEpochMs: 1_767_603_600_000,
    inputs: [
      { id: 'lines', type: 'records', records: lines.map((line) => ({ ...line, value: 'x 1' })) },
    ],
    programs: [
      {
        id: 'count',
        functions: ['word-and-number'],
        aggregate: 'sum',
        windowIntervalMs: 2000,
        slideIntervalMs: 2000,
      },
    ],
    nodes: [
      {
        id: 'app',
        type: 'web-server',
        input: 'lines',
        output: output ?? { kind: 'kafka', to: 'kafka', topic: 'lines', producer },
      },
      { id: 'kafka', type: 'kafka', topics: [{ name: 'lines', partitions }] },
      {
        id: 'spark',
        type: 'spark',
        program: 'count',
        source: { node: 'kafka', topic: 'lines' },
        batchIntervalMs: 1000,
      },
    ],
    links: [],
    faults: faults ?? [],
    costs: {},
  });
}

function run(lines: readonly Line[], plan: Plan = {}) {
  const result = read(lines, plan);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join(' '));
  const { value: scenario } = result;
  const simulation = createSimulation(scenario, buildInputs(scenario, new Map()).records);
  simulation.advance();
  const [lane] = summaryOf(simulation).lanes;
  const { blocks } = simulation.take();
  const { pipes } = simulation.header;
  /** Where each record was sent first. */
  const sentTo = new Map<number, string>();
  for (const { length, kinds, subjects, records } of blocks) {
    for (let i = 0; i < length; i += 1) {
      const pipe = pipes[subjects[i]!];
      const isFirst = kinds[i] === entryKinds.send && !sentTo.has(records[i]!);
      if (isFirst && pipe?.from === 'app/log') sentTo.set(records[i]!, pipe.to);
    }
  }
  return { ledger: lane!.ledger, losses: simulation.losses.losses, sentTo, scenario };
}

const at = (arrivalMs: number, more: Partial<Line> = {}): Line => ({ arrivalMs, ...more });

describe('a web server that publishes its lines itself', () => {
  it('asks for the partition of the record, and else leaves it to the key', () => {
    // murmur2 of the keys, positive, modulo 3 (case C1): a → 1, b → 2, foobar → 0. A partition that was asked for comes first.
    const lines = [
      at(1000, { key: 'a' }),
      at(2000, { key: 'b' }),
      at(3000, { key: 'foobar' }),
      at(4000, { key: 'a', partition: 0 }),
      at(5000, { partition: 2 }),
    ];
    expect([...run(lines).sentTo.values()]).toEqual([
      'kafka/lines-1',
      'kafka/lines-2',
      'kafka/lines-0',
      'kafka/lines-0',
      'kafka/lines-2',
    ]);
  });

  it('sends again what a cut swallowed, unless acks=0 asks for no answer', () => {
    const lines = [at(1000), at(5000), at(9000)];
    const faults = [{ type: 'cut', from: 'app', to: 'kafka', atMs: 4000, untilMs: 6000 }];
    const patient = run(lines, { faults });
    expect(patient.losses).toEqual([]);
    expect(patient.ledger.right).toBe(3);
    const careless = run(lines, { faults, producer: { acks: '0' } });
    expect(careless.losses.map(({ record, cause }) => [record, cause])).toEqual([
      [1, 'kafka/broker-1 did not get it, and acks=0 waits for no answer'],
    ]);
    expect(careless.ledger).toMatchObject({ right: 2, lostBefore: 1 });
  });

  it('never hears, with acks=0, that the broker died while a line was on its way', () => {
    // A message is on its way for 2 ms.
    const lines = [at(1000), at(5000), at(12_000)];
    const faults = [{ type: 'crash', target: 'kafka', atMs: 5001, restartAfterMs: 2000 }];
    const { ledger, losses } = run(lines, { faults, producer: { acks: '0' } });
    expect(losses.map(({ record, cause }) => [record, cause])).toEqual([
      [1, 'kafka/broker-1 did not get it, and acks=0 waits for no answer'],
    ]);
    expect(ledger).toMatchObject({ right: 2, lostBefore: 1 });
  });

  it('loses what its producer holds when it dies', () => {
    // The line of 5 s waits in its batch until 8 s, and the server dies at 6 s.
    const lines = [at(1000), at(5000), at(12_000)];
    const faults = [{ type: 'crash', target: 'app', atMs: 6000, restartAfterMs: 1000 }];
    const { ledger, losses } = run(lines, { faults, producer: { 'linger.ms': 3000 } });
    expect(losses.map(({ record, cause }) => [record, cause])).toEqual([
      [1, 'the server died before it was acknowledged'],
    ]);
    expect(ledger).toMatchObject({ right: 2, lostBefore: 1 });
  });

  it('hears that a batch expired while no broker was there', () => {
    const lines = [at(1000), at(5000)];
    const faults = [{ type: 'crash', target: 'kafka', atMs: 4000, restartAfterMs: null }];
    const producer = { 'delivery.timeout.ms': 10_000, 'request.timeout.ms': 2000 };
    const { losses, ledger } = run(lines, { faults, producer });
    expect(losses.map(({ record }) => record)).toEqual([1]);
    expect(losses[0]?.cause).toMatch(/^Expiring 1 record\(s\) for lines-\d:\d+ ms has passed/);
    expect(ledger.lostBefore).toBe(1);
  });

  it('does not start with settings that the producer refuses', () => {
    const result = read([at(1000)], { producer: { 'delivery.timeout.ms': 1000 } });
    if (!result.ok) throw new Error('a scenario');
    // The lane reads a topic that stands without anybody who writes to it.
    expect(refusalsOf(result.value).map(({ node, message }) => [node, message])).toEqual([
      [
        'app',
        'delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms',
      ],
    ]);
  });
});

describe('what a record asks for', () => {
  const problems = (lines: readonly Line[], output?: unknown) => {
    const result = read(lines, { output });
    return result.ok ? [] : result.problems.map(({ path, message }) => `${path}: ${message}`);
  };
  const file = { kind: 'file', path: '/var/log/httpd/access_log' };

  it('is refused where nobody can give it', () => {
    expect(problems([at(1000), at(2000, { key: 'a' })], file)).toEqual([
      'inputs[0].records[1].key: app writes no records to Kafka, so nobody takes a key',
    ]);
    expect(problems([at(1000, { partition: 1 })], file)).toEqual([
      'inputs[0].records[0].partition: app writes no records to Kafka, so nobody takes a partition',
    ]);
    expect(problems([at(1000, { file: '/var/log/a' })])).toEqual([
      'inputs[0].records[0].file: app does not append to files',
    ]);
    expect(problems([at(1000, { partition: 3 })])).toEqual([
      'inputs[0].records[0].partition: the topic lines has 3 partitions, from 0 on',
    ]);
  });

  it('is a topic that there is', () => {
    expect(problems([at(1000)], { kind: 'kafka', to: 'kafka', topic: 'other' })).toEqual([
      'nodes[0].output: there is no topic other on a node kafka',
    ]);
  });
});
