import { opening } from '../../workers/scenario/opening.ts';
import type { CoursePart } from './course.ts';
import { intoKafka, scene, sentences, topic, wordProgram } from './pieces.ts';

const wordCount = scene('Counting words with Flink', 40_000, {
  inputs: [sentences(2)],
  programs: [wordProgram],
  nodes: [
    ...intoKafka('sentences', 2),
    {
      id: 'flink',
      type: 'flink',
      program: 'word-count',
      source: topic('sentences'),
      outOfOrdernessMs: 2000,
      'execution.checkpointing.interval': 5000,
    },
  ],
});

/** One line in ten is delayed by 2 s and tells its own time, which two engines go by. */
const ownTime = {
  ...opening,
  title: 'Late lines in three engines',
  inputs: opening.inputs.map((input) => ({ ...input, eventTime: 'own' as const })),
};

export const flink: CoursePart = {
  name: 'Flink',
  scenes: [
    {
      heading: 'Flink: state snapshots',
      says: 'A lesson: a task manager dies, and the job goes back to its last snapshot. What is computed twice, and what of it is seen?',
      opens: { lesson: 'snapshot' },
    },
    {
      heading: 'Flink: event time and the windowing system',
      says: 'A lesson: which window counts a line, what closes it, for whom it waits, and what becomes of a line that comes too late.',
      opens: { lesson: 'event-time' },
    },
    {
      heading: 'Flink vs Storm vs Spark Streaming',
      says: 'One line in ten comes 2 s late. Flink and Storm count by the time in the line, Spark’s DStreams by arrival: the same windows, other numbers. (Who is faster depends on the work; what you see is assumed, not measured.)',
      opens: { scenario: ownTime },
    },
    {
      heading: 'Counting words with Flink',
      says: 'The same sentences and the same windows as in Storm. A window is there once the watermark has passed its end.',
      opens: { scenario: wordCount },
    },
  ],
};
