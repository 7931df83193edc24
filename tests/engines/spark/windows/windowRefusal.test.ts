import { expect, test } from 'vitest';
import { refuseWindow } from '../../../../workers/engines/spark/windows/windowRefusal.ts';
import type { WindowRequest } from '../../../../workers/engines/spark/windows/windowRefusal.ts';

const request = (changes: Partial<WindowRequest>): WindowRequest => ({
  api: 'scala',
  windowMs: 6000,
  slideMs: 4000,
  parentSlideMs: 1000,
  inverse: false,
  ...changes,
});

test.each<[Partial<WindowRequest>, string, string]>([
  [
    { slideMs: 2500, inverse: true },
    'java.lang.IllegalArgumentException',
    'requirement failed: The slide duration of ReducedWindowedDStream (2500 ms) must be multiple of the slide duration of parent DStream (1000 ms)',
  ],
  [
    { windowMs: 2500, inverse: true },
    'java.lang.IllegalArgumentException',
    'requirement failed: The window duration of ReducedWindowedDStream (2500 ms) must be multiple of the slide duration of parent DStream (1000 ms)',
  ],
  [
    { slideMs: 2500 },
    'java.lang.Exception',
    'The slide duration of windowed DStream (2500 ms) must be a multiple of the slide duration of parent DStream (1000 ms)',
  ],
  [
    { windowMs: 7000, slideMs: 3000, parentSlideMs: 2000 },
    'java.lang.Exception',
    'The window duration of windowed DStream (7000 ms) must be a multiple of the slide duration of parent DStream (2000 ms)',
  ],
  [
    { api: 'python', slideMs: 3000, parentSlideMs: 2000 },
    'ValueError',
    "slideDuration must be multiple of the parent dstream's slide (batch) duration (2000 ms)",
  ],
  [
    { api: 'python', windowMs: 7000, parentSlideMs: 2000, inverse: true },
    'ValueError',
    "windowDuration must be multiple of the parent dstream's slide (batch) duration (2000 ms)",
  ],
])('%o is refused with %s', (changes, exception, message) => {
  expect(refuseWindow(request(changes))).toEqual({ exception, message });
});

test.each<[string, Partial<WindowRequest>]>([
  ['a slide that does not divide the window', { windowMs: 3000, slideMs: 2000 }],
  ['a slide longer than the window', { windowMs: 2000, slideMs: 3000 }],
])('%s is accepted', (_what, changes) => {
  expect(refuseWindow(request(changes))).toBeNull();
});
