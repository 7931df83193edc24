// UTF-8 by hand: the simulator knows neither the browser's TextDecoder nor Node's, and brokers,
// channels and files count bytes where strings count code units.

/** How many bytes the text has in UTF-8; a lone surrogate counts as U+FFFD, three bytes. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) {
      bytes += 1;
      continue;
    }
    // Two code units of a pair make one code point of four bytes; any other unit makes three.
    bytes += 2;
    if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(index + 1))) index++;
  }
  return bytes;
}

export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  let at = 0;
  for (const character of text) {
    const point = wellFormed(character.codePointAt(0) as number);
    if (point < 0x80) {
      bytes[at++] = point;
    } else {
      const continuations = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
      bytes[at++] = (LEADS[continuations] as number) | (point >>> (6 * continuations));
      for (let left = continuations - 1; left >= 0; left--) {
        bytes[at++] = 0x80 | ((point >>> (6 * left)) & 0x3f);
      }
    }
  }
  return bytes;
}

/** The text, or null where the bytes are not well-formed UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  const pieces: string[] = [];
  let units: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at++] as number;
    const continuations =
      lead < 0x80 ? 0 : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (continuations < 0 || lead > 0xf4) return null;
    let point = continuations === 0 ? lead : lead & (0x3f >> continuations);
    for (let left = continuations; left > 0; left--) {
      const next = bytes[at++];
      if (next === undefined || (next & 0xc0) !== 0x80) return null;
      point = (point << 6) | (next & 0x3f);
    }
    if (point < (SMALLEST[continuations] as number) || point > 0x10ffff) return null;
    if (point >= 0xd800 && point <= 0xdfff) return null;
    units.push(point);
    if (units.length === 4096) {
      pieces.push(String.fromCodePoint(...units));
      units = [];
    }
  }
  pieces.push(String.fromCodePoint(...units));
  return pieces.join('');
}

/** Every byte as the character of the same number, which is ISO 8859-1. */
export function decodeLatin1(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 4096) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 4096)));
  }
  return pieces.join('');
}

/** Lead byte, and smallest code point, of a character with 0, 1, 2 or 3 continuation bytes. */
const LEADS = [0, 0xc0, 0xe0, 0xf0];
const SMALLEST = [0, 0x80, 0x800, 0x10000];

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;
const wellFormed = (point: number) => (point >= 0xd800 && point <= 0xdfff ? 0xfffd : point);
