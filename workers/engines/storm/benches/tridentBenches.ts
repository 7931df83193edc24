/** The components of Trident that can be put on a bench of their own. */
import type { Bench } from '../../../kernel/bench.ts';
import { tridentAggregation, tridentExtreme } from './trident/aggregationBenches.ts';
import { tridentBolt } from './trident/boltBench.ts';
import { masterBatchCoordinator } from './trident/coordinatorBench.ts';
import { kafkaTridentSpout } from './trident/kafkaSpoutBench.ts';
import { tridentCachedMap, tridentPartitionPersist } from './trident/persistBenches.ts';
import { tridentPartitionedSpout, tridentRichSpout } from './trident/spoutBenches.ts';
import { tridentGuarantee, tridentState } from './trident/stateBench.ts';
import { tridentGrouping, tridentStream } from './trident/streamBenches.ts';
import { tridentTopology } from './trident/topologyBench.ts';
import { tridentWindow } from './trident/windowBench.ts';

export const tridentBenches: readonly Bench[] = [
  masterBatchCoordinator,
  tridentPartitionedSpout,
  tridentRichSpout,
  tridentBolt,
  tridentWindow,
  kafkaTridentSpout,
  tridentGrouping,
  tridentStream,
  tridentAggregation,
  tridentExtreme,
  tridentPartitionPersist,
  tridentCachedMap,
  tridentState,
  tridentTopology,
  tridentGuarantee,
];
