/** A dot that has a stamp, in pixels. */
export interface StampedDot {
  readonly px: number;
  readonly py: number;
  readonly words: string;
}

/** Where a stamp is written: its base line. */
export interface StampPlace {
  readonly x: number;
  readonly y: number;
  readonly align: 'left' | 'center' | 'right';
}

/** Of the stamps' letters. */
export const STAMP_SIZE = 10.5;
const DIGIT = 6.3;
const HALF_LINE = 5;
/** From the middle of a dot to what stands beside it, and to its own edge. */
const [BESIDE, EDGE] = [9, 4];

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * A place for each stamp at which it hides no dot and no stamp before it: to the right of its dot, to the left, above or
 * below. Null where there is none: what is written over something else is read by nobody.
 *
 * @param left where the plane begins
 * @param right where it ends
 */
export function stampPlaces(
  dots: readonly StampedDot[],
  left: number,
  right: number,
): (StampPlace | null)[] {
  const taken: Box[] = dots.map(({ px, py }) => around(px, py, EDGE, EDGE));
  return dots.map(({ px, py, words }) => {
    const width = words.length * DIGIT;
    const aside = BESIDE + width / 2;
    const candidates = [
      { middle: px + aside, line: py, align: 'left' },
      { middle: px - aside, line: py, align: 'right' },
      { middle: px, line: py - 1.5 * BESIDE, align: 'center' },
      { middle: px, line: py + 1.5 * BESIDE, align: 'center' },
    ] as const;
    for (const { middle, line, align } of candidates) {
      const box = around(middle, line, width / 2, HALF_LINE);
      if (box.left < left || box.right > right || taken.some((other) => meet(box, other))) continue;
      taken.push(box);
      const x = { left: box.left, center: middle, right: box.right }[align];
      return { x, y: line + HALF_LINE - 1, align };
    }
    return null;
  });
}

function around(x: number, y: number, halfWidth: number, halfHeight: number): Box {
  return { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
