import { opening } from '../../../workers/scenario/opening.ts';
import type { Scenario } from '../../../workers/scenario/scenario.ts';
import { edited, field, knob } from '../../edits.ts';
import type { LessonData, Measure } from '../../lesson.ts';
import { onePartition, slowScene } from '../../scenes.ts';
import { evenly, stamped, twoPartitions } from './lines.ts';

const title = 'Late is not lost';
const lane = 'flink';
const BOUND = 'outOfOrdernessMs';
const LATENESS = 'allowedLatenessMs';
const IDLE = 'idleTimeoutMs';
const ASIDE = 'sideOutputLateData';

/** Windows of 5 s that do not overlap, no waiting for anybody, and no checkpoints to look at. */
const job = (durationMs: number): Scenario =>
  edited(onePartition(slowScene(title, durationMs, 1, ['flink'])), [
    knob('window', 5000),
    knob('slide', 5000),
    field('flink', BOUND, 0),
    field('flink', 'execution.checkpointing.interval', null),
  ]);
const second = 1000;

const clock = {
  ...stamped(job(15 * second), [[4.2], [5.1], [6.4], [7.3], [9.6], [11.8], [13.5]]),
  startEpochMs: opening.startEpochMs + 2 * second,
};
const edge = stamped(job(15 * second), [[1], [2.6], [4.2], [5], [6.3], [8.1], [9.9], [11.4]]);
const pause = edited(
  stamped(job(22 * second), [[0.8], [2.1], [3.7], [4.6], [5.9], [6.5], [7.2], [18.2], [19.6]]),
  [field('flink', BOUND, 1000)],
);
/** The second number of a line says when it comes, if not at once. */
const stragglers = stamped(job(18 * second), [
  ...([[0.8], [2.1], [3.3], [5.2], [4.4, 5.8], [6.3], [7.1]] as const),
  ...([[3.6, 8.2], [9.1], [11.2], [2.7, 12.4], [13.6], [15.5]] as const),
]);
const kept = edited(stragglers, [field('flink', BOUND, 1000), field('flink', LATENESS, 5000)]);

/** A line every 2.2 s from each host, one in the middle between two of the other. */
const circles = evenly(0.8, 2.2, 12);
const diamonds = evenly(1.9, 2.2, 11);
/** The diamonds of 9 s to 23 s never were. */
const quiet = edited(
  twoPartitions(
    job(26 * second),
    circles,
    diamonds.filter(([stampS]) => stampS < 9 || stampS > 23),
  ),
  [field('flink', BOUND, 1000)],
);
/** The diamonds of 9 s to 18 s come at 18 s. */
const waits = edited(
  twoPartitions(
    job(26 * second),
    circles,
    diamonds.map(([stampS]) => [stampS, stampS > 9 && stampS < 18 ? 18 + stampS / 100 : stampS]),
  ),
  [field('flink', BOUND, 1000)],
);
const cutOff = edited(waits, [field('flink', IDLE, 2000)]);

const late: Measure = { kind: 'records with status', lane, status: 'late' };
const aside: Measure = { kind: 'records in the side output', lane };
const resultsAt = (atMs: number): Measure => ({ kind: 'visible results', lane, atMs });
const inWindow = (startMs: number): Measure => ({ kind: 'records in window', lane, startMs });
const setting = (key: string) => field('flink', key, null).setting;

