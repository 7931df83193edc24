import { edited, knob } from '../../edits.ts';
import type { LessonData } from '../../lesson.ts';
import { slowScene } from '../../scenes.ts';

const title = 'Batch, slide, window';

/** Two lines a second, batches of 2 s; a result every 4 s looks back 6 s. */
const slow = edited(slowScene(title, 24_000, 2, ['spark']), [knob('window', 6000)]);
const three = edited(slowScene(title, 24_000, 2, ['spark', 'storm', 'flink']), [
  knob('window', 6000),
]);
const wide = edited(slow, [knob('batch', 1000), knob('slide', 1000), knob('window', 8000)]);

export const lesson: LessonData = {
  picture: 'axis',
  scenes: { slow, three, wide },
  demonstrations: {
    batches: { action: 'Run to 6 s', fromMs: 0, toMs: 6000, speed: 0.8 },
    refusal: {
      action: 'Ask for a slide of 3 s',
      edits: [knob('slide', 3000)],
      fromMs: 0,
      toMs: 14_000,
      speed: 2,
    },
  },
  predictions: {
    'first-result': {
      question: 'For which moment is the first result computed?',
      answer: {
        kind: 'choice',
        measure: { kind: 'window end', lane: 'spark', result: 1 },
        choices: [
          { words: 'after one batch', value: 2000 },
          { words: 'after one slide', value: 4000 },
          { words: 'when the window is full', value: 6000 },
        ],
      },
      run: {
        action: 'Run to 7 s and see',
        fromMs: 0,
        toMs: 7000,
        speed: 1,
        light: { lane: 'spark', result: 1 },
      },
      because:
        'The slide decides when a result is computed, and nothing waits for the window to fill. What would lie before the start is simply not there.',
    },
    'second-result': {
      question: 'How many records will the result for 8 s hold?',
      answer: {
        kind: 'choice',
        measure: { kind: 'records in result', lane: 'spark', result: 2 },
        choices: [
          {
            words: 'the last 2 s',
            value: { kind: 'records arrived', lane: 'spark', fromMs: 6000, untilMs: 8000 },
          },
          {
            words: 'the last 4 s',
            value: { kind: 'records arrived', lane: 'spark', fromMs: 4000, untilMs: 8000 },
          },
          {
            words: 'the last 6 s',
            value: { kind: 'records arrived', lane: 'spark', fromMs: 2000, untilMs: 8000 },
          },
          {
            words: 'all 8 s',
            value: { kind: 'records arrived', lane: 'spark', fromMs: 0, untilMs: 8000 },
          },
        ],
      },
      run: {
        action: 'Run until it is there',
        fromMs: 4000,
        toMs: 10_000,
        speed: 1,
        light: { lane: 'spark', result: 2 },
      },
      because:
        'It looks back over the window, in whole batches. The slide only says how often that happens.',
    },
    'third-result': {
      question: 'Click the records that the third result will count.',
      answer: { kind: 'records', lane: 'spark', result: 3 },
      run: {
        action: 'Run and compare',
        fromMs: 8000,
        toMs: 14_000,
        speed: 1,
        light: { lane: 'spark', result: 3 },
      },
      because:
        'Two results in a row share the batches between a slide and a window: those records count in both.',
    },
  },
  controls: {
    inverse: {
      key: 'inverseFunction',
      setting: { kind: 'field', node: 'spark', key: 'inverseFunction' },
      values: [false, true],
    },
    checkpoint: {
      key: 'checkpoint',
      setting: { kind: 'field', node: 'spark', key: 'checkpoint' },
      values: [false, true],
    },
  },
  figures: {
    touched: {
      words: 'records and batch counts touched',
      measure: { kind: 'records touched', lane: 'spark' },
    },
    held: {
      words: 'counts held in memory, at most',
      measure: { kind: 'entries held', lane: 'spark' },
    },
  },
  goals: {
    'every-three': {
      wish: 'The desk wants the last 6 s, every 3 s, and 95 of 100 records seen within 5.5 s.',
      conditions: [
        {
          words: 'a result every 3 s',
          measure: { kind: 'interval', lane: 'spark', interval: 'slide' },
          is: 'exactly',
          value: 3000,
        },
        {
          words: 'over the last 6 s',
          measure: { kind: 'interval', lane: 'spark', interval: 'window' },
          is: 'exactly',
          value: 6000,
        },
        {
          words: '95 of 100 records seen within 5.5 s',
          measure: { kind: 'latency', lane: 'spark', percentile: 95 },
          is: 'at most',
          value: 5500,
        },
      ],
      solution: [knob('slide', 3000), knob('batch', 1000)],
    },
  },
};
