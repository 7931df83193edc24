import { slowScene } from '../scenes.ts';
import { edited, field, knob } from '../edits.ts';
import type { CoursePart } from './course.ts';
import { intoKafka, program, scene, sentences, topic, weblog, wordProgram } from './pieces.ts';

const wordCount = scene('Counting words with Storm', 40_000, {
  inputs: [sentences(2)],
  programs: [wordProgram],
  nodes: [
    ...intoKafka('sentences', 2),
    {
      id: 'storm',
      type: 'storm',
      program: 'word-count',
      source: topic('sentences'),
      'topology.bolts.tuple.timestamp.max.lag.ms': 2000,
    },
  ],
});

const single = 'every-tuple';
const topology = scene('Spout, bolts and ackers', 40_000, {
  inputs: [weblog(5)],
  programs: [
    program(single, ['parse-access-log', 'status-class-as-key', 'pair-with-one'], null, null),
  ],
  nodes: [
    ...intoKafka('weblog', 2),
    {
      id: 'storm',
      type: 'storm',
      program: single,
      source: topic('weblog'),
      parseParallelism: 2,
      'topology.workers': 2,
    },
  ],
});

const tumbling = edited(slowScene('Storm beside Spark', 60_000, 10, ['spark', 'storm']), [
  knob('window', 4000),
  knob('slide', 4000),
  field('storm', 'topology.bolts.tuple.timestamp.max.lag.ms', 0),
]);

export const storm: CoursePart = {
  name: 'Storm',
  scenes: [
    {
      heading: 'Apache Storm',
      says: 'A spout emits tuples, bolts work on them one by one, and an acker keeps the tree of each, so that the spout hears when all of it is done. Kill its worker: what was open is read again, and counted again.',
      opens: { scenario: topology },
    },
    {
      heading: 'Trident',
      says: 'Batches with numbers on top of Storm, so that a state can tell what it has counted already. On a bench, beside what Trident itself did.',
      opens: { checked: 'trident/spout-opaque-replay' },
    },
    {
      heading: 'Storm vs Spark Streaming',
      says: 'Tumbling windows of 4 s in both: window and slide are the same. (Spark has tumbling windows too, though no name for them.) Storm works on single tuples, and yet its result waits for a watermark.',
      opens: { scenario: tumbling },
    },
    {
      heading: 'Counting words with Storm',
      says: 'Each sentence becomes five words, a tuple each, and the sentence is done when all five are acked.',
      opens: { scenario: wordCount },
    },
  ],
};
