/** The components of Flume that can be opened alone, one row each. */
import type { Bench } from '../../kernel/bench.ts';
import { channelProcessorBench } from './benches/channelProcessor.ts';
import { fileChannelBench, memoryChannelBench } from './benches/channels.ts';
import { configurationBench, lineDeserializerBench } from './benches/configuration.ts';
import {
  interceptorsBench,
  selectorBench,
  sinkProcessorBench,
  sinkRunnerBench,
} from './benches/routing.ts';
import { hdfsSinkBench } from './benches/hdfsSink.ts';
import { bucketPathBench, kafkaSinkBench, loggerBench } from './benches/sinks.ts';
import {
  netcatSourceBench,
  spooldirOrderBench,
  spoolingReaderBench,
  taildirSourceBench,
} from './benches/sources.ts';

export const benches: readonly Bench[] = [
  configurationBench,
  lineDeserializerBench,
  spooldirOrderBench,
  spoolingReaderBench,
  taildirSourceBench,
  netcatSourceBench,
  interceptorsBench,
  selectorBench,
  channelProcessorBench,
  memoryChannelBench,
  fileChannelBench,
  sinkProcessorBench,
  sinkRunnerBench,
  bucketPathBench,
  hdfsSinkBench,
  kafkaSinkBench,
  loggerBench,
];
