import type { CoursePart } from './course.ts';
import { hashtags, intoKafka, program, scene, topic, weblog } from './pieces.ts';

const tags = 'hashtag-counts';

const hashtagCounts = scene('hashtag_counts', 360_000, {
  inputs: [hashtags(5)],
  programs: [program(tags, ['split-words', 'is-hashtag', 'pair-with-one'], 300_000, 1000)],
  nodes: [
    ...intoKafka('hashtags', 1),
    {
      id: 'spark',
      type: 'spark',
      program: tags,
      source: topic('hashtags'),
      batchIntervalMs: 1000,
      inverseFunction: true,
      checkpoint: true,
    },
  ],
});

/** Spark alone behind Flume and Kafka. */
function weblogScene(
  title: string,
  functions: readonly string[],
  windowIntervalMs: number | null,
  slideIntervalMs: number | null,
) {
  const id = 'weblog-counts';
  return scene(title, 60_000, {
    inputs: [weblog(10)],
    programs: [program(id, functions, windowIntervalMs, slideIntervalMs)],
    nodes: [
      ...intoKafka('weblog', 2),
      { id: 'spark', type: 'spark', program: id, source: topic('weblog'), batchIntervalMs: 2000 },
    ],
  });
}

const parse = 'parse-access-log';

export const spark: CoursePart = {
  name: 'Spark Streaming',
  scenes: [
    {
      heading: 'Spark Streaming',
      says: 'A batch every 2 s, and a job for each: a line waits for the end of its batch before anything happens to it. The tasks of a job run side by side, one for each partition of Kafka.',
      opens: {
        scenario: weblogScene(
          'A batch every two seconds',
          [parse, 'status-class-as-key', 'pair-with-one'],
          null,
          null,
        ),
      },
    },
    {
      heading: 'DStreams: batch, slide and window interval',
      says: 'A lesson: three intervals that do three things. (map, flatMap, filter and reduceByKey are transformations, not actions: nothing runs until an output asks for it.)',
      opens: { lesson: 'batch-slide-window' },
    },
    {
      heading: 'reduceByKeyAndWindow, 5 minutes by 1 second',
      says: 'hashtag_counts of the notes: each result is the one before it, plus the batch that came, minus the one that left.',
      opens: { scenario: hashtagCounts },
    },
    {
      heading: 'Structured Streaming',
      says: 'What became of it: batches again, but windows of event time and a watermark. On a bench, beside what Spark 3.5 itself did.',
      opens: { checked: 'structured-streaming/append-leaves-when-watermark-passes' },
    },
    {
      heading: 'Analyze web logs published with Flume using Spark Streaming',
      says: 'Requests by path, over the last 8 s, every 4 s. Drag the three intervals.',
      opens: {
        scenario: weblogScene(
          'The popular pages',
          [parse, 'path-as-key', 'pair-with-one'],
          8000,
          4000,
        ),
      },
    },
    {
      heading: 'Monitor Flume-published logs for errors in real time',
      says: 'Only requests that were answered with 400 or more are kept, and counted by status; the others leave the lane where they are filtered.',
      opens: {
        scenario: weblogScene(
          'Errors by status',
          [parse, 'is-error', 'status-as-key', 'pair-with-one'],
          6000,
          2000,
        ),
      },
    },
  ],
};
