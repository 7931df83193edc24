import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ACKED,
  createOffsetMarks,
  EMITTED,
  forgetBelow,
  IN_TOPOLOGY,
  isMarked,
  mark,
  offsetsWith,
  unmark,
} from '../../../workers/engines/storm/kafkaSpout/offsetMarks.ts';

const marks = [EMITTED, ACKED, IN_TOPOLOGY] as const;

test('marks of offsets hold what a Set of numbers for each mark would', () => {
  const step = fc.record({
    does: fc.constantFrom('mark' as const, 'unmark' as const, 'forget below' as const),
    offset: fc.nat({ max: 20 }),
    which: fc.constantFrom(...marks),
  });
  fc.assert(
    fc.property(fc.array(step), fc.nat({ max: 10 }), (steps, base) => {
      const offsets = createOffsetMarks(base);
      let expected = new Set<string>();
      const nameOf = (which: number, offset: number) => `${String(which)} ${String(offset)}`;
      for (const { does, offset, which } of steps) {
        if (does === 'mark') {
          mark(offsets, offset, which);
          expected.add(nameOf(which, offset));
        } else if (does === 'unmark') {
          unmark(offsets, offset, which);
          expected.delete(nameOf(which, offset));
        } else {
          forgetBelow(offsets, offset);
          expected = new Set([...expected].filter((name) => Number(name.slice(2)) >= offset));
        }
        expect(isMarked(offsets, offset, which)).toBe(expected.has(nameOf(which, offset)));
        const found = marks.flatMap((each) =>
          offsetsWith(offsets, each).map((marked) => nameOf(each, marked)),
        );
        expect(new Set(found)).toEqual(expected);
        expect(found.length).toBe(expected.size);
      }
    }),
  );
});
