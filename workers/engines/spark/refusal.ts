/** How a program's user meets an error: the exception's class, and its message to the letter. */
export interface Refusal {
  /** `ValueError` in Python, the full class name on the JVM. */
  readonly exception: string;
  readonly message: string;
}

/** The language of the program. PySpark checks some things before the JVM sees them. */
export type Api = 'python' | 'scala';

/** Scala's `Duration.toString`. */
export function durationText(durationMs: number): string {
  return `${durationMs} ms`;
}

/** How Scala writes a `Double` of everyday size: with a decimal point. */
export function doubleText(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** What Scala's `require` throws. */
export function requirementFailed(message: string): Refusal {
  return {
    exception: 'java.lang.IllegalArgumentException',
    message: `requirement failed: ${message}`,
  };
}
