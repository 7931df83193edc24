/**
 * A broken invariant is our bug, never the learner's: it stops the run at once with a sentence, in every build.
 *
 * @throws Error with `message` when `condition` does not hold.
 */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Broken invariant: ${message}`);
}

/** The value, or an error naming what was missing: for look-ups that cannot fail unless we erred. */
export function present<T>(value: T | undefined | null, what: string): T {
  // Not by `assert`, for which the sentence would have to be put together each time.
  if (value === undefined || value === null)
    throw new Error(`Broken invariant: ${what} is missing`);
  return value;
}
