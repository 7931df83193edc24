// Why a file holds no line of an access log, told from its first bytes: what people open by mistake
// is a log that was compressed when it was rotated, or one that a shell wrote as UTF-16.
//
// The first bytes are those of RFC 1952 (gzip), RFC 8878 (Zstandard), the file formats of zip, bzip2 and xz, and
// the byte order marks of Unicode. Without a mark, a zero beside each letter gives UTF-16 away.

import type { UnreadableLine } from './logParser.ts';

/** So many bytes of its beginning tell what a file is. */
export const TELLING_BYTES = 4;

const PACKED: readonly { readonly name: string; readonly begins: readonly number[] }[] = [
  { name: 'gzip', begins: [0x1f, 0x8b] },
  { name: 'zip', begins: [0x50, 0x4b, 0x03, 0x04] },
  { name: 'bzip2', begins: [0x42, 0x5a, 0x68] },
  { name: 'xz', begins: [0xfd, 0x37, 0x7a, 0x58] },
  { name: 'Zstandard', begins: [0x28, 0xb5, 0x2f, 0xfd] },
];

/**
 * The rest of a sentence that begins with the file's name.
 * @param first up to `TELLING_BYTES` bytes of its beginning
 * @param line the first line, which could not be read; undefined where there is none
 */
export function whyNotALog(first: Uint8Array, line: UnreadableLine | undefined): string {
  if (first.length === 0) return 'is empty';
  const packed = PACKED.find(({ begins }) => begins.every((byte, i) => first[i] === byte));
  if (packed) return `is compressed (${packed.name}): unpack it, and open what is in it`;
  if (isUtf16(first)) return 'is text in UTF-16: save it as UTF-8, and open that';
  const none = 'holds no line of an access log in the common or combined format';
  return line ? `${none}: in line ${String(line.lineNumber)} ${line.reason}` : none;
}

function isUtf16([a, b, c, d]: Uint8Array): boolean {
  const isMarked = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  const zeros = [a, b, c, d].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  return isMarked || zeros === 'x0x0' || zeros === '0x0x';
}
