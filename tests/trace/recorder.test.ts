import { describe, expect, test } from 'vitest';
import type { TraceHeader } from '../../workers/trace/format.ts';
import { createRecorder } from '../../workers/trace/recorder.ts';
import { linesOf } from '../../workers/trace/text.ts';

const part = (id: string) =>
  ({
    id,
    node: 'n',
    process: 'n/p',
    glyph: 'operator',
    label: id,
    detail: '',
    holds: 'queue',
    capacity: null,
    changedDefaults: [],
  }) as const;

const header: TraceHeader = {
  parts: [part('n/a'), part('n/b')],
  pipes: [{ id: 'n/a > n/b', from: 'n/a', to: 'n/b', takes: true }],
  gauges: [{ id: 'n/a:depth', part: 'n/a', label: 'depth', unit: 'records' }],
  series: [{ id: 'n:batch', node: 'n', what: 'batch', label: 'batch' }],
};

describe('recorder', () => {
  test('writes every kind of entry, readable as one line each', () => {
    const recorder = createRecorder(header);
    const a = recorder.part('n/a');
    recorder.nowUs = 1_500_000;
    recorder.write(a, 7);
    recorder.send(recorder.pipe('n/a > n/b'), 7, 1_502_000);
    recorder.gauge(recorder.gaugeId('n/a:depth'), 0);
    recorder.nowUs = 2_000_000;
    recorder.begin(recorder.seriesId('n:batch'), 1, 0);
    recorder.end(recorder.seriesId('n:batch'), 1, 42);
    recorder.leave(recorder.part('n/b'), 7);
    recorder.drop(a, 8, 'agent died');
    recorder.mark(a, 'agent died');
    recorder.finding(a, 9, 'late');
    recorder.result(recorder.part('n/b'), 0, 3);
    expect(linesOf(header, recorder.takeBlocks(), recorder.texts)).toEqual([
      '1.500000 write n/a record 7',
      '1.500000 send n/a > n/b record 7 until 1.502000',
      '1.500000 gauge n/a:depth = 0',
      '2.000000 begin n:batch 1 from 0.000000',
      '2.000000 end n:batch 1 with 42',
      '2.000000 leave n/b record 7',
      '2.000000 drop n/a record 8: agent died',
      '2.000000 mark n/a: agent died',
      '2.000000 finding n/a record 9: late',
      '2.000000 result n/b output 0 window 3',
    ]);
  });

  test('hands over each entry once, over block ends, and hashes the same however it is taken', () => {
    const fill = (takeEvery: number) => {
      const recorder = createRecorder(header);
      let entries = 0;
      for (let i = 0; i < 150_000; i += 1) {
        recorder.nowUs = i;
        recorder.write(0, i);
        if (i % 50_000 === 0) recorder.mark(0, `text ${String(i)}`);
        if (i % takeEvery === 0) for (const { length } of recorder.takeBlocks()) entries += length;
      }
      for (const { length } of recorder.takeBlocks()) entries += length;
      return { entries, hash: recorder.hash() };
    };
    expect(fill(1_000_000).entries).toBe(150_003);
    expect(fill(7_777)).toEqual(fill(1_000_000));
  });

  test.each<[string, (recorder: ReturnType<typeof createRecorder>) => void]>([
    [
      'the time',
      (recorder) => {
        recorder.nowUs = 1;
        recorder.write(0, 1);
      },
    ],
    [
      'the part',
      (recorder) => {
        recorder.write(1, 1);
      },
    ],
    [
      'the record',
      (recorder) => {
        recorder.write(0, 2);
      },
    ],
    [
      'the kind',
      (recorder) => {
        recorder.leave(0, 1);
      },
    ],
    [
      'a value',
      (recorder) => {
        recorder.gauge(0, 0.5);
      },
    ],
    [
      'a text',
      (recorder) => {
        recorder.mark(0, 'x');
      },
    ],
  ])('another hash when %s differs', (_what, write) => {
    const one = createRecorder(header);
    one.write(0, 1);
    const other = createRecorder(header);
    write(other);
    expect(other.hash()).not.toBe(one.hash());
  });

  test('a name that was not declared is our mistake', () => {
    expect(() => createRecorder(header).part('n/c')).toThrow('no part n/c was declared');
  });

  test('while muted nothing is written', () => {
    const recorder = createRecorder(header);
    recorder.muted = true;
    recorder.write(0, 1);
    expect(recorder.takeBlocks()).toEqual([]);
    expect(recorder.hash()).toBe(createRecorder(header).hash());
  });
});
