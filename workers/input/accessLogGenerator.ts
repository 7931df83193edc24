// A web server's log, made up: popular pages, busy visitors, bursts, a share of errors, and lines
// that are written when their request is done, so out of the order in which the requests came.

import { createRandom, nextInt, nextUnit, type RandomStream } from '../kernel/random.ts';
import { arrivingRows } from './arrivals.ts';
import { nextPopular, zipf } from './chance.ts';
import { formatLogTime } from './civilTime.ts';
import type { GeneratedInput } from './config.ts';
import { recordsFromRows, type Records } from './records.ts';
import { MISSING_PAGES, PAGES, VISITORS } from './site.ts';

/**
 * The lines that the server writes before `durationMs`. A line's own time is the stamp in it: the
 * whole second in which the request came, since the format has no finer one.
 */
export function generateAccessLog(
  config: GeneratedInput,
  seed: number,
  startEpochMs: number,
  durationMs: number,
): Records {
  const requests = createRandom(seed, `${config.id} requests`);
  const answers = createRandom(seed, `${config.id} answers`);
  const stampMs = (happenedUs: number) =>
    Math.floor((startEpochMs + happenedUs / 1000) / 1000) * 1000;
  // Formatting a date costs more than the rest of a line, and many lines share their second.
  let stamp = { ms: -1, text: '' };
  const rows = arrivingRows(config, seed, durationMs, {
    ownTimeUs: (happenedUs) => (stampMs(happenedUs) - startEpochMs) * 1000,
    nextLine(happenedUs) {
      const ms = stampMs(happenedUs);
      if (ms !== stamp.ms) stamp = { ms, text: formatLogTime(ms) };
      const visitor = nextPopular(requests, VISITORS, VISITOR_POPULARITY);
      const [page, usualBytes] = nextPopular(requests, PAGES, PAGE_POPULARITY);
      const status = nextStatus(answers, config.errorShare);
      const path = status === 404 ? nextMissingPage(answers) : page;
      const bytes = nextBytes(answers, status, usualBytes);
      return `${visitor.host} - - [${stamp.text}] "GET ${path} HTTP/1.1" ${String(status)} ${bytes}${visitor.ending}`;
    },
  });
  return recordsFromRows(config.id, rows);
}

const PAGE_POPULARITY = zipf(PAGES.length);
const VISITOR_POPULARITY = zipf(VISITORS.length);

/** Of a hundred answers that are errors, and of a hundred that are none. */
const ERRORS = [
  [404, 62],
  [403, 8],
  [500, 14],
  [503, 10],
  [502, 6],
] as const;
const SUCCESSES = [
  [200, 84],
  [304, 11],
  [301, 5],
] as const;

function nextStatus(stream: RandomStream, errorShare: number): number {
  const statuses = nextUnit(stream) < errorShare ? ERRORS : SUCCESSES;
  let ticket = nextInt(stream, 100);
  for (const [status, tickets] of statuses) {
    if (ticket < tickets) return status;
    ticket -= tickets;
  }
  return statuses[0][0];
}

function nextMissingPage(stream: RandomStream): string {
  return MISSING_PAGES[nextInt(stream, MISSING_PAGES.length)] ?? '/';
}

/** A page is a little longer one day than another; answers without a page are short or empty. */
function nextBytes(stream: RandomStream, status: number, usualBytes: number): string {
  if (status === 304) return '-';
  const bytes = status === 200 ? usualBytes : 196;
  return String(bytes + nextInt(stream, Math.floor(bytes / 16) + 1));
}
