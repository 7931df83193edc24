import { describe, expect, test } from 'vitest';
import { LONG_MAX } from '../../../../workers/engines/flink/long.ts';
import { refusalOfWindow } from '../../../../workers/engines/flink/windows/windowOperator.ts';
import type { Trigger } from '../../../../workers/engines/flink/windows/trigger.ts';
import { session, sliding, tumbling, WindowScript } from './windowScript.ts';

/** [what goes in, what comes out] per step. */
type Steps = readonly (readonly [string, string])[];

function play(script: WindowScript, steps: Steps): void {
  for (const [input, output] of steps) expect(script.run(input), input).toBe(output);
}

const C3_INPUT = 'k2:1@3999 k2:1@3000 k1:1@20 k1:1@0 k1:1@999 k2:1@1998 k2:1@1999 k2:1@1000';
const COUNT = (maxCount: number): Trigger => ({ kind: 'CountTrigger', maxCount });
const CONTINUOUS = (intervalMs: number): Trigger => ({
  kind: 'ContinuousEventTimeTrigger',
  intervalMs,
});
const PURGING_EVENT_TIME: Trigger = {
  kind: 'PurgingTrigger',
  nested: { kind: 'EventTimeTrigger' },
};

describe('event-time windows', () => {
  test('C3 tumbling 3000, lateness 0, with a restore', () => {
    play(new WindowScript(tumbling(3000)), [
      [C3_INPUT, ''],
      ['WM999 WM1999', ''],
      ['restore', ''],
      ['WM2999', 'k1:3[0,3000), k2:3[0,3000)'],
      ['WM3999 WM4999', ''],
      ['WM5999', 'k2:2[3000,6000)'],
      ['WM6999 WM7999', ''],
    ]);
  });

  test('C4 sliding 3000/1000', () => {
    play(new WindowScript(sliding(3000, 1000)), [
      [C3_INPUT, ''],
      ['WM999', 'k1:3[-2000,1000)'],
      ['WM1999', 'k2:3[-1000,2000), k1:3[-1000,2000)'],
      ['WM2999', 'k1:3[0,3000), k2:3[0,3000)'],
      ['restore WM3999', 'k2:5[1000,4000)'],
      ['WM4999', 'k2:2[2000,5000)'],
      ['WM5999', 'k2:2[3000,6000)'],
    ]);
  });

  test('C8 continuous trigger on tumbling 60 fires once per interval, also without new records', () => {
    play(new WindowScript(tumbling(60), { trigger: CONTINUOUS(10), fold: 'list' }), [
      ['k:1@3 WM9', ''],
      ['WM10', '[1]'],
      ['k:2@12', ''],
      ['WM35', '[1 2], [1 2]'],
      ['WM58', '[1 2], [1 2]'],
      ['WM59', '[1 2]'],
      ['WM70', ''],
    ]);
  });

  test('C8 continuous trigger on tumbling 25 fires at 10, 20 and the end', () => {
    const script = new WindowScript(tumbling(25), { trigger: CONTINUOUS(10) });
    expect(script.run('k:1@3 WM24')).toBe('k:1[0,25), k:1[0,25), k:1[0,25)');
  });

  test('C8 continuous trigger on the global window', () => {
    const script = new WindowScript({ kind: 'GlobalWindows' }, { trigger: CONTINUOUS(3000) });
    const all = `[${-(2 ** 63)},${LONG_MAX})`;
    play(script, [
      ['k1:1@0 k1:1@20 k1:1@999', ''],
      ['k2:1@3000 k2:1@3999 k2:1@1998 k2:1@1999 k2:1@1000', ''],
      ['WM1000 WM2000', ''],
      ['WM3000', `k1:3${all}`],
      ['WM4000 WM5000', ''],
    ]);
    // Flink's own test sorts what a step gives, so the order inside it is not settled.
    expect(script.run('WM6000').split(', ').sort()).toEqual([`k1:3${all}`, `k2:5${all}`]);
    expect(script.run('WM7000 WM8000')).toBe('');
  });

  test('C25 tumbling 10: ten keys of one window fire in the order of the heap', () => {
    const script = new WindowScript(tumbling(10));
    script.run('k0:1@0 k1:1@0 k2:1@0 k3:1@0 k4:1@0 k5:1@0 k6:1@0 k7:1@0 k8:1@0 k9:1@0');
    const keys = script.run('WM9').match(/k\d/g);
    expect(keys).toEqual(['k0', 'k9', 'k8', 'k7', 'k6', 'k5', 'k4', 'k3', 'k2', 'k1']);
  });

  test('C25 tumbling 10: three windows of two keys', () => {
    const script = new WindowScript(tumbling(10));
    script.run('b:1@25 a:1@5 b:1@5 a:1@15 b:1@15 a:1@25');
    expect(script.run('WM100').replaceAll(':1', '')).toBe(
      'a[0,10), b[0,10), b[10,20), a[10,20), a[20,30), b[20,30)',
    );
  });

  test('C25 the watermark is not restored: a late record is taken and its window fires again', () => {
    const script = new WindowScript(tumbling(10));
    play(script, [
      ['k:1@1 WM9', 'k:1[0,10)'],
      ['k:2@5', ''],
      ['k:4@12', ''],
    ]);
    expect(script.operator.numLateRecordsDropped).toBe(1);
    play(script, [
      ['restore k:8@5', ''],
      ['WM9', 'k:8[0,10)'],
      ['WM19', 'k:4[10,20)'],
    ]);
  });

  test('C25 slide larger than size: records between windows vanish, counted only when late', () => {
    const script = new WindowScript(sliding(2, 5));
    expect(script.run('k:1@0 k:2@1 k:4@2 k:8@4 k:16@5 WM100')).toBe('k:3[0,2), k:16[5,7)');
    expect(script.operator.numLateRecordsDropped).toBe(0);
    script.run('k:1@3');
    expect(script.operator.numLateRecordsDropped).toBe(1);
    script.run('k:1@203');
    expect(script.operator.numLateRecordsDropped).toBe(1);
  });

  test('C25 a count trigger replaces the end of the window: leftovers vanish', () => {
    const script = new WindowScript(tumbling(10), { trigger: COUNT(3) });
    expect(script.run('k:1@0 k:2@1 k:4@2 k:8@3 WM9 WM100')).toBe('k:7[0,10)');
    expect(script.operator.stateEntries).toBe(0);
  });
});

