import { expect, test } from 'vitest';
import { readScenario } from '../../workers/scenario/reader.ts';
import { captionWords } from '../../src/guide/captionWords.ts';
import { choicesUntil, gapBetween, gapWords } from '../../src/guide/prediction.ts';
import { GUIDE_STEPS } from '../../src/guide/steps.ts';
import { guidedScene } from '../../src/guide/scenario.ts';
import { modelOf } from '../../src/run/RunModel.ts';
import { opening } from '../../workers/scenario/opening.ts';
import { play } from '../lessons/play.ts';
import { openingRun } from './openingRun.ts';

test('the guided scene is a scenario that the reader takes', () => {
  expect(readScenario(JSON.parse(JSON.stringify(guidedScene)))).toMatchObject({ ok: true });
});

test('the choices are the batches up to the result, and all records lie in one of them', () => {
  const model = modelOf(openingRun());
  const [spark] = model.lanes;
  const choices = choicesUntil(spark!, 8e6);
  // 8 s of batches of 2 s
  expect(choices.map(({ startUs }) => startUs / 1e6)).toEqual([0, 2, 4, 6]);
  const { record, timeUs } = spark!.input;
  const before = [...record].filter((_, i) => timeUs[i]! < 8e6);
  expect(choices.flatMap(({ records }) => records)).toEqual(before);
});

test('the gap counts what is right, missed and too many', () => {
  const gap = gapBetween(new Set([1, 2, 9]), [1, 2, 3, 4]);
  expect(gap).toEqual({ right: 2, missed: [3, 4], extra: [9] });
  expect(gapWords(gap, { startUs: 2e6, endUs: 8e6 })).toContain(
    '2 right, 2 missed, 1 too many. A window looks back over whole batches: 2 to 8 s.',
  );
  expect(gapWords(gapBetween(new Set([5]), [5]), { startUs: 0, endUs: 1 })).toBe(
    'All 1: exactly right.',
  );
});

test('the words of the steps name the intervals that the lane has', () => {
  const [spark] = modelOf(openingRun()).lanes;
  const said = GUIDE_STEPS.map(({ title, words }) => `${title(spark!)} ${words(spark!)}`).join(' ');
  expect(said).toContain('batches of 2 s.');
  expect(said).toContain('Window 8 s, slide 4 s. The second result comes at 8 s.');
  expect(said).toContain('Drag the slide to 3 s, while the batch is 2 s.');
  const run = openingRun();
  const [other] = modelOf({ ...run, lanes: [{ ...run.lanes[0]!, batchUs: 1e6 }] }).lanes;
  expect(GUIDE_STEPS[0]!.words(other!)).toContain('batches of 1 s.');
});

test('where nothing ever arrives the caption does not tell to wait', () => {
  const [weblog, ...rest] = opening.inputs;
  // At 0.001 lines a second the first would come after a quarter of an hour.
  const inputs = [{ ...weblog!, ratePerSecond: 0.001 }, ...rest] as typeof opening.inputs;
  const { lanes } = play({ ...opening, durationMs: 20_000, inputs });
  expect(captionWords(lanes, 20e6)).toContain('Nothing arrives in this run.');
});

// Spark takes multiples of its batch of 2 s; Storm wants window and slide together below topology.message.timeout.secs, 30 s.
test('the caption names those that answer, where one was not started or stays behind', () => {
  const of = (intervals: object) =>
    captionWords(
      play({
        ...opening,
        durationMs: 20_000,
        programs: opening.programs.map((program) => ({ ...program, ...intervals })),
      }).lanes,
      0,
    );
  expect(of({ slideIntervalMs: 3000 })).toContain('slide 3 s in Storm and Flink.');
  expect(of({ windowIntervalMs: 32_000 })).toContain('Window 32 s, slide 4 s in Spark and Flink.');
  expect(of({ windowIntervalMs: 31_000 })).toContain('Window 31 s, slide 4 s in Flink.');
  const run = openingRun();
  const [spark, ...others] = run.lanes;
  const { lanes } = modelOf({ ...run, lanes: [{ ...spark!, slideUs: 8e6 }, ...others] });
  expect(captionWords(lanes, 0)).toBe(
    'Window 8 s, slide 8 s in Spark; window 8 s, slide 4 s in Storm and Flink.',
  );
});

test('before the first record the caption says how to begin', () => {
  const { lanes } = modelOf(openingRun());
  expect(captionWords(lanes, 0)).toContain('Nothing has arrived yet. Press Space.');
  expect(captionWords(lanes, 5e6)).not.toContain('Nothing');
});
