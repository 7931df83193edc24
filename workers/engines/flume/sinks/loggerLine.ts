/** How `LoggerSink` prints an event (`EventHelper.dumpEvent`, Flume 1.11.0). */
import type { FlumeEvent } from '../event.ts';

const maxBytesToLog = 16;

/** `{ headers:{k=v} body: 68 65 … text }`: at most 16 bytes, in hexadecimal and as text. */
export function loggerLine(event: FlumeEvent): string {
  const headers = [...event.headers].map(([key, value]) => `${key}=${String(value)}`).join(', ');
  const bytes = firstBytes(event.body);
  if (bytes.length === 0) return `{ headers:{${headers}} body: }`;
  const hex = bytes.map((byte) => `${byte.toString(16).toUpperCase().padStart(2, '0')} `).join('');
  const text = bytes.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
  return `{ headers:{${headers}} body: ${hex.padEnd(3 * maxBytesToLog)}${text.join('')} }`;
}

/** The first bytes of the text in UTF-8. */
function firstBytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text.slice(0, maxBytesToLog)) {
    const code = character.codePointAt(0) as number;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), trailing(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), trailing(code >> 6), trailing(code));
    else {
      bytes.push(0xf0 | (code >> 18), trailing(code >> 12), trailing(code >> 6), trailing(code));
    }
  }
  return bytes.slice(0, maxBytesToLog);
}

function trailing(bits: number): number {
  return 0x80 | (bits & 0x3f);
}
