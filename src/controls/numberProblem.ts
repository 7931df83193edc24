/** What a field for a number takes. */
export interface NumberBounds {
  readonly min: number;
  /** Infinity where nothing is too much. */
  readonly max: number;
  /** Its multiples are taken; null where every number between is. */
  readonly step: number | null;
}

/**
 * Why a number is not taken, as a sentence that says what would be; null when it is taken.
 *
 * @param value NaN for what is no number, or not one yet
 */
export function numberProblem(value: number, { min, max, step }: NumberBounds): string | null {
  if (Number.isNaN(value)) return `That is no number. ${taken(min, max)}`;
  if (value < min) return `${String(value)} is too small. ${taken(min, max)}`;
  if (value > max) return `${String(value)} is too large. ${taken(min, max)}`;
  if (step === null) return null;
  const steps = value / step;
  if (Math.abs(steps - Math.round(steps)) < 1e-6) return null;
  const below = Math.floor(steps) * step;
  const [a, b] = [below, below + step].map((near) => String(Number(near.toFixed(6))));
  return `${String(value)} lies between two steps. ${a!} or ${b!} is taken.`;
}

function taken(min: number, max: number): string {
  return max === Infinity
    ? `From ${String(min)} on is taken.`
    : `From ${String(min)} to ${String(max)} is taken.`;
}
