/** The components of Flink that can be opened alone, one row each. */
import type { Bench } from '../../kernel/bench.ts';
import {
  barrierAlignerBench,
  barrierTrackerBench,
  twoPhaseCommitBench,
} from './benches/checkpoints.ts';
import { checkpointCoordinatorBench } from './benches/coordinator.ts';
import { jobBench } from './benches/job.ts';
import { intervalJoinBench, keyGroupsBench } from './benches/keys.ts';
import { exponentialDelayBench } from './benches/restarts.ts';
import {
  combinedWatermarkBench,
  sourceAlignmentBench,
  splitWatermarksBench,
  timestampsAndWatermarksBench,
  watermarkGeneratorBench,
  watermarkValveBench,
} from './benches/watermarks.ts';
import { mergeWindowsBench, windowOperatorBench } from './benches/windows.ts';

export const benches: readonly Bench[] = [
  windowOperatorBench,
  mergeWindowsBench,
  watermarkGeneratorBench,
  timestampsAndWatermarksBench,
  watermarkValveBench,
  combinedWatermarkBench,
  splitWatermarksBench,
  sourceAlignmentBench,
  barrierAlignerBench,
  barrierTrackerBench,
  checkpointCoordinatorBench,
  twoPhaseCommitBench,
  jobBench,
  exponentialDelayBench,
  keyGroupsBench,
  intervalJoinBench,
];
