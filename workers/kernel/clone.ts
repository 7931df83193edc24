import type { AppendColumns } from './appendColumns.ts';
import type { AppendLog } from './appendLog.ts';

/**
 * A deep copy of plain data: objects with fixed fields, arrays, Maps, Sets, typed arrays and primitives. Append-only
 * logs share their items (see appendLog.ts and appendColumns.ts). Anything else in a state is our mistake and is refused, because it would
 * silently make a keyframe wrong.
 */
export function clonePlain<T>(value: T): T {
  return cloneValue(value) as T;
}

function cloneValue(value: unknown): unknown {
  if (typeof value === 'function') throw new Error('Broken invariant: a function in a state');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(cloneValue);
  if (value instanceof Map) {
    const copy = new Map<unknown, unknown>();
    for (const [key, item] of value) copy.set(key, cloneValue(item));
    return copy;
  }
  if (value instanceof Set) return new Set(value);
  if (ArrayBuffer.isView(value)) return (value as Int32Array).slice();
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new Error('Broken invariant: a class instance in a state');
  }
  const { kind } = value as { kind?: unknown };
  if (kind === 'append-log') {
    const log = value as AppendLog<unknown>;
    return { kind, items: log.items, length: log.length };
  }
  if (kind === 'append-columns') {
    const log = value as AppendColumns<unknown>;
    return { kind, columns: log.columns, length: log.length };
  }
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value))
    copy[key] = cloneValue((value as Record<string, unknown>)[key]);
  return copy;
}
