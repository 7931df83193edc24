import type { Scenario } from '../../workers/scenario/scenario.ts';

/**
 * In how many places two scenarios differ, whichever way led from one to the other. Two texts of several lines, such as
 * a Flume agent's properties, differ in so many lines.
 */
export function changesBetween(before: Scenario, after: Scenario): number {
  return differences(before, after);
}

function differences(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (typeof a === 'string' && typeof b === 'string' && a.includes('\n')) {
    return Math.max(linesOnlyIn(a, b), linesOnlyIn(b, a));
  }
  if (!isCompound(a) || !isCompound(b)) return 1;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].reduce((sum, key) => sum + differences(a[key], b[key]), 0);
}

function linesOnlyIn(text: string, other: string): number {
  const known = new Set(other.split('\n'));
  return text.split('\n').filter((line) => !known.has(line)).length;
}

function isCompound(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
