/** The components of Storm that can be put on a bench of their own, one row each. */
import type { Bench } from '../../kernel/bench.ts';
import { grouping, loadAwareShuffle } from './benches/groupingBenches.ts';
import {
  acker,
  checkpointSpout,
  kafkaSpoutPartition,
  rotatingMap,
} from './benches/reliabilityBenches.ts';
import { scheduler } from './benches/schedulingBench.ts';
import { tridentBenches } from './benches/tridentBenches.ts';
import { tupleTree } from './benches/treeBench.ts';
import { windowedBolt, windowValidation } from './benches/windowBenches.ts';

export const benches: readonly Bench[] = [
  windowedBolt,
  windowValidation,
  grouping,
  loadAwareShuffle,
  acker,
  rotatingMap,
  tupleTree,
  kafkaSpoutPartition,
  checkpointSpout,
  scheduler,
  ...tridentBenches,
];
