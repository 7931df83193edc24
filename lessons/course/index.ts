import type { CoursePart } from './course.ts';
import { flink } from './flink.ts';
import { flume } from './flume.ts';
import { kafka } from './kafka.ts';
import { spark } from './spark.ts';
import { storm } from './storm.ts';

/** In the order of the notes. */
export const course: readonly CoursePart[] = [kafka, flume, spark, storm, flink];
