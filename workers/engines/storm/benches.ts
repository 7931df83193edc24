/** The components of Storm that can be put on a bench of their own, one row each. */
import type { Bench } from '../../kernel/bench.ts';
import { grouping, loadAwareShuffle } from './benches/groupingBenches.ts';
import { acker, rotatingMap } from './benches/ackingBenches.ts';
import { checkpointSpout, statefulBolt } from './benches/checkpointBenches.ts';
import { kafkaSpoutPartition, kafkaSpoutRetry } from './benches/kafkaSpoutBenches.ts';
import { scheduler } from './benches/schedulingBench.ts';
import { spoutPending } from './benches/spoutPendingBench.ts';
import { configValidation } from './benches/submittingBench.ts';
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
  spoutPending,
  tupleTree,
  kafkaSpoutPartition,
  kafkaSpoutRetry,
  checkpointSpout,
  statefulBolt,
  scheduler,
  configValidation,
  ...tridentBenches,
];
