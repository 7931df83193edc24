import { expect, test } from 'vitest';
import { arrivalUs, createNetwork, isCut, setCut } from '../../workers/kernel/network.ts';

const link = { latencyUs: 100, bytesPerSecond: 1_000_000 };

test('a message takes its link’s latency and its own bytes', () => {
  // 500 bytes at 1,000,000 bytes a second take 500 µs.
  expect(arrivalUs(createNetwork(3), 0, 1, 1000, 500, link)).toBe(1000 + 100 + 500);
});

test('a short message never overtakes a long one of the same direction', () => {
  const network = createNetwork(3);
  expect(arrivalUs(network, 0, 1, 0, 5000, link)).toBe(5100);
  expect(arrivalUs(network, 0, 1, 10, 0, link)).toBe(5100);
  expect(arrivalUs(network, 1, 0, 10, 0, link)).toBe(110);
  expect(arrivalUs(network, 0, 2, 10, 0, link)).toBe(110);
});

test('two faults that cut the same link both have to end', () => {
  const network = createNetwork(3);
  setCut(network, 0, 1, true);
  setCut(network, 0, 1, true);
  setCut(network, 0, 1, false);
  expect(isCut(network, 0, 1)).toBe(true);
  expect(isCut(network, 1, 0)).toBe(false);
  setCut(network, 0, 1, false);
  expect(isCut(network, 0, 1)).toBe(false);
});
