/**
 * `org.apache.flume.Context` (1.11.0): what one component finds under its prefix, as text. Numbers are
 * read with `parseInt`, so `10k` and `1_000` are refused; only "true" is true; a key that nobody reads
 * is silently ignored, which is why a misspelt option simply has no effect.
 */
export type Context = ReadonlyMap<string, string>;

/** What a component throws out of `configure`: the name of the Java exception and its message. */
export class ConfigurationRefusal extends Error {
  readonly exception: string;
  readonly background: Background;

  constructor(exception: string, message: string, background: Background) {
    super(message);
    this.exception = exception;
    this.background = background;
  }
}

/** What else a log says of a refusal. */
interface Background {
  /** The error that the component logged before it threw. */
  readonly logged?: string;
  /** The exception behind the one that it threw. */
  readonly cause?: string;
}

export function refuse(exception: string, message: string, background: Background = {}): never {
  throw new ConfigurationRefusal(exception, message, background);
}

const integerLimits = { least: -2147483648, most: 2147483647 };
const longLimits = { least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER };

/** `Context.getInteger`. @throws NumberFormatException */
export function getInteger(context: Context, key: string, byDefault: number): number {
  return getWhole(context, key, byDefault, integerLimits);
}

/** `Context.getLong`, for as long as doubles are exact. @throws NumberFormatException */
export function getLong(context: Context, key: string, byDefault: number): number {
  return getWhole(context, key, byDefault, longLimits);
}

function getWhole(
  context: Context,
  key: string,
  byDefault: number,
  limits: { least: number; most: number },
): number {
  const text = context.get(key)?.trim();
  if (text === undefined) return byDefault;
  const value = Number(text);
  if (!/^[+-]?\d+$/.test(text) || value < limits.least || value > limits.most) {
    refuse('NumberFormatException', `For input string: "${text}"`);
  }
  return value;
}

/** A number that its component reads itself, and that falls back instead of failing. */
export function getIntegerOr(context: Context, key: string, byDefault: number): number {
  try {
    return getInteger(context, key, byDefault);
  } catch {
    return byDefault;
  }
}

/** `Configurables.ensureRequiredNonNull`. */
export function getRequired(context: Context, key: string): string {
  return (
    context.get(key) ??
    refuse('IllegalArgumentException', `Required parameter ${key} must exist and may not be null`)
  );
}

export function getRequiredInteger(context: Context, key: string): number {
  getRequired(context, key);
  return getInteger(context, key, 0);
}

/** `Context.getBoolean`: "yes" is false. */
export function getBoolean(context: Context, key: string, byDefault: boolean): boolean {
  const text = context.get(key);
  return text === undefined ? byDefault : text.trim().toLowerCase() === 'true';
}

/** `Context.getSubProperties`: the keys under a prefix, without it. */
export function subProperties(context: Context, prefix: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of context) {
    if (key.startsWith(prefix)) found.set(key.slice(prefix.length), value);
  }
  return found;
}

/** Names as most lists separate them: by any white space, never by commas. */
export function splitNames(list: string): string[] {
  return list.split(/\s+/);
}
