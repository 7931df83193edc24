/**
 * `ExecSource` (Flume 1.11.0) with the one command that everybody gives it, `tail -F FILE`: the lines
 * that come out of it, without a position and without an acknowledgement.
 *
 * Simplification: any other command is refused by name; `shell` changes nothing for this one.
 */
import { getBoolean, getInteger, getLong, refuse } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';

export interface ExecSettings {
  readonly kind: 'exec';
  readonly command: string;
  /** The file that is followed. */
  readonly path: string;
  readonly restart: boolean;
  readonly restartThrottleMs: number;
  readonly batchSize: number;
  readonly batchTimeoutMs: number;
}

/** @returns null for another command than `tail -F FILE` */
export function readExec(context: Context): ExecSettings | null {
  const command = context.get('command');
  if (command === undefined) {
    return refuse('IllegalStateException', 'The parameter command must be specified');
  }
  const path = /^tail\s+-[fF]\s+(\/\S+)$/.exec(command)?.[1];
  if (path === undefined) return null;
  return {
    kind: 'exec',
    command,
    path,
    restart: getBoolean(context, 'restart', false),
    restartThrottleMs: getLong(context, 'restartThrottle', 10_000),
    batchSize: getInteger(context, 'batchSize', 20),
    batchTimeoutMs: getLong(context, 'batchTimeout', 3000),
  };
}

/** How many lines `tail` begins with, whatever was read before. */
export const tailLines = 10;