export const lesson: LessonData = {
  picture: 'plane',
  scenes: { clock, edge, pause, stragglers, kept, quiet, cutOff, waits },
  demonstrations: {},
  predictions: {
    window: {
      question: 'Where does the window of the first line end?',
      answer: {
        kind: 'choice',
        measure: { kind: 'window end', lane, result: 1 },
        choices: [
          { words: '5 s after the job was started', value: 5000 },
          { words: 'where the clock says 09:00:10', value: 8000 },
          { words: '5 s after the line', value: 9200 },
        ],
      },
      run: {
        action: 'Run and see',
        fromMs: 0,
        toMs: 11_000,
        speed: 2,
        light: { lane, result: 1 },
      },
      because:
        'Windows begin where the time since 1970, in UTC, divides by their slide. Neither the first line nor the start of the job moves them; and a window of a day ends at midnight in UTC.',
    },
    members: {
      question: 'How many lines will the result for 0 to 5 s hold?',
      answer: { kind: 'number', measure: inWindow(0) },
      run: { action: 'Run and see', fromMs: 0, toMs: 8000, speed: 1.5, light: { lane, result: 1 } },
      because:
        'A window has its start and not its end: its last instant is a millisecond before. The line of exactly 5 s is the first of the next window, and it is what closes this one.',
    },
    waiting: {
      question: 'Which results are there at 16 s?',
      answer: {
        kind: 'choice',
        measure: resultsAt(16_000),
        choices: [
          { words: '0 to 5 s', value: 1 },
          { words: '0 to 5 s and 5 to 10 s', value: 2 },
          { words: 'these and 10 to 15 s', value: 3 },
        ],
      },
      run: { action: 'Run through the pause', fromMs: 3000, toMs: 21_000, speed: 3 },
      because:
        'No line came, so the watermark stood still, however much time went by. The next line moved it, and the window that had waited fired. A window without lines never has a result.',
    },
    again: {
      question: 'How many lines does the second result hold?',
      answer: {
        kind: 'choice',
        measure: { kind: 'records in result', lane, result: 2 },
        choices: [
          { words: 'the late line alone', value: 1 },
          { words: 'the lines of 5 to 10 s', value: inWindow(5000) },
          { words: 'the lines of 0 to 5 s once more, and the late one', value: inWindow(0) },
        ],
      },
      run: {
        action: 'Run and see',
        fromMs: 3000,
        toMs: 14_000,
        speed: 1.5,
        light: { lane, result: 2 },
      },
      because:
        'A late line makes its window fire again at once, with all that it holds. The new result takes the place of the old one, and whoever reads results must be ready for that.',
    },
    held: {
      question: 'Which results are there at 20 s?',
      answer: {
        kind: 'choice',
        measure: resultsAt(20_000),
        choices: [
          { words: '0 to 5 s: both partitions have passed it', value: 1 },
          { words: 'up to 15 s: the circles have passed it', value: 3 },
          { words: 'up to 20 s: the clock has passed it', value: 4 },
        ],
      },
      run: { action: 'Run and see', fromMs: 3000, toMs: 26_000, speed: 4 },
      because:
        'The lowest watermark counts. A partition that says nothing holds everybody back, for nobody knows what it may still send.',
    },
    price: {
      question: 'How many of its lines are late?',
      answer: { kind: 'number', measure: late },
      run: { action: 'Run and see', fromMs: 6000, toMs: 22_000, speed: 3 },
      because:
        'Nobody waited for them: the watermark went on with the circles. Late are those whose window was gone; one that is behind the watermark still counts while its window is open. The shorter the timeout, the sooner a partition that is only slow is left behind.',
    },
  },
  controls: {
    bound: {
      key: 'forBoundedOutOfOrderness, ms',
      setting: setting(BOUND),
      values: [0, 1000, 2000, 5000, 10_000],
    },
    lateness: { key: 'allowedLateness, ms', setting: setting(LATENESS), values: [0, 5000, 10_000] },
    idle: { key: 'withIdleness, ms', setting: setting(IDLE), values: [null, 2000, 10_000] },
    aside: { key: ASIDE, setting: setting(ASIDE), values: [false, true] },
  },
  figures: {
    dropped: {
      words: 'numLateRecordsDropped',
      measure: { kind: 'difference', of: late, minus: aside },
    },
    asideLines: { words: 'lines in the side output', measure: aside },
    first: {
      words: 'the result for 0 to 5 s is there at',
      measure: { kind: 'first result', lane, startMs: 0 },
    },
  },
  goals: {
    soon: {
      wish: 'A result for 5 to 10 s within 3 s of its end, though a partition is cut off; and no line dropped.',
      conditions: [
        {
          words: 'the first result for 5 to 10 s is there at',
          measure: { kind: 'first result', lane, startMs: 5000 },
          is: 'at most',
          value: 13_000,
        },
        { words: 'lines dropped', measure: late, is: 'exactly', value: 0 },
      ],
      solution: [field('flink', IDLE, 2000), field('flink', LATENESS, 5000)],
    },
  },
};