describe('lateness', () => {
  const late = { allowedLatenessMs: 500, sideOutputLateData: true };

  test.each([
    ['accumulating', { kind: 'EventTimeTrigger' }, ['3', '7', '15', '31']],
    ['purging', PURGING_EVENT_TIME, ['3', '4', '8', '16']],
  ] as const)('C9 lateness 500, %s', (_, trigger, sums) => {
    play(new WindowScript(tumbling(2000), { ...late, trigger }), [
      ['k:1@500 WM1500 k:2@1300 WM2300', `k:${sums[0]}[0,2000)`],
      ['k:4@1997', `k:${sums[1]}[0,2000)`],
      ['k:8@1998', `k:${sums[2]}[0,2000)`],
      ['WM2498 k:16@1999', `k:${sums[3]}[0,2000)`],
      ['WM2499 k:32@1999', 'late'],
      ['WM6000 k:64@1998', 'late'],
    ]);
  });

  test('C9 a window may be created late', () => {
    const script = new WindowScript(tumbling(10), {
      allowedLatenessMs: 20,
      sideOutputLateData: true,
    });
    play(script, [
      ['WM15 k:1@3', 'k:1[0,10)'],
      ['k:2@4', 'k:3[0,10)'],
      ['WM28 k:4@5', 'k:7[0,10)'],
      ['WM29 k:8@6', 'late'],
    ]);
  });

  test('C10 zero lateness, late records to the side', () => {
    play(new WindowScript(tumbling(2000), { sideOutputLateData: true }), [
      ['k:1@1000 WM1985', ''],
      ['k:1@1980 WM1999', 'k:2[0,2000)'],
      ['k:1@1998', 'late'],
      ['k:1@2001 WM2999', ''],
      ['WM3999', 'k:1[2000,4000)'],
    ]);
  });

  test('C10 without a tag they are counted', () => {
    const script = new WindowScript(tumbling(2000));
    script.run('WM1999 k:1@1998 k:1@0');
    expect(script.operator.numLateRecordsDropped).toBe(2);
  });

  test('C10 older than the watermark is not late while the window is open', () => {
    const script = new WindowScript(tumbling(2000));
    expect(script.run('WM1500 k:1@1500 k:2@100 WM1998 k:4@0 WM1999')).toBe('k:7[0,2000)');
    expect(script.operator.numLateRecordsDropped).toBe(0);
  });
});

