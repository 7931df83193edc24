// A web server's access-log line in the common or the combined format, as Apache httpd and nginx
// write it:
//
//   host ident user [17/May/2015:10:05:03 +0000] "GET /path HTTP/1.1" status bytes "referrer" "agent"
//
// Common format ends after the bytes. Further fields are allowed and ignored. Quoted fields hold
// \" and \\ as Apache escapes them; the escapes are kept in `path`, since two spellings of a path are
// two paths to the programs that count them.

import { daysFromCivil, parseLogTime } from './civilTime.ts';

/** Between these any two times are a whole number of microseconds apart that a double holds: less than 285 years. */
const YEARS = [1950, 2199] as const;
const EARLIEST_MS = daysFromCivil(YEARS[0], 1, 1) * 86_400_000;
const LATEST_MS = daysFromCivil(YEARS[1] + 1, 1, 1) * 86_400_000 - 1;

export interface Request {
  readonly host: string;
  readonly timeMs: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Zero where the server wrote `-`. */
  readonly bytes: number;
}

/** The request of a line, or a few words on why it cannot be read. */
export function parseAccessLogLine(line: string): Request | string {
  const afterHost = line.indexOf(' ');
  if (line === '') return 'the line is empty';
  if (afterHost <= 0) return 'there is no host followed by a space';
  const afterIdent = line.indexOf(' ', afterHost + 1);
  // User names may hold spaces, so the time is found by its bracket.
  const open = afterIdent < 0 ? -1 : line.indexOf(' [', afterIdent + 1);
  const close = open < 0 ? -1 : line.indexOf('] "', open);
  if (close < 0) return 'there is no [time] after host, ident and user';
  const timeMs = parseLogTime(line.slice(open + 2, close));
  if (timeMs === null) return 'the time is not written like [17/May/2015:10:05:03 +0000]';
  if (timeMs < EARLIEST_MS || timeMs > LATEST_MS)
    return `the year is not from ${YEARS.join(' to ')}`;

  const requestStart = close + 3;
  const requestEnd = closingQuote(line, requestStart);
  if (requestEnd < 0) return 'the request has no closing quote';
  const status = numberAt(line, requestEnd + 2);
  if (line[requestEnd + 1] !== ' ' || status === null || status < 100 || status > 999) {
    return 'the status is not a number of three digits';
  }
  const bytesStart = requestEnd + 6;
  const bytes = line[bytesStart] === '-' ? 0 : numberAt(line, bytesStart);
  if (line[bytesStart - 1] !== ' ' || bytes === null) return 'the bytes are neither a number nor -';

  const request = line.slice(requestStart, requestEnd);
  const afterMethod = request.indexOf(' ');
  const beforeProtocol = request.lastIndexOf(' ');
  return {
    host: line.slice(0, afterHost),
    timeMs,
    // A port scan writes a request that is no request; it stays a line with a status.
    method: afterMethod < 0 ? '' : request.slice(0, afterMethod),
    path:
      afterMethod < 0
        ? request
        : request.slice(
            afterMethod + 1,
            beforeProtocol > afterMethod ? beforeProtocol : request.length,
          ),
    status,
    bytes,
  };
}

function closingQuote(line: string, from: number): number {
  let end = line.indexOf('"', from);
  while (end > from && isEscaped(line, end, from)) end = line.indexOf('"', end + 1);
  return end;
}

/** An odd number of backslashes before a quote escapes it. */
function isEscaped(line: string, quote: number, from: number): boolean {
  let backslashes = 0;
  while (quote - 1 - backslashes >= from && line[quote - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

/** The decimal number that ends at a space or at the end of the line. */
function numberAt(line: string, from: number): number | null {
  let value = 0;
  let index = from;
  for (; index < line.length && line[index] !== ' '; index++) {
    const digit = line.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return index === from || value > Number.MAX_SAFE_INTEGER ? null : value;
}
