/**
 * How Kafka reads settings (`ConfigDef`, 3.9): every known key has a type, a default and perhaps a condition; the first
 * setting that does not fit is refused in these words. What it does not know a client takes, and says nothing.
 */

export type SettingType = 'BOOLEAN' | 'DOUBLE' | 'INT' | 'LIST' | 'LONG' | 'STRING';
export type SettingValue = boolean | number | string | readonly string[] | null;

export interface Definition {
  readonly key: string;
  readonly type: SettingType;
  readonly initial: SettingValue;
  /** What the value, or each item of a list, must be; the sentence says why it is refused. */
  readonly check?: (value: SettingValue) => string | null;
}

/** Defines settings whose defaults stand in a client's own table. */
export function settingsWith<Key extends string>(defaults: Readonly<Record<Key, SettingValue>>) {
  return (key: Key, type: SettingType, check?: Definition['check']): Definition => {
    return { key, type, initial: defaults[key], ...(check && { check }) };
  };
}

/** The real `ConfigException`; the message is its own. */
export class ConfigException extends Error {}

/**
 * The values of all definitions, in their order.
 *
 * @param written as in a properties file
 * @throws ConfigException for the first one that is refused
 */
export function readSettings(
  definitions: readonly Definition[],
  written: Readonly<Record<string, string>>,
): Map<string, SettingValue> {
  const values = new Map<string, SettingValue>();
  for (const { key, type, initial, check } of definitions) {
    const text = Object.hasOwn(written, key) ? written[key] : undefined;
    const value = text === undefined ? initial : parse(key, text, type);
    values.set(key, value);
    if (text === undefined || check === undefined) continue;
    for (const item of Array.isArray(value) ? (value as readonly string[]) : [value]) {
      const problem = check(item);
      if (problem !== null) throw refusal(key, String(item), problem);
    }
  }
  return values;
}

function refusal(key: string, text: string, problem: string): ConfigException {
  return new ConfigException(`Invalid value ${text} for configuration ${key}: ${problem}`);
}

const RANGES = { INT: 2_147_483_648n, LONG: 9_223_372_036_854_775_808n } as const;

function parse(key: string, written: string, type: SettingType): SettingValue {
  const text = written.trim();
  switch (type) {
    case 'STRING':
      return text;
    case 'LIST':
      return text === '' ? [] : text.split(/\s*,\s*/);
    case 'BOOLEAN':
      if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
      throw refusal(key, written, 'Expected value to be either true or false');
    case 'DOUBLE':
      if (text !== '' && Number.isFinite(Number(text))) return Number(text);
      break;
    default:
      if (/^[+-]?\d+$/.test(text)) {
        const value = BigInt(text.replace('+', ''));
        if (value >= -RANGES[type] && value < RANGES[type]) return Number(value);
      }
  }
  throw refusal(key, written, `Not a number of type ${type}`);
}

export const atLeast = (min: number) => (value: SettingValue) =>
  Number(value) < min ? `Value must be at least ${min}` : null;

export const between = (min: number, max: number) => (value: SettingValue) =>
  Number(value) > max ? `Value must be no more than ${max}` : atLeast(min)(value);

export const oneOf =
  (...allowed: readonly string[]) =>
  (value: SettingValue) =>
    allowed.includes(String(value)) ? null : `String must be one of: ${allowed.join(', ')}`;
