/**
 * `NetcatSource` (Flume 1.11.0): a TCP server that makes one event of each line, one put transaction
 * each, and answers `OK`. A line that the channel refuses is answered with FAILED and dropped.
 */
import {
  getBoolean,
  getInteger,
  getRequired,
  getRequiredInteger,
} from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';

export interface NetcatSettings {
  readonly kind: 'netcat';
  readonly bind: string;
  readonly port: number;
  readonly maxLineLength: number;
  readonly ackEveryEvent: boolean;
}

export function readNetcat(context: Context): NetcatSettings {
  return {
    kind: 'netcat',
    bind: getRequired(context, 'bind'),
    port: getRequiredInteger(context, 'port'),
    maxLineLength: getInteger(context, 'max-line-length', 512),
    ackEveryEvent: getBoolean(context, 'ack-every-event', true),
  };
}

/** The reply to a line that is too long, after which the connection is closed. */
export function tooLongReply(settings: NetcatSettings): string {
  return `FAILED: Event exceeds the maximum length (${settings.maxLineLength} chars, including newline)`;
}

/** Whether the line, with its newline, fits. A carriage return is part of the line. */
export function lineFits(settings: NetcatSettings, line: string): boolean {
  return line.length + 1 <= settings.maxLineLength;
}

/** The reply to a line that the channel refused with this message, also where OK is not said (ack-every-event). */
export function failedReply(message: string): string {
  return `FAILED: ${message}`;
}
