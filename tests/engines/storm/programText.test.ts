import { parse } from 'valibot';
import { describe, expect, test } from 'vitest';
import { stormSchema } from '../../../workers/engines/storm/config.ts';
import { programTextOf } from '../../../workers/engines/storm/programText.ts';
import { stormKnobs } from '../../../workers/engines/storm/knobs.ts';
import type { Program } from '../../../workers/scenario/program.ts';
import { countWords } from './lane.ts';

function textOf(program: Partial<Program>, storm: Record<string, unknown> = {}) {
  const node = {
    id: 'storm',
    type: 'storm',
    program: 'words',
    source: { node: 'kafka', topic: 'weblog' },
    ...storm,
  };
  return programTextOf({ ...parse(stormSchema, node), program: { ...countWords, ...program } });
}

describe('the topology as Java', () => {
  test('has each slider’s number where a mark says', () => {
    const { text, marks } = textOf({}, { 'topology.bolts.tuple.timestamp.max.lag.ms': 2500 });
    const numbers = new Map(marks.map(({ start, end, knob }) => [knob, text.slice(start, end)]));
    expect(numbers.get('windowIntervalMs')).toBe('8');
    expect(numbers.get('slideIntervalMs')).toBe('4');
    expect(numbers.get('topology.bolts.tuple.timestamp.max.lag.ms')).toBe('2500');
    expect(text).toContain('.withWindow(Duration.seconds(8), Duration.seconds(4))');
    expect(text).toContain('.withLag(Duration.of(2500))');
  });

  test('marks only what can be moved', () => {
    const fields = [...stormKnobs.map(({ field }) => field), 'windowIntervalMs', 'slideIntervalMs'];
    for (const { knob } of textOf({}, { 'topology.max.spout.pending': 10 }).marks)
      expect(fields).toContain(knob);
  });

  test('by processing time has no timestamp field', () => {
    expect(textOf({}, { windowTime: 'processing-time' }).text).not.toContain('withTimestampField');
  });

  test('without windows counts for ever', () => {
    const { text } = textOf({ windowIntervalMs: null, slideIntervalMs: null });
    expect(text).not.toContain('BaseWindowedBolt');
    expect(text).toContain('totals.merge(key, tuple.getIntegerByField("value"), Integer::sum)');
  });

  test('closes every brace that it opens', () => {
    for (const { text } of [
      textOf({}),
      textOf({ functions: ['parse-access-log', 'is-error', 'path-as-key', 'pair-with-one'] }),
    ]) {
      expect(text.split('{').length).toBe(text.split('}').length);
      expect(text).toContain('tuple.getLongByField("time")');
    }
  });
});
