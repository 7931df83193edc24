import { expect, test } from 'vitest';
import { buildInputs } from '../../workers/input/build.ts';
import { readScenario } from '../../workers/scenario/reader.ts';
import { createSimulation } from '../../workers/simulation.ts';
import { shortOpening } from './lawScenarios.ts';

/** Words that mean something to JavaScript; to a stream they are words. */
const words = ['constructor', '__proto__', '10', 'toString', 'hasOwnProperty', 'NaN', 'plain'];

test('every word counts like any other, in every lane', () => {
  const opening = shortOpening();
  const read = readScenario({
    ...opening,
    inputs: [
      {
        id: 'weblog',
        type: 'records',
        // One sentence with all words each 100 ms, for four seconds: inside the window from 0 to 8 s, off its ends.
        records: Array.from({ length: 40 }, (_, i) => ({
          arrivalMs: 50 + i * 100,
          value: words.join(' '),
        })).concat(
          // Enough later ones that every partition gets some: an empty one would hold the watermark.
          Array.from({ length: 200 }, (_, i) => ({ arrivalMs: 18_000 + i * 50, value: 'end' })),
        ),
      },
    ],
    programs: opening.programs.map((program) => ({
      ...program,
      functions: ['split-words', 'pair-with-one'],
      windowIntervalMs: 8_000,
      slideIntervalMs: 8_000,
    })),
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const simulation = createSimulation(read.value, buildInputs(read.value, new Map()).records);
  simulation.advance();
  for (const { id, book } of simulation.lanes) {
    const rows = book.bookings().outputs.find(({ endUs }) => endUs === 8_000_000)?.rows ?? [];
    expect([...rows].sort(), id).toEqual(words.map((word) => [word, 40]).sort());
  }
});