describe('sessions', () => {
  test('C5 gap 3000', () => {
    play(new WindowScript(session(3000)), [
      ['k2:1@0 k2:2@1000 k2:3@2500 k1:1@10 k1:2@1000', ''],
      ['restore k1:3@2500 k2:4@5501 k2:5@6000 k2:5@6000 k2:6@6050', ''],
      ['WM12000', 'k1:6[10,5500), k2:6[0,5500), k2:20[5501,9050)'],
      ['k2:10@15000 k2:20@15000 WM17999', 'k2:30[15000,18000)'],
    ]);
  });

  test('C5 touching sessions merge', () => {
    play(new WindowScript(session(3)), [
      ['k:1@0 k:2@3 k:4@7 WM5', 'k:3[0,6)'],
      ['WM9', 'k:4[7,10)'],
    ]);
  });

  test('C5 a record bridges two sessions', () => {
    play(new WindowScript(session(3)), [
      ['k:1@0 k:2@6 k:4@3 WM7', ''],
      ['WM8', 'k:7[0,9)'],
    ]);
  });

  test('C6 counts of a purging count trigger merge', () => {
    const trigger: Trigger = {
      kind: 'PurgingTrigger',
      nested: { kind: 'CountTrigger', maxCount: 4 },
    };
    play(new WindowScript(session(3000), { trigger }), [
      ['k2:1@0 k2:2@1000 k2:3@2500', ''],
      ['k2:4@3500', 'k2:10[0,6500)'],
      ['k1:1@10 k1:2@1000 restore k1:3@2500 k1:1@6000 k1:2@6500 k1:3@7000', ''],
      ['k1:10@4500', 'k1:22[10,10000)'],
    ]);
  });

  test('C7 continuous trigger keeps the earliest fire time of merged sessions', () => {
    const script = new WindowScript(session(3000), { trigger: CONTINUOUS(2000) });
    play(script, [
      ['k1:1@1500 k2:1@0 k2:3@2500 k2:2@1000', ''],
      ['WM2500', 'k1:1[1500,4500), k2:6[0,5500)'],
      ['k2:5@4000 WM3000', ''],
      ['restore k1:2@4000 k2:4@3500', ''],
    ]);
    const fired = script.run('WM4000').split(', ').sort();
    expect(fired).toEqual(['k1:3[1500,7000)', 'k2:15[0,7000)']);
    const last = script.run('WM6999').split(', ').sort();
    expect(last).toEqual(['k1:3[1500,7000)', 'k1:3[1500,7000)', 'k2:15[0,7000)', 'k2:15[0,7000)']);
  });

  test('C11 lateness 0, purging, side output', () => {
    const changes = { trigger: PURGING_EVENT_TIME, sideOutputLateData: true };
    play(new WindowScript(session(3000), changes), [
      ['k:1@1000 WM1999 k:1@2000 WM4998 k:1@4500 k:1@8500 WM7400', ''],
      ['k:1@7000 WM11501', 'k:5[1000,11500)'],
      ['k:1@11600 WM14600', 'k:1[11600,14600)'],
      ['k:1@10000 k:1@10100', 'late, late'],
      ['k:1@14500 WM20000', 'k:1[14500,17500)'],
    ]);
  });

  test.each([
    ['accumulating', { kind: 'EventTimeTrigger' }, '2', '3'],
    ['purging', PURGING_EVENT_TIME, '1', '1'],
  ] as const)('C12 lateness 10, %s', (_, trigger, first, second) => {
    const changes = { trigger, allowedLatenessMs: 10, sideOutputLateData: true };
    const script = new WindowScript(session(3000), changes);
    script.run('k:1@1000 WM1999 k:1@2000 WM4998 k:1@4500 k:1@8500 WM7400 k:1@7000 WM11501');
    script.run('k:1@11600 WM14600');
    play(script, [
      ['k:1@10000', `k:${first}[10000,14600)`],
      ['k:1@14500', ''],
      ['WM20000', `k:${second}[10000,17500)`],
    ]);
  });

  test('C14 dynamic gaps', () => {
    const gapOf = (key: string, value: number) =>
      key === 'k1' ? 3000 : value === 10 ? 1000 : 2000;
    const script = new WindowScript({ kind: 'DynamicEventTimeSessionWindows' }, {}, gapOf);
    play(script, [
      ['k1:3@10 k2:4@5000 k2:5@6000 WM8999', 'k1:3[10,3010), k2:9[5000,8000)'],
      ['k2:1@9000 k2:2@10000 k2:10@10500 WM12999', 'k2:13[9000,12000)'],
      ['k2:10@13000 k2:10@13500 k2:1@14000 WM16999', 'k2:21[13000,16000)'],
    ]);
  });
});

