import { describe, expect, it } from 'vitest';
import { benches } from '../../../workers/engines/flume/benches.ts';
import { RefusedByBench } from '../../../workers/kernel/bench.ts';

function play(component: string, config: unknown, ...script: unknown[]): readonly unknown[] {
  const bench = benches.find((candidate) => candidate.component === `flume/${component}`);
  if (bench === undefined) throw new Error(`no bench ${component}`);
  return bench.run(config, script);
}

const on = (transaction: string) => ({
  begin: { call: 'begin', transaction },
  put: (body: string) => ({ call: 'put', transaction, body }),
  take: { call: 'take', transaction },
  commit: { call: 'commit', transaction },
  rollback: { call: 'rollback', transaction },
});

describe('components of Flume alone', () => {
  it('F11 a file channel whose take was committed behind the checkpoint', () => {
    const [a, b, c] = [on('a'), on('b'), on('c')];
    const answers = play(
      'file-channel',
      { capacity: '3', transactionCapacity: '3' },
      a.begin,
      a.put('1'),
      a.put('2'),
      a.commit,
      b.begin,
      b.take,
      { call: 'checkpoint' },
      b.commit,
      { call: 'crash' },
      c.begin,
      c.take,
      c.take,
    );
    expect(answers).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', '1', 'ok', 'ok', 'ok', 'ok', '2', null]);
  });

  it('E1 a memory channel that is full', () => {
    const [a, b] = [on('a'), on('b')];
    const answers = play(
      'memory-channel',
      { capacity: '1', transactionCapacity: '1' },
      a.begin,
      a.put('1'),
      a.commit,
      b.begin,
      b.put('2'),
      b.commit,
      b.rollback,
    );
    expect(answers[5]).toContain("Space for commit to queue couldn't be acquired.");
  });

  it.each<[string, unknown, unknown, unknown]>([
    [
      'channel-selector',
      {
        properties: { type: 'multiplexing', header: 'h', 'mapping.x': 'c1', default: 'c2' },
        channels: ['c1', 'c2'],
      },
      { headers: { h: 'x' } },
      { required: ['c1'], optional: [] },
    ],
    [
      'interceptors',
      { interceptors: 'i', 'interceptors.i.type': 'timestamp' },
      { body: 'b', nowMs: 7 },
      { body: 'b', headers: { timestamp: '7' } },
    ],
    [
      'interceptors',
      { interceptors: 'i', 'interceptors.i.type': 'regex_filter', 'interceptors.i.regex': 'x' },
      { body: 'b' },
      null,
    ],
    [
      'sink-processor',
      { properties: { type: 'failover', 'priority.a': '2', 'priority.b': '1' }, sinks: ['a', 'b'] },
      { sinks: { a: 'throws', b: 'READY' } },
      { called: ['a', 'b'], status: 'READY' },
    ],
    [
      'sink-processor',
      { properties: { type: 'load_balance' }, sinks: ['a', 'b'] },
      { sinks: { a: 'throws', b: 'throws' } },
      { called: ['a', 'b'], exception: 'All configured sinks have failed' },
    ],
    ['sink-runner', {}, 'BACKOFF', 1000],
    [
      'bucket-path',
      {
        'hdfs.path': '/e/%H%M',
        'hdfs.round': 'true',
        'hdfs.roundUnit': 'minute',
        'hdfs.roundValue': '10',
      },
      { headers: { timestamp: '2700000' } },
      { path: '/e/0040' },
    ],
    [
      'hdfs-sink',
      { 'hdfs.path': '/d' },
      { nowMs: 0, batch: [{ body: 'x' }] },
      {
        operations: [
          'create /d/FlumeData.1.tmp',
          'write /d/FlumeData.1.tmp x',
          'hflush /d/FlumeData.1.tmp',
        ],
      },
    ],
    [
      'logger-sink',
      {},
      { body: 'hello' },
      '{ headers:{} body: 68 65 6C 6C 6F                                  hello }',
    ],
    ['line-deserializer', { maxLineLength: 10 }, { line: 'abcdefghijk' }, ['abcdefghij', 'k']],
  ])('%s %o', (component, config, step, answer) => {
    expect(play(component, config, step)).toEqual([answer]);
  });

  it('reads a configuration', () => {
    const properties =
      'a.channels = c1\na.sources = r1\na.sources.r1.type = seq\na.sources.r1.channels = c1\na.channels.c1.type = memory';
    expect(play('configuration', {}, { properties, agent: 'a' })).toMatchObject([
      { channels: ['c1'], sources: [{ name: 'r1', channels: ['c1'] }], runners: [], fatal: null },
    ]);
  });

  it('refuses in the words of the real component', () => {
    expect(() => play('memory-channel', { capacity: '10' })).toThrow(RefusedByBench);
    expect(() => play('memory-channel', { capacity: '10' })).toThrow(
      'Transaction Capacity of Memory Channel cannot be higher',
    );
    expect(() => play('file-channel', {}, { call: 'take', transaction: 'x' })).toThrow(
      'the transaction x was not begun',
    );
  });
});
