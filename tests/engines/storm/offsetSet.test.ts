import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addOffset,
  createOffsetSet,
  hasOffset,
  offsetsOf,
  removeOffset,
  removeOffsetsBelow,
} from '../../../workers/engines/storm/kafkaSpout/offsetSet.ts';

test('a set of offsets holds what a Set of numbers would', () => {
  const step = fc.record({
    does: fc.constantFrom('add' as const, 'remove' as const, 'remove below' as const),
    offset: fc.nat({ max: 20 }),
  });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const offsets = createOffsetSet();
      let expected = new Set<number>();
      for (const { does, offset } of steps) {
        if (does === 'add') {
          addOffset(offsets, offset);
          expected.add(offset);
        } else if (does === 'remove') {
          expect(removeOffset(offsets, offset)).toBe(expected.delete(offset));
        } else {
          removeOffsetsBelow(offsets, offset);
          expected = new Set([...expected].filter((kept) => kept >= offset));
        }
        expect(hasOffset(offsets, offset)).toBe(expected.has(offset));
        expect(offsets.size).toBe(expected.size);
        expect(offsetsOf(offsets)).toEqual([...expected].sort((a, b) => a - b));
      }
    }),
  );
});
