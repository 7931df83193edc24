import { describe, expect, it } from 'vitest';
import { agentText, kafkaNode, runFlume, steadyLines } from './agentRun.ts';
import { memory, onDisk, range, recordsOf, tail, toKafka } from './agentTexts.ts';

const toAvro = (name: string, host: string) => `sinks.${name}.type = avro
sinks.${name}.hostname = ${host}
sinks.${name}.port = 4141
sinks.${name}.batch-size = 10
sinks.${name}.channel = c1`;
const collector = (channel: string) =>
  agentText(
    `sources = r1
sources.r1.type = avro
sources.r1.bind = 0.0.0.0
sources.r1.port = 4141
sources.r1.channels = c1`,
    channel,
    toKafka,
  );

describe('agents behind each other', () => {
  it('hand a batch over when the second has committed it', () => {
    const run = runFlume({
      lines: steadyLines(50, 20),
      agents: {
        a1: agentText(tail, memory, 'sinks = k1', toAvro('k1', 'a2')),
        a2: collector(memory),
      },
      nodes: [kafkaNode],
      durationMs: 20_000,
    });
    expect(recordsOf(run.sent('a1/k1 > a2/r1'))).toEqual(range(0, 50));
    expect(recordsOf(run.sent('a2/k1 > kafka/weblog-0'))).toEqual(range(0, 50));
  });

  it('send again what the dead collector had not answered', () => {
    const run = runFlume({
      lines: steadyLines(100, 100),
      agents: {
        a1: agentText(tail, memory, 'sinks = k1', toAvro('k1', 'a2')),
        a2: collector(onDisk),
      },
      nodes: [kafkaNode],
      faults: [{ type: 'crash', target: 'a2', atMs: 4_000, restartAfterMs: 3_000 }],
      durationMs: 60_000,
    });
    expect(run.lost()).toEqual([]);
    const records = [...new Set(recordsOf(run.sent('a2/k1 > kafka/weblog-0')))];
    expect(records.sort((a, b) => a - b)).toEqual(range(0, 100));
    expect(run.log('a1/k1')).toContain(
      'Unable to deliver event. Exception follows. Failed to send events',
    );
  });

  it('fail over to the second collector when the first is dead', () => {
    const group = `sinks = k1 k2
sinkgroups = g1
sinkgroups.g1.sinks = k1 k2
sinkgroups.g1.processor.type = failover
sinkgroups.g1.processor.priority.k1 = 10
sinkgroups.g1.processor.priority.k2 = 5`;
    const run = runFlume({
      lines: steadyLines(100, 100),
      agents: {
        a1: agentText(tail, memory, group, toAvro('k1', 'a2'), toAvro('k2', 'a3')),
        a2: collector(memory),
        a3: collector(memory),
      },
      nodes: [kafkaNode],
      faults: [{ type: 'crash', target: 'a2', atMs: 5_000, restartAfterMs: null }],
      durationMs: 40_000,
    });
    expect(run.sent('a2/k1 > kafka/weblog-0').length).toBeGreaterThan(0);
    expect(run.sent('a3/k1 > kafka/weblog-0').length).toBeGreaterThan(0);
    expect(run.log('a1/k1')).toContain('Sink k1 failed and has been sent to failover list');
  });
});

describe('a sink group that balances', () => {
  it('rotates its batches over both collectors', () => {
    const group = `sinks = k1 k2
sinks.k1.type = null
sinks.k1.channel = c1
sinks.k1.batchSize = 10
sinks.k2.type = null
sinks.k2.channel = c1
sinks.k2.batchSize = 10
sinkgroups = g1
sinkgroups.g1.sinks = k1 k2
sinkgroups.g1.processor.type = load_balance`;
    const run = runFlume({
      lines: range(0, 40).map((i) => [100, `line ${i}`] as const),
      agents: { a1: agentText(tail, memory, group) },
      durationMs: 5_000,
    });
    // 40 lines in batches of ten, in turns.
    expect(run.sent('a1/c1 > a1/k1')).toHaveLength(20);
    expect(run.sent('a1/c1 > a1/k2')).toHaveLength(20);
  });

  it('says of each sink that throws that the next is tried', () => {
    const group = `sinks = k1 k2
sinkgroups = g1
sinkgroups.g1.sinks = k1 k2
sinkgroups.g1.processor.type = load_balance`;
    const run = runFlume({
      lines: steadyLines(20, 100),
      agents: {
        a1: agentText(tail, memory, group, toAvro('k1', 'a2'), toAvro('k2', 'a3')),
        a2: collector(memory),
        a3: collector(memory),
      },
      nodes: [kafkaNode],
      faults: ['a2', 'a3'].map((target) => ({
        type: 'crash',
        target,
        atMs: 0,
        restartAfterMs: null,
      })),
      durationMs: 3_000,
    });
    const said = run.log('a1/k1').filter((line) => line.includes(' fail'));
    const next = 'Sink failed to consume event. Attempting next sink if available.';
    expect(said.slice(0, 3)).toEqual([
      next,
      next,
      'Unable to deliver event. Exception follows. All configured sinks have failed',
    ]);
  });
});
