/**
 * What a record weighs in a batch of message format v2 (`DefaultRecord`, `DefaultRecordBatch`), without
 * headers and compression. The producer's batching and its choice of a partition for null keys go by
 * these bytes.
 */
import { utf8Length } from '../../input/utf8.ts';

/** `DefaultRecordBatch.RECORD_BATCH_OVERHEAD`. */
export const batchOverheadBytes = 61;

/** Length of a whole number as a zig-zag varint: small numbers of either sign are short. */
export function varintBytes(value: number): number {
  const zigZag = value >= 0 ? value * 2 : -value * 2 - 1;
  let bytes = 1;
  for (let limit = 128; zigZag >= limit; limit *= 128) bytes += 1;
  return bytes;
}

/** The length of a field that is null, and the number of headers where there are none. */
const nullBytes = varintBytes(-1);
const noHeadersBytes = varintBytes(0);

function fieldBytes(text: string | null, bytes?: number): number {
  if (text === null) return nullBytes;
  const length = bytes ?? utf8Length(text);
  return varintBytes(length) + length;
}

/**
 * Key, value and an empty list of headers: what a record weighs wherever it stands in its batch. Counting
 * bytes costs most, so it is done once a record.
 *
 * @param valueBytes the value's length in UTF-8, where it is known
 */
export function contentBytes(
  key: string | null,
  value: string | null,
  valueBytes?: number,
): number {
  return fieldBytes(key) + fieldBytes(value, valueBytes) + noHeadersBytes;
}

/** With length prefix, attributes, and deltas to the batch's first record. */
export function recordBytes(content: number, timestampDelta: number, offsetDelta: number): number {
  const body = 1 + varintBytes(timestampDelta) + varintBytes(offsetDelta) + content;
  return varintBytes(body) + body;
}

/** `DefaultRecord.MAX_RECORD_OVERHEAD`: length, attributes and deltas at their longest. */
const maxRecordOverheadBytes = 21;

/** What a record may weigh at most: the room that is set aside for a batch of it alone. */
export function recordBytesUpperBound(content: number): number {
  return maxRecordOverheadBytes + content;
}
