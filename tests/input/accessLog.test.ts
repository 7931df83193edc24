import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAccessLogLine } from '../../workers/input/accessLog.ts';

const TIME = '[17/May/2015:10:05:03 +0000]';
const TIME_MS = Date.UTC(2015, 4, 17, 10, 5, 3);

describe('a line of an access log', () => {
  it.each([
    [
      'the common format',
      `192.0.2.1 - frank ${TIME} "GET /a.gif HTTP/1.0" 200 2326`,
      { host: '192.0.2.1', method: 'GET', path: '/a.gif', status: 200, bytes: 2326 },
    ],
    [
      'the combined format',
      `::1 - - ${TIME} "POST /form HTTP/2.0" 302 - "http://example.org/" "Mozilla/5.0 (X11)"`,
      { host: '::1', method: 'POST', path: '/form', status: 302, bytes: 0 },
    ],
    [
      'an escaped quote in the path',
      String.raw`h - - ${TIME} "GET /say\"hello\" HTTP/1.1" 404 12`,
      { host: 'h', method: 'GET', path: String.raw`/say\"hello\"`, status: 404, bytes: 12 },
    ],
    [
      'an escaped backslash before the closing quote',
      String.raw`h - - ${TIME} "GET /c:\\ HTTP/1.1\\" 400 0`,
      { host: 'h', method: 'GET', path: String.raw`/c:\\`, status: 400, bytes: 0 },
    ],
    [
      'a user name with a space',
      `h - Ada L ${TIME} "GET / HTTP/1.1" 200 1`,
      { host: 'h', method: 'GET', path: '/', status: 200, bytes: 1 },
    ],
    [
      'a path with a space',
      `h - - ${TIME} "GET /a b HTTP/1.1" 200 1`,
      { host: 'h', method: 'GET', path: '/a b', status: 200, bytes: 1 },
    ],
    [
      'a request without a protocol',
      `h - - ${TIME} "GET /" 200 1`,
      { host: 'h', method: 'GET', path: '/', status: 200, bytes: 1 },
    ],
    [
      'a port scan',
      String.raw`h - - ${TIME} "\x16\x03\x01" 400 226`,
      { host: 'h', method: '', path: String.raw`\x16\x03\x01`, status: 400, bytes: 226 },
    ],
    [
      'no request at all',
      `h - - ${TIME} "-" 408 0`,
      { host: 'h', method: '', path: '-', status: 408, bytes: 0 },
    ],
    [
      'further fields',
      `h - - ${TIME} "GET / HTTP/1.1" 200 1 "-" "agent" 0.003 hit`,
      { host: 'h', method: 'GET', path: '/', status: 200, bytes: 1 },
    ],
  ])('%s', (_, line, expected) => {
    expect(parseAccessLogLine(line)).toEqual({ ...expected, timeMs: TIME_MS });
  });

  it.each([
    ['', 'the line is empty'],
    ['hello', 'there is no host followed by a space'],
    [' - - x', 'there is no host followed by a space'],
    ['h - -', 'there is no [time] after host, ident and user'],
    [
      'h - - [now] "GET / HTTP/1.1" 200 1',
      'the time is not written like [17/May/2015:10:05:03 +0000]',
    ],
    [
      'h - - [31/Dec/1949:23:59:59 +0000] "GET / HTTP/1.1" 200 1',
      'the year is not from 1950 to 2199',
    ],
    [
      'h - - [01/Jan/2200:00:00:00 +0000] "GET / HTTP/1.1" 200 1',
      'the year is not from 1950 to 2199',
    ],
    [`h - - ${TIME} "GET / HTTP/1.1 200 1`, 'the request has no closing quote'],
    [`h - - ${TIME} "GET / HTTP/1.1" 20 1`, 'the status is not a number of three digits'],
    [`h - - ${TIME} "GET / HTTP/1.1" 2000 1`, 'the status is not a number of three digits'],
    [`h - - ${TIME} "GET / HTTP/1.1"`, 'the status is not a number of three digits'],
    [`h - - ${TIME} "GET / HTTP/1.1" 200`, 'the bytes are neither a number nor -'],
    [`h - - ${TIME} "GET / HTTP/1.1" 200 many`, 'the bytes are neither a number nor -'],
  ])('%s cannot be read', (line, reason) => {
    expect(parseAccessLogLine(line)).toBe(reason);
  });

  it('answers any text with a request or a reason', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const answer = parseAccessLogLine(text);
        expect(typeof answer === 'string' ? answer !== '' : answer.status >= 100).toBe(true);
      }),
    );
  });
});
