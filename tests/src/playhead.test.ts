import { expect, test } from 'vitest';
import { Playhead } from '../../src/playback/Playhead.svelte.ts';
import { positionOf, speedAt } from '../../src/playback/speed.ts';
import { nextStop, previousStop } from '../../src/playback/stops.ts';

const reel = {
  durationUs: 10e6,
  stops: { record: [1e6, 1.5e6, 7e6], batch: [2e6, 4e6], window: [4e6, 8e6] },
};
const playhead = (): Playhead => new Playhead(() => reel);

test('stops: strictly after, strictly before, none beyond the ends', () => {
  expect(nextStop([2, 4], 2)).toBe(4);
  expect(nextStop([2, 4], 4)).toBeNull();
  expect(previousStop([2, 4], 4)).toBe(2);
  expect(previousStop([2, 4], 2)).toBeNull();
});

test('steps to the next of the chosen kind and back', () => {
  const head = playhead();
  head.stepForward();
  expect(head.timeUs).toBe(4e6);
  head.stepKind = 'record';
  head.stepForward();
  expect(head.timeUs).toBe(7e6);
  head.stepBack();
  expect(head.timeUs).toBe(1.5e6);
});

test('at 2× a second of watching is two seconds, either way, and the end pauses', () => {
  const head = playhead();
  head.speed = 2;
  head.play();
  head.advance(1000, false);
  expect(head.timeUs).toBe(2e6);
  head.play(true);
  head.advance(500, false);
  expect(head.timeUs).toBe(1e6);
  head.play();
  head.advance(60_000, false);
  expect(head.timeUs).toBe(10e6);
  expect(head.playing).toBe(false);
});

test('a halt stops play once, exactly there', () => {
  const head = playhead();
  head.haltUs = 3e6;
  head.play();
  head.advance(5000, false);
  expect(head.timeUs).toBe(3e6);
  expect(head.playing).toBe(false);
  head.play();
  head.advance(1000, false);
  expect(head.timeUs).toBe(4e6);
});

test('a frame that ends a hair before the halt halts too', () => {
  const head = playhead();
  head.haltUs = 3e6;
  head.play();
  // The browser's clock gives such differences: 2999.9999999 ms are 3,000,000 µs but for a tenth of a nanosecond.
  head.advance(2999.9999999, false);
  expect(head.timeUs).toBe(3e6);
  expect(head.playing).toBe(false);
});

test('with reduced motion nothing moves until a whole second of watching has passed', () => {
  const head = playhead();
  head.play();
  head.advance(600, true);
  expect(head.timeUs).toBe(0);
  head.advance(400, true);
  expect(head.timeUs).toBe(1e6);
});

test.each([
  [-1, 0.1],
  [0, 1],
  [0.3, 2],
  [1, 10],
])('speed slider at %s is %s×, and back', (position, speed) => {
  expect(speedAt(position)).toBe(speed);
  expect(positionOf(speed)).toBe(position);
});

test('goes on where the first frame after Play has moved nothing', () => {
  const head = playhead();
  head.play();
  head.advance(0, false);
  head.advance(1000, false);
  expect(head.timeUs).toBe(1e6);
});
