import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogParser, LINE_LIMIT_BYTES } from '../../workers/input/logParser.ts';
import { createSha256 } from '../../workers/input/sha256.ts';
import { decodeUtf8, encodeUtf8, utf8Length } from '../../workers/input/utf8.ts';

const GOOD = '192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 1';

function parsed(bytes: Uint8Array, chunkBytes = bytes.length + 1) {
  const parser = createLogParser();
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    parser.push(bytes.subarray(from, from + chunkBytes));
  }
  return parser.finish();
}

describe('a log file', () => {
  it('counts what it cannot read, and says where and why', () => {
    const file = parsed(encodeUtf8(`${GOOD}\nhello\n\n${GOOD}\n`));
    expect(file.lines).toEqual([GOOD, GOOD]);
    expect(file.unreadableCount).toBe(2);
    expect(file.firstUnreadable).toEqual([
      { lineNumber: 2, reason: 'there is no host followed by a space', text: 'hello' },
      { lineNumber: 3, reason: 'the line is empty', text: '' },
    ]);
  });

  it('reads carriage returns and a last line without its end', () => {
    expect(parsed(encodeUtf8(`${GOOD}\r\n${GOOD}`)).lines).toEqual([GOOD, GOOD]);
  });

  it('reads UTF-8, and ISO 8859-1 where a line is no UTF-8', () => {
    const path = (line: string) => `${GOOD} "${line}"`;
    const utf8 = encodeUtf8(`${path('čaj')}\n`);
    const latin1 = Uint8Array.from(path('caf\u00e9'), (letter) => letter.charCodeAt(0));
    expect(parsed(Uint8Array.from([...utf8, ...latin1])).lines).toEqual([
      path('čaj'),
      path('caf\u00e9'),
    ]);
  });

  // The first bytes are those of the formats' own specifications.
  it.each([
    ['is empty', []],
    ['is compressed (gzip): unpack it, and open what is in it', [0x1f, 0x8b, 8, 0, 10, 65]],
    ['is compressed (zip): unpack it, and open what is in it', [...encodeUtf8('PK'), 3, 4, 20]],
    ['is compressed (xz): unpack it, and open what is in it', [0xfd, ...encodeUtf8('7zXZ'), 0]],
    ['is text in UTF-16: save it as UTF-8, and open that', [0xff, 0xfe, 49, 0, 10, 0]],
    ['is text in UTF-16: save it as UTF-8, and open that', [0, 49, 0, 46, 0, 10]],
    [
      'holds no line of an access log in the common or combined format: in line 1 the line is empty',
      [10, 10],
    ],
  ])('without a line says why: it %s', (why, bytes) => {
    expect(parsed(Uint8Array.from(bytes)).notALog).toBe(why);
    expect(parsed(Uint8Array.from(bytes), 1).notALog).toBe(why);
  });

  it('does not keep a line without an end', () => {
    const file = parsed(new Uint8Array(LINE_LIMIT_BYTES * 5).fill(65), 1000);
    expect(file.unreadableCount).toBe(1);
    expect(file.firstUnreadable[0]?.reason).toBe('the line is longer than 65536 bytes');
    expect(file.firstUnreadable[0]?.text).toHaveLength(200);
  });

  it('reads the same in pieces of any size', () => {
    const line = fc.oneof(fc.constant(GOOD), fc.string(), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 1, max: 100 }), (lines, chunkBytes) => {
        const bytes = encodeUtf8(lines.join('\n'));
        expect(parsed(bytes, chunkBytes)).toEqual(parsed(bytes));
      }),
    );
  });

  const sample = '../shared/data/access_log';
  it.runIf(existsSync(sample))('of a real server is read whole', () => {
    const bytes = readFileSync(sample);
    const file = parsed(bytes, 64 * 1024);
    expect(file.lines).toHaveLength(4000);
    expect(file.unreadableCount).toBe(0);
    expect(file.lines.join('\n')).toBe(bytes.toString('utf8').trimEnd());
  });
});

describe('SHA-256', () => {
  it.each([
    // FIPS 180-4, examples of one block and of two.
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ])('of %j', (text, digest) => {
    const sha256 = createSha256();
    sha256.update(encodeUtf8(text));
    expect(sha256.hex()).toBe(digest);
  });

  it('agrees with another implementation, fed in any pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (pieces) => {
        const sha256 = createSha256();
        const other = createHash('sha256');
        for (const piece of pieces) {
          sha256.update(piece);
          other.update(piece);
        }
        expect(sha256.hex()).toBe(other.digest('hex'));
      }),
    );
  });
});

describe('UTF-8', () => {
  it('agrees with TextEncoder on any text, lone surrogates included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint16Array(), (text, units) => {
        const any = text + String.fromCharCode(...units);
        expect(encodeUtf8(any)).toEqual(new TextEncoder().encode(any));
        expect(utf8Length(any)).toBe(encodeUtf8(any).length);
      }),
    );
  });

  it('agrees with a fatal TextDecoder on any bytes', () => {
    const strict = (bytes: Uint8Array) => {
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      } catch {
        return null;
      }
    };
    // Bytes around the borders of the encoding; random ones are hardly ever well formed.
    const byte = fc.constantFrom(
      0x41,
      0x80,
      0x9f,
      0xa0,
      0xbf,
      0xc1,
      0xc3,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
    );
    fc.assert(
      fc.property(
        fc.array(byte, { maxLength: 6 }),
        fc.string({ unit: 'binary' }),
        (bytes, text) => {
          for (const any of [Uint8Array.from(bytes), encodeUtf8(text)]) {
            expect(decodeUtf8(any)).toBe(strict(any));
          }
        },
      ),
    );
  });
});