describe('processing time', () => {
  const trigger: Trigger = { kind: 'ProcessingTimeTrigger' };

  test('C13 tumbling 3000', () => {
    const assigner = { kind: 'TumblingProcessingTimeWindows', sizeMs: 3000, offsetMs: 0 } as const;
    play(new WindowScript(assigner, { trigger }), [
      ['PT3 k2:1@0 k2:1@0 k2:1@0 k1:1@0 k1:1@0', ''],
      ['PT5000', 'k2:3[0,3000), k1:2[0,3000)'],
      ['k1:1@0 k1:1@0 k1:1@0', ''],
      ['PT7000', 'k1:3[3000,6000)'],
    ]);
  });

  test('C13 sliding 3000/1000', () => {
    const assigner = {
      kind: 'SlidingProcessingTimeWindows',
      sizeMs: 3000,
      slideMs: 1000,
      offsetMs: 0,
    } as const;
    play(new WindowScript(assigner, { trigger }), [
      ['PT3 k2:1@0', ''],
      ['PT1000', 'k2:1[-2000,1000)'],
      ['k2:1@0 k2:1@0 PT2000', 'k2:3[-1000,2000)'],
      ['k1:1@0 k1:1@0 PT3000', 'k2:3[0,3000), k1:2[0,3000)'],
      ['k1:1@0 k1:1@0 k1:1@0', ''],
      ['PT7000', 'k1:5[1000,4000), k2:2[1000,4000), k1:5[2000,5000), k1:3[3000,6000)'],
    ]);
  });

  test('C13 session 3000', () => {
    const assigner = { kind: 'ProcessingTimeSessionWindows', gapMs: 3000 } as const;
    play(new WindowScript(assigner, { trigger }), [
      ['PT3 k2:1@0 PT1000 k2:1@0', ''],
      ['PT5000', 'k2:2[3,4000)'],
      ['k2:1@0 k2:1@0 k1:1@0 k1:1@0 k1:1@0', ''],
      ['PT10000', 'k2:2[5000,8000), k1:3[5000,8000)'],
    ]);
  });

  test('C25 an overdue timer fires right after the restore', () => {
    const assigner = { kind: 'TumblingProcessingTimeWindows', sizeMs: 10, offsetMs: 0 } as const;
    const script = new WindowScript(assigner, { trigger });
    expect(script.run('PT1 k:1@0 restore PT50')).toBe('k:1[0,10)');
  });
});

describe('evictors', () => {
  test.each([
    ['before', false, '[1 2], [1 2 3 4], [3 4 5 6], [5 6 7 8]'],
    ['after', true, '[1 2], [1 2 3 4], [1 2 3 4 5 6], [3 4 5 6 7 8]'],
  ])('C29 CountEvictor(4) %s, Count(2)', (_, doEvictAfter, output) => {
    const script = new WindowScript(
      { kind: 'GlobalWindows' },
      {
        trigger: COUNT(2),
        fold: 'list',
        evictor: { kind: 'CountEvictor', maxCount: 4, doEvictAfter },
      },
    );
    const input = [1, 2, 3, 4, 5, 6, 7, 8].map((value) => `k:${value}@0`).join(' ');
    expect(script.run(input)).toBe(output);
  });

  test('a time evictor keeps what is younger than its size before the newest element', () => {
    // Newest 10, size 5: elements at or before 5 go.
    const script = new WindowScript(tumbling(100), {
      fold: 'list',
      evictor: { kind: 'TimeEvictor', windowSizeMs: 5, doEvictAfter: false },
    });
    expect(script.run('k:1@5 k:2@10 k:4@6 WM99')).toBe('[2 4]');
  });
});

test('refusals of the window operator builder, word for word', () => {
  const { config } = new WindowScript(tumbling(10));
  expect(refusalOfWindow(config)).toBe(null);
  expect(refusalOfWindow({ ...config, allowedLatenessMs: -1 })).toBe(
    'The allowed lateness cannot be negative.',
  );
  const never = { ...config, assigner: session(1), trigger: { kind: 'NeverTrigger' } } as const;
  expect(refusalOfWindow(never)).toBe(
    'A merging window assigner cannot be used with a trigger that does not support merging.',
  );
});
