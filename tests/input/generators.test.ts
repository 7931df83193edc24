import { describe, expect, it } from 'vitest';
import { parseAccessLogLine } from '../../workers/input/accessLog.ts';
import { generateAccessLog } from '../../workers/input/accessLogGenerator.ts';
import { happeningTimesUs } from '../../workers/input/arrivals.ts';
import type { GeneratedInput } from '../../workers/input/config.ts';
import type { Records } from '../../workers/input/records.ts';
import { generateHashtags, generateSentences } from '../../workers/input/textGenerators.ts';
import { createRandom } from '../../workers/kernel/random.ts';

const START_MS = Date.UTC(2026, 0, 5, 9);
const MINUTES_MS = 10 * 60_000;

const weblog: GeneratedInput = {
  id: 'weblog',
  type: 'generated',
  ratePerSecond: 50,
  bursts: null,
  delayedShare: 0.1,
  delayMs: 2000,
  eventTime: 'own',
  errorShare: 0.2,
};

const logOf = (changes: Partial<GeneratedInput>, seed = 1) =>
  generateAccessLog({ ...weblog, ...changes }, seed, START_MS, MINUTES_MS);

const requestsOf = ({ lines }: Records) =>
  lines.map((line) => {
    const request = parseAccessLogLine(line);
    if (typeof request === 'string') throw new Error(request);
    return request;
  });

const tally = (words: readonly string[]) => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
};

describe('a generated access log', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(logOf({}).lines).toEqual(logOf({}).lines);
    expect(logOf({}, 2).lines).not.toEqual(logOf({}).lines);
  });

  it('has as many lines as its rate says', () => {
    // 50 a second for 600 s: 30 000, with a standard deviation of √30 000 = 173.
    expect(Math.abs(logOf({}).count - 30_000)).toBeLessThan(4 * 173);
  });

  it('keeps its mean rate under bursts, and bursts', () => {
    const bursts = { everyMs: 20_000, lengthMs: 4_000, factor: 6 };
    const times = happeningTimesUs({ ...weblog, bursts }, createRandom(1, 'times'), 6e8);
    expect(Math.abs(times.length - 30_000)).toBeLessThan(4 * 173);
    // Quiet is 50 / (1 + 5 · 4/20) = 25 a second, and a burst 150.
    const seconds = tally(times.map((timeUs) => String(Math.floor(timeUs / 1e6))));
    const busy = seconds.filter(([, count]) => count > 80).length;
    // Thirty bursts of four seconds, of which one second each may straddle two halves.
    expect(busy).toBeGreaterThanOrEqual(30 * 3);
    expect(busy).toBeLessThanOrEqual(30 * 5);
  });

  it('answers with errors as often as asked', () => {
    const requests = requestsOf(logOf({ errorShare: 0.2 }));
    const errors = requests.filter(({ status }) => status >= 400).length;
    // A fifth of 30 000; the standard deviation is √(30 000 · 0.2 · 0.8) = 69.
    expect(Math.abs(errors - requests.length / 5)).toBeLessThan(4 * 69);
    expect(requestsOf(logOf({ errorShare: 0 })).every(({ status }) => status < 400)).toBe(true);
  });

  it('has few popular pages and many rare ones', () => {
    const [first, second, ...others] = tally(requestsOf(logOf({})).map(({ path }) => path));
    expect(first?.[0]).toBe('/');
    // By Zipf's law the first is asked for twice as often as the second.
    expect((first?.[1] ?? 0) / (second?.[1] ?? 1)).toBeCloseTo(2, 0);
    expect(others.length).toBeGreaterThan(20);
  });

  it('says in each line the whole second in which its request came', () => {
    const records = logOf({});
    const own = requestsOf(records).map(({ timeMs }) => (timeMs - START_MS) * 1000);
    expect([...records.eventTimeUs]).toEqual(own);
  });

  it('takes the arrival for the event time where it is asked to', () => {
    const records = logOf({ eventTime: 'as-arrived' });
    expect(records.eventTimeUs).toEqual(records.arrivalUs);
  });

  it('writes late what is delayed, and in the order of writing', () => {
    const records = logOf({ delayedShare: 0.1, delayMs: 10_000 });
    const delaysUs = records.arrivalUs.map((us, record) => us - (records.eventTimeUs[record] ?? 0));
    // The stamp cuts off up to a second, and a usual request takes far less than another.
    const late = delaysUs.filter((us) => us > 3e6).length;
    // A tenth of 30 000; the standard deviation is √(30 000 · 0.1 · 0.9) = 52.
    expect(Math.abs(late - records.count / 10)).toBeLessThan(4 * 52 + 100);
    expect(records.arrivalUs).toEqual(records.arrivalUs.slice().sort());
  });

  it('asks for the same whatever the delay', () => {
    const late = logOf({ delayMs: 9000 }).lines;
    const known = new Set(logOf({ delayMs: 10 }).lines);
    // Some that are delayed longer are written after the end; there is no other difference.
    expect(late.length).toBeGreaterThan(29_000);
    expect(late.every((line) => known.has(line))).toBe(true);
  });
});

describe('generated texts', () => {
  const arrivals = {
    ratePerSecond: 20,
    bursts: null,
    delayedShare: 0,
    delayMs: 1000,
    eventTime: 'own',
  } as const;

  it('are sentences of as many words as asked', () => {
    const records = generateSentences(
      { id: 's', type: 'sentences', ...arrivals, wordsPerSentence: 7 },
      1,
      MINUTES_MS,
    );
    expect(records.lines.every((line) => line.split(' ').length === 7)).toBe(true);
    const [first] = tally(records.lines.flatMap((line) => line.split(' ')));
    expect(first?.[0]).toBe('the');
  });

  it('are posts with one or two hashtags', () => {
    const records = generateHashtags({ id: 'h', type: 'hashtags', ...arrivals }, 1, MINUTES_MS);
    const tags = (line: string) => line.split(' ').filter((word) => word.startsWith('#')).length;
    expect(new Set(records.lines.map(tags))).toEqual(new Set([1, 2]));
  });
});
