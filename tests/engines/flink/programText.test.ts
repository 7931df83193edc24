import { describe, expect, test } from 'vitest';
import { programText } from '../../../workers/engines/flink/programText.ts';
import { refusalsOf } from '../../../workers/engines/flink/refusals.ts';
import { configOf } from './laneRun.ts';

/** The marked pieces of the text, by knob. */
function marked(scene: Parameters<typeof configOf>[0]): Record<string, string> {
  const { text, marks } = programText(configOf(scene));
  return Object.fromEntries(marks.map(({ knob, start, end }) => [knob, text.slice(start, end)]));
}

describe('program text', () => {
  test('the marks hold the numbers of the sliders', () => {
    expect(
      marked({
        flink: {
          outOfOrdernessMs: 2500,
          allowedLatenessMs: 4000,
          'execution.checkpointing.interval': 10_000,
          'parallelism.default': 2,
        },
      }),
    ).toEqual({
      outOfOrdernessMs: '2500',
      allowedLatenessMs: '4',
      'execution.checkpointing.interval': '10000',
      'execution.buffer-timeout.interval': '100',
      'parallelism.default': '2',
      windowIntervalMs: '8',
      slideIntervalMs: '4',
    });
  });

  test('it is the DataStream program', () => {
    const { text } = programText(configOf({ flink: { outOfOrdernessMs: 2000 } }));
    expect(text).toContain('.<String>forBoundedOutOfOrderness(Duration.ofSeconds(2));');
    expect(text).toContain(
      '.window(SlidingEventTimeWindows.of(Duration.ofSeconds(8), Duration.ofSeconds(4)))',
    );
    expect(text).toContain(
      '.reduce((a, b) -> new Pair(a.key(), Integer.sum(a.value(), b.value())))',
    );
    expect(text).not.toContain('enableCheckpointing');
  });

  test('without windows, and with transactions', () => {
    const { text } = programText(
      configOf({
        program: { windowIntervalMs: null, slideIntervalMs: null },
        flink: { deliveryGuarantee: 'EXACTLY_ONCE' },
      }),
    );
    expect(text).not.toContain('.window(');
    expect(text).toContain('.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)');
    expect(text).toContain('.setTransactionalIdPrefix("flink")');
  });
});

describe('refusals', () => {
  test('Flink does not mind what Spark refuses', () => {
    const odd = { windowIntervalMs: 7001, slideIntervalMs: 3003 };
    expect(refusalsOf(configOf({ program: odd }))).toEqual([]);
    const longer = { windowIntervalMs: 1000, slideIntervalMs: 3000 };
    expect(refusalsOf(configOf({ program: longer }))).toEqual([]);
  });

  test('a checkpoint interval below 10 ms', () => {
    expect(refusalsOf(configOf({ flink: { 'execution.checkpointing.interval': 9 } }))).toEqual([
      {
        field: 'execution.checkpointing.interval',
        message: 'Checkpoint interval must be larger than or equal to 10 ms',
        source: 'IllegalArgumentException, CheckpointConfig',
      },
    ]);
  });
});
