import { edited, field } from '../../edits.ts';
import type { LessonData, Measure } from '../../lesson.ts';
import { onePartition, slowScene, withoutWindows } from '../../scenes.ts';

const GUARANTEE = 'deliveryGuarantee';
const INTERVAL = 'execution.checkpointing.interval';
/** When the last checkpoint before the crash was triggered. */
const CHECKPOINT_MS = 10_261;
const title = 'What a Flink snapshot brings back';

const job = edited(onePartition(slowScene(title, 30_000, 3, ['flink'])), [
  field('flink', INTERVAL, 6000),
  field('flink', GUARANTEE, 'AT_LEAST_ONCE'),
]);
const dies = (atMs: number) =>
  ({ type: 'crash', target: 'flink/tm-1', atMs, restartAfterMs: 1500 }) as const;

const rows = withoutWindows(job);
const crash = { ...rows, faults: [dies(14_500)] };
const exactly = edited(crash, [field('flink', GUARANTEE, 'EXACTLY_ONCE')]);

/** A line every half second, and one that tells of 5.1 s and comes at 13.3 s, when its window is long gone. */
const line = '203.0.113.7 - - [05/Jan/2026:09:00:05 +0000] "GET / HTTP/1.1" 200 512';
const lateLine = { arrivalMs: 13_300, eventTimeMs: 5100, value: line };
const steady = Array.from({ length: 60 }, (_, i) => ({ arrivalMs: 250 + i * 500, value: line }));
const late = edited(
  {
    ...job,
    inputs: [{ id: 'weblog', type: 'records', records: [...steady, lateLine].sort(byArrival) }],
    programs: job.programs.map((program) => ({
      ...program,
      windowIntervalMs: 4000,
      slideIntervalMs: 4000,
    })),
  },
  [field('flink', 'outOfOrdernessMs', 1000), field('flink', INTERVAL, 4000)],
);
const lateCrash = { ...late, faults: [dies(14_500)] };

function byArrival(a: { arrivalMs: number }, b: { arrivalMs: number }): number {
  return a.arrivalMs - b.arrivalMs;
}

const twice: Measure = { kind: 'records with status', lane: 'flink', status: 'more than once' };
const lost: Measure = { kind: 'records with status', lane: 'flink', status: 'lost' };
const half: Measure = { kind: 'latency', lane: 'flink', percentile: 50 };

export const lesson: LessonData = {
  picture: 'stage',
  scenes: { rows, crash, exactly, late, lateCrash },
  demonstrations: {
    snapshot: { action: 'Run to 11 s', fromMs: 3500, toMs: 11_000, speed: 0.8 },
    late: { action: 'Run to 14 s', fromMs: 9000, toMs: 14_000, speed: 1 },
  },
  predictions: {
    twice: {
      question: 'How many rows come out a second time?',
      answer: { kind: 'number', measure: twice },
      run: { action: 'Run and see', fromMs: 9000, toMs: 21_000, speed: 1.5 },
      because:
        'The source goes back to the offset of the last complete checkpoint. Whatever it read since then goes through your code once more.',
    },
    visible: {
      question: 'How many rows does a reader see just before the crash, at 14.4 s?',
      answer: {
        kind: 'choice',
        measure: { kind: 'visible results', lane: 'flink', atMs: 14_400 },
        choices: [
          {
            words: 'one for every line that was read',
            value: { kind: 'records arrived', lane: 'flink', fromMs: 0, untilMs: 14_400 },
          },
          {
            words: 'one for every line up to the last complete checkpoint',
            value: { kind: 'records arrived', lane: 'flink', fromMs: 0, untilMs: CHECKPOINT_MS },
          },
          { words: 'none before the job has ended', value: 0 },
        ],
      },
      run: { action: 'Run to the crash', fromMs: 3500, toMs: 14_400, speed: 1.5 },
      because:
        'Rows wait in a transaction. It is committed when the checkpoint that contains it is complete, so the checkpoint interval is a delay that everybody sees.',
    },
    window: {
      question: 'How many lines does the newest result for 4 s to 8 s hold after the restart?',
      answer: {
        kind: 'choice',
        measure: { kind: 'records in window', lane: 'flink', startMs: 4000 },
        choices: [
          { words: 'all of that window, as before', value: 8 },
          { words: 'those and the late one', value: 9 },
          { words: 'the late one alone', value: 1 },
        ],
      },
      run: { action: 'Run and see', fromMs: 12_500, toMs: 20_000, speed: 1.5 },
      because:
        'The watermark was not in the snapshot. Until the first new one nothing is late, the window opens once more, and what it held before is long cleared.',
    },
  },
  controls: {
    guarantee: {
      key: GUARANTEE,
      setting: field('flink', GUARANTEE, null).setting,
      values: ['NONE', 'AT_LEAST_ONCE', 'EXACTLY_ONCE'],
    },
    interval: {
      key: INTERVAL,
      setting: field('flink', INTERVAL, null).setting,
      values: [6000, 3000, 1000],
    },
  },
  figures: {},
  goals: {
    once: {
      wish: 'No line lost and none twice, though the task manager dies; and half of the lines seen within 1 s.',
      conditions: [
        { words: 'lines lost', measure: lost, is: 'exactly', value: 0 },
        { words: 'lines that come twice', measure: twice, is: 'exactly', value: 0 },
        { words: 'half of the lines seen within', measure: half, is: 'at most', value: 1000 },
      ],
      solution: [field('flink', GUARANTEE, 'EXACTLY_ONCE'), field('flink', INTERVAL, 1000)],
    },
  },
};
