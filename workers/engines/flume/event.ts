/**
 * What Flume 1.11.0 moves: `org.apache.flume.Event`, headers and a body.
 *
 * Simplification: a body is text here, bytes there; its length is that of its UTF-8 form.
 */
import { utf8Length } from '../../input/utf8.ts';

/** A header may be null: an optional group of a regex_extractor that took no part. */
export type EventHeaders = Map<string, string | null>;

export interface FlumeEvent {
  readonly headers: EventHeaders;
  readonly body: string;
  readonly bodyBytes: number;
  /** The row of the run's input that this event carries, or −1. */
  readonly recordId: number;
  /** The tailed file and line that it was read from, −1 for an event that cannot be read again. */
  readonly inode: number;
  readonly line: number;
}

/** An event that came from nowhere that could be read again. */
export function createEvent(
  body: string,
  recordId = -1,
  headers: EventHeaders = new Map(),
): FlumeEvent {
  return { headers, body, bodyBytes: utf8Length(body), recordId, inode: -1, line: -1 };
}

/** The same event with another body. */
export function withBody(event: FlumeEvent, body: string): FlumeEvent {
  return { ...event, body, bodyBytes: utf8Length(body) };
}
