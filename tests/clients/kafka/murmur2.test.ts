import { describe, expect, it } from 'vitest';
import { murmur2, partitionForKey } from '../../../workers/clients/kafka/murmur2.ts';
import { utf8Bytes } from '../../../workers/clients/kafka/utf8Bytes.ts';

/** Key, hash, and its partition among 2, 3, 4, 5, 6, 8, 10 and 12: from the real `Utils.murmur2`. */
const cases: readonly (readonly [string, number, readonly number[]])[] = [
  ['21', -973932308, [0, 0, 0, 0, 0, 4, 0, 0]],
  ['foobar', -790332482, [0, 0, 2, 1, 0, 6, 6, 6]],
  ['abc', 479470107, [1, 0, 3, 2, 3, 3, 7, 3]],
  ['a-little-bit-long-string', -985981536, [0, 2, 0, 2, 2, 0, 2, 8]],
  ['a-little-bit-longer-string', -1486304829, [1, 2, 3, 4, 5, 3, 9, 11]],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971, [1, 2, 1, 2, 5, 5, 7, 5]],
  ['', 275646681, [1, 0, 1, 1, 3, 1, 1, 9]],
  ['a', -1563381124, [0, 1, 0, 4, 4, 4, 4, 4]],
  ['b', -1853091852, [0, 2, 0, 1, 2, 4, 6, 8]],
  ['c', -1877468854, [0, 1, 2, 4, 4, 2, 4, 10]],
  ['key1', 28543940, [0, 2, 0, 0, 2, 4, 0, 8]],
  ['key2', 1674751211, [1, 2, 3, 1, 5, 3, 1, 11]],
  ['key3', -1745673403, [1, 1, 1, 0, 1, 5, 5, 1]],
  ['alice', 1951417749, [1, 0, 1, 4, 3, 5, 9, 9]],
  ['bob', -2048144690, [0, 0, 2, 3, 0, 6, 8, 6]],
  ['carol', 271431602, [0, 2, 2, 2, 2, 2, 2, 2]],
  ['dave', 1727131798, [0, 1, 2, 3, 4, 6, 8, 10]],
  ['user1', 1619149554, [0, 0, 2, 4, 0, 2, 4, 6]],
  ['user2', -681250719, [1, 2, 1, 4, 5, 1, 9, 5]],
  ['user3', -850927293, [1, 2, 3, 0, 5, 3, 5, 11]],
  ['1', -1993445489, [1, 0, 3, 4, 3, 7, 9, 3]],
  ['2', 648968168, [0, 2, 0, 3, 2, 0, 8, 8]],
  ['3', -1148165505, [1, 2, 3, 3, 5, 7, 3, 11]],
  ['é', 186971271, [1, 0, 3, 1, 3, 7, 1, 3]],
  ['日本', -700811021, [1, 0, 3, 2, 3, 3, 7, 3]],
  ['127.0.0.1', 1937383612, [0, 1, 0, 2, 4, 4, 2, 4]],
  ['192.168.1.1', 487338465, [1, 0, 1, 0, 3, 1, 5, 9]],
];

describe('C1 murmur2', () => {
  it.each(cases)('of %j is %i', (key, hash, partitions) => {
    expect(murmur2(utf8Bytes(key))).toBe(hash);
    expect([2, 3, 4, 5, 6, 8, 10, 12].map((count) => partitionForKey(key, count))).toEqual(
      partitions,
    );
  });

  it.each([
    ['long 1', [0, 0, 0, 0, 0, 0, 0, 1], 2100486060],
    ['long −1', [255, 255, 255, 255, 255, 255, 255, 255], 185950397],
    ['int 1', [0, 0, 0, 1], -173113808],
    ['int 42', [0, 0, 0, 42], 1606757304],
  ])('of %s, big-endian, is %3$i', (_, bytes, hash) => {
    expect(murmur2(bytes)).toBe(hash);
  });

  it('hashes the bytes that a JSON converter wrote for a null key to one fixed partition', () => {
    const key = '{"schema":null,"payload":null}';
    expect(murmur2(utf8Bytes(key))).toBe(-466561547);
    expect([2, 3, 4, 5, 6, 8, 10, 12].map((count) => partitionForKey(key, count))).toEqual([
      1, 0, 1, 1, 3, 5, 1, 9,
    ]);
  });
});
