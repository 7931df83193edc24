import { describe, expect, it } from 'vitest';
import {
  batchOverheadBytes,
  contentBytes,
  recordBytes,
  varintBytes,
} from '../../../workers/clients/kafka/recordSize.ts';

describe('record size, message format v2', () => {
  it.each([
    // Zig-zag maps 0, −1, 1, −2, … to 0, 1, 2, 3, …; seven bits go into a byte.
    [0, 1],
    [-1, 1],
    [63, 1],
    [64, 2],
    [-64, 1],
    [-65, 2],
    [8191, 2],
    [8192, 3],
    [4294967296, 5],
  ])('the varint of %i takes %i bytes', (value, bytes) => {
    expect(varintBytes(value)).toBe(bytes);
  });

  it('a value of 10 bytes without a key weighs 17, and alone in its batch 78', () => {
    // 1 length + [1 attributes + 1 Δtime + 1 Δoffset + 1 null key + (1 + 10) value + 1 headers]
    expect(recordBytes(contentBytes(null, '0123456789'), 0, 0)).toBe(17);
    expect(batchOverheadBytes + recordBytes(contentBytes(null, '0123456789'), 0, 0)).toBe(78);
  });

  it('counts UTF-8 bytes, and a length of 64 or more takes two bytes', () => {
    // 64 × "é" = 128 bytes: 2 length + [3 + 1 null key + (2 + 128) + 1] = 137
    expect(recordBytes(contentBytes(null, 'é'.repeat(64)), 0, 0)).toBe(137);
  });
});
