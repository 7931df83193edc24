// The inputs that a scenario can name, as data. A file of the user's own is named, never held: its
// lines come beside the scenario, and the digest says whether they are the ones that are meant.

import * as v from 'valibot';
import {
  between,
  DURATION_LIMIT_MS,
  intervalMs,
  list,
  momentMs,
  nodeId,
  share,
  text,
  whole,
} from '../scenario/common.ts';
import { FILE_SIZE_LIMIT_BYTES } from './logParser.ts';

/** Records happen when they arrive, or when they say so themselves. */
const eventTime = v.picklist(['as-arrived', 'own']);

const bursts = v.pipe(
  v.strictObject({
    /** One burst begins somewhere in every stretch of this length. */
    everyMs: intervalMs,
    lengthMs: intervalMs,
    /** How many times the quiet rate. */
    factor: between(1, 100),
  }),
  v.check(({ everyMs, lengthMs }) => lengthMs <= everyMs, 'a burst is longer than its period'),
);

const arrivals = {
  /** The mean over quiet and bursts. */
  ratePerSecond: between(0.01, 10_000),
  bursts: v.nullable(bursts),
  /** The share of records that arrive long after they happened. */
  delayedShare: share,
  /** How long those take, on average; each takes between half of it and half as much again. */
  delayMs: intervalMs,
  eventTime,
};

export const generatedSchema = v.strictObject({
  id: nodeId,
  type: v.literal('generated'),
  ...arrivals,
  /** The share of requests answered with 4xx or 5xx. */
  errorShare: share,
});

export const sentencesSchema = v.strictObject({
  id: nodeId,
  type: v.literal('sentences'),
  ...arrivals,
  wordsPerSentence: whole(1, 50),
});

export const hashtagsSchema = v.strictObject({
  id: nodeId,
  type: v.literal('hashtags'),
  ...arrivals,
});

const fileArrivalSchema = v.variant('mode', [
  /** File order, evenly. */
  v.strictObject({ mode: v.literal('fixed-rate'), ratePerSecond: between(0.01, 10_000) }),
  /** The greatest time stamp so far; no pause is longer than the limit. */
  v.strictObject({ mode: v.literal('timestamps'), pauseLimitMs: intervalMs }),
]);

export const fileSchema = v.strictObject({
  id: nodeId,
  type: v.literal('file'),
  name: text(255),
  sizeBytes: whole(0, FILE_SIZE_LIMIT_BYTES),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'a SHA-256 has 64 hexadecimal digits')),
  arrival: fileArrivalSchema,
  eventTime,
});

export const explicitRecordsSchema = v.strictObject({
  id: nodeId,
  type: v.literal('records'),
  records: list(
    v.strictObject({
      arrivalMs: momentMs,
      /** When it happened; without it, when it arrives. */
      eventTimeMs: v.exactOptional(whole(-DURATION_LIMIT_MS, DURATION_LIMIT_MS)),
      key: v.exactOptional(text(200)),
      value: text(2000),
      /** The partition it asks for. */
      partition: v.exactOptional(whole(0, 999)),
      /** The file it is written to. */
      file: v.exactOptional(text(255)),
    }),
    20_000,
  ),
});

export const inputSchema = v.variant('type', [
  generatedSchema,
  fileSchema,
  explicitRecordsSchema,
  sentencesSchema,
  hashtagsSchema,
]);

export type InputConfig = v.InferOutput<typeof inputSchema>;
export type GeneratedInput = v.InferOutput<typeof generatedSchema>;
export type SentencesInput = v.InferOutput<typeof sentencesSchema>;
export type HashtagsInput = v.InferOutput<typeof hashtagsSchema>;
export type FileInput = v.InferOutput<typeof fileSchema>;
export type ExplicitRecordsInput = v.InferOutput<typeof explicitRecordsSchema>;
/** What the generated inputs have in common: when their records happen and arrive. */
export type Arrivals = Pick<
  GeneratedInput,
  'ratePerSecond' | 'bursts' | 'delayedShare' | 'delayMs' | 'eventTime'
>;
