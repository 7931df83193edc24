// A person's own access log, read piece by piece, so that fifty megabytes never stop the page:
// whoever reads the file pushes a chunk, lets the page breathe, and pushes the next.
//
// A line that cannot be read is no reason to refuse the file: it is counted, the first of them are
// kept with their number and the reason, and the run goes on without them. Lines end with \n or
// \r\n. A line is UTF-8, or else ISO 8859-1, which every run of bytes is.

import { parseAccessLogLine } from './accessLog.ts';
import { TELLING_BYTES, whyNotALog } from './notALog.ts';
import { createSha256 } from './sha256.ts';
import { decodeLatin1, decodeUtf8 } from './utf8.ts';

export const FILE_SIZE_LIMIT_BYTES = 128 * 1024 * 1024;
export const LINE_LIMIT_BYTES = 64 * 1024;
const UNREADABLE_SHOWN = 10;

export interface UnreadableLine {
  readonly lineNumber: number;
  readonly reason: string;
  /** The beginning of the line. */
  readonly text: string;
}

export interface LogFile {
  readonly sizeBytes: number;
  readonly sha256: string;
  /** The readable lines, in file order. */
  readonly lines: readonly string[];
  /** The time stamp in each readable line, in milliseconds of the epoch. */
  readonly timesMs: readonly number[];
  readonly unreadableCount: number;
  readonly firstUnreadable: readonly UnreadableLine[];
  /** Where no line is readable why, as the rest of a sentence that begins with the file's name; else null. */
  readonly notALog: string | null;
}

export interface LogParser {
  /**
   * Takes the next bytes of the file.
   * @throws RangeError with a sentence when the file is longer than can be taken
   */
  push(chunk: Uint8Array): void;
  /** What was read; the parser is used up. */
  finish(): LogFile;
}

export function createLogParser(): LogParser {
  const sha256 = createSha256();
  const lines: string[] = [];
  const timesMs: number[] = [];
  const firstUnreadable: UnreadableLine[] = [];
  let unreadableCount = 0;
  let lineNumber = 0;
  let sizeBytes = 0;
  let first = new Uint8Array(0);
  // The beginning of a line whose end has not come yet; cut at the limit, but measured in full.
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;

  function unreadable(reason: string, text: string): void {
    unreadableCount++;
    if (firstUnreadable.length < UNREADABLE_SHOWN) {
      firstUnreadable.push({ lineNumber, reason, text: text.slice(0, 200) });
    }
  }

  function keep(piece: Uint8Array): void {
    if (pendingBytes <= LINE_LIMIT_BYTES) pending.push(piece.slice(0, LINE_LIMIT_BYTES + 1));
    pendingBytes += piece.length;
  }

  function endLine(lastPiece: Uint8Array): void {
    lineNumber++;
    let bytes = lastPiece;
    if (pendingBytes > 0) {
      keep(lastPiece);
      bytes = concat(pending);
    }
    const tooLong = Math.max(pendingBytes, bytes.length) > LINE_LIMIT_BYTES;
    pending = [];
    pendingBytes = 0;
    const line = decodeLine(bytes);
    if (tooLong) {
      unreadable(`the line is longer than ${String(LINE_LIMIT_BYTES)} bytes`, line);
      return;
    }
    const request = parseAccessLogLine(line);
    if (typeof request === 'string') {
      unreadable(request, line);
      return;
    }
    lines.push(line);
    timesMs.push(request.timeMs);
  }

  return {
    push(chunk) {
      sizeBytes += chunk.length;
      if (sizeBytes > FILE_SIZE_LIMIT_BYTES) {
        throw new RangeError('The file is longer than 128 MB, which is more than is read here.');
      }
      sha256.update(chunk);
      if (first.length < TELLING_BYTES) {
        first = concat([first, chunk.subarray(0, TELLING_BYTES - first.length)]);
      }
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
        endLine(chunk.subarray(from, end));
        from = end + 1;
      }
      if (from < chunk.length) keep(chunk.subarray(from));
    },
    finish() {
      // The last line may lack its newline; after a last newline there is no line.
      if (pendingBytes > 0) endLine(new Uint8Array(0));
      return {
        sizeBytes,
        sha256: sha256.hex(),
        lines,
        timesMs,
        unreadableCount,
        firstUnreadable,
        notALog: lines.length === 0 ? whyNotALog(first, firstUnreadable[0]) : null,
      };
    },
  };
}

const NEWLINE = 10;
const RETURN = 13;

function decodeLine(bytes: Uint8Array): string {
  const end = bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length;
  const text = bytes.subarray(0, end);
  return text.every((byte) => byte < 0x80)
    ? decodeLatin1(text)
    : (decodeUtf8(text) ?? decodeLatin1(text));
}

function concat(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
