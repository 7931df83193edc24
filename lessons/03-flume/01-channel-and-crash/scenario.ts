import { edited, property } from '../../edits.ts';
import type { LessonData, Measure } from '../../lesson.ts';
import { onePartition, slowScene, withoutWindows } from '../../scenes.ts';

const TYPE = 'a1.channels.c1.type';
const CAPACITY = 'a1.channels.c1.capacity';
const WRITE_POSITION = 'a1.sources.r1.writePosInterval';

/** Behind the topic a Flink job writes a row for every line: what is there twice comes out twice. */
const quiet = edited(
  onePartition(withoutWindows(slowScene('What a Flume channel keeps', 30_000, 5, ['flink']))),
  [property(WRITE_POSITION, '3000')],
);
const agentDies = {
  type: 'crash',
  target: 'a1/agent',
  atMs: 12_400,
  restartAfterMs: 2000,
} as const;
const kafkaIsDown = {
  type: 'crash',
  target: 'kafka/broker-1',
  atMs: 6500,
  restartAfterMs: 9500,
} as const;
const crash = { ...quiet, faults: [agentDies] };
const both = { ...quiet, faults: [kafkaIsDown, agentDies] };
// A batch must fit into a transaction, and a transaction into the channel.
const tight = edited(both, [
  property('a1.sources.r1.batchSize', '20'),
  property('a1.channels.c1.transactionCapacity', '20'),
  property(CAPACITY, '20'),
]);

const lost: Measure = { kind: 'records with status', lane: 'flink', status: 'lost' };
const twice: Measure = { kind: 'records with status', lane: 'flink', status: 'more than once' };
/** Just before the agent dies. */
const gauge = (name: string): Measure => ({ kind: 'gauge', gauge: name, atMs: 12_399 });
const inTheChannel = gauge('a1/c1:slots');
const [read, noted, sent] = [
  gauge('a1/r1:position'),
  gauge('a1/r1:position-file'),
  gauge('kafka/weblog-0:end'),
];
const notedAndNotSent: Measure = { kind: 'difference', of: noted, minus: sent };
const readAndNotNoted: Measure = { kind: 'difference', of: read, minus: noted };
const wholeStory = { action: 'Run and see', fromMs: 5000, toMs: 22_000, speed: 2 };

export const lesson: LessonData = {
  picture: 'stage',
  scenes: { quiet, crash, both, tight, file: edited(both, [property(TYPE, 'file')]) },
  demonstrations: {
    flow: { action: 'Run to 6 s', fromMs: 0, toMs: 6000, speed: 0.5 },
  },
  predictions: {
    twice: {
      question: 'How many lines come out twice?',
      answer: { kind: 'number', measure: twice },
      run: wholeStory,
      because:
        'The agent begins at the written position. What it had sent on since then is read, and sent, once more.',
    },
    lost: {
      question: 'How many lines are gone for good?',
      answer: {
        kind: 'choice',
        measure: lost,
        choices: [
          { words: 'none: the log still has them', value: 0 },
          {
            words: 'those of the channel that lie before the written position',
            value: notedAndNotSent,
          },
          { words: 'all that the channel held', value: inTheChannel },
        ],
      },
      run: wholeStory,
      because:
        'The source had put them into the channel and noted that it was done with them. The channel forgot them, the position did not.',
    },
    tight: {
      question: 'The channel now holds 20 events and no more. How many lines are lost?',
      answer: {
        kind: 'choice',
        measure: lost,
        choices: [
          { words: 'none', value: 0 },
          { words: 'those of them that lie before the written position', value: notedAndNotSent },
          { words: 'all that it held', value: inTheChannel },
        ],
      },
      run: wholeStory,
      because:
        'A memory channel can lose what it holds, and this one holds little. While it is full the source waits, and so does its position: what waits in the log is safe.',
    },
    file: {
      question: 'How many lines come out twice now?',
      answer: {
        kind: 'choice',
        measure: twice,
        choices: [
          { words: 'none: a file is durable', value: 0 },
          { words: 'those read since the position was written', value: readAndNotNoted },
          { words: 'all that the channel held', value: inTheChannel },
        ],
      },
      run: wholeStory,
      because:
        'Nothing is lost. But the channel brings its lines back, and the source, which starts at the older position, reads the youngest of them again.',
    },
  },
  controls: {
    type: {
      key: TYPE,
      setting: property(TYPE, 'file').setting,
      values: ['memory', 'file'],
    },
    capacity: {
      key: CAPACITY,
      setting: property(CAPACITY, '100').setting,
      values: ['100', '1000', '10000'],
    },
    position: {
      key: WRITE_POSITION,
      setting: property(WRITE_POSITION, '500').setting,
      values: ['3000', '1000', '500'],
    },
  },
  figures: {},
  goals: {
    nothing: {
      wish: 'Kafka is away and the agent dies, and still: no line lost, and at most five come twice.',
      conditions: [
        { words: 'lines lost', measure: lost, is: 'exactly', value: 0 },
        { words: 'lines that come twice', measure: twice, is: 'at most', value: 5 },
      ],
      solution: [property(WRITE_POSITION, '500'), property(TYPE, 'file')],
    },
  },
};
