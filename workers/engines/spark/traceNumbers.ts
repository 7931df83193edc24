/** The numbers under which a lane is traced. Names are turned into numbers once, before its first event. */
import { batches, batchPipe, directStream, results } from './anatomy.ts';
import type { SparkConfig } from './config.ts';
import type { SparkEnvironment } from './state.ts';
import { topicPartitions } from './topic.ts';

export interface TraceNumbers {
  readonly directStream: number;
  readonly batches: number;
  readonly results: number;
  readonly batchPipe: number;
  readonly batchSeries: number;
  readonly jobSeries: number;
  readonly queueGauge: number;
  readonly schedulingDelayGauge: number;
  readonly processingDelayGauge: number;
  readonly cachedPairsGauge: number;
  readonly lagGauge: number;
  readonly rateLimitGauge: number;
  /** By partition of the topic. */
  readonly positionGauges: readonly number[];
}

export function traceNumbersOf(config: SparkConfig, env: SparkEnvironment): TraceNumbers {
  const { node, trace } = env;
  return {
    directStream: trace.part(directStream(node)),
    batches: trace.part(batches(node)),
    results: trace.part(results(node)),
    batchPipe: trace.pipe(batchPipe(node)),
    batchSeries: trace.seriesId(`${node}:batch`),
    jobSeries: trace.seriesId(`${node}:job`),
    queueGauge: trace.gaugeId(`${batches(node)}:queue`),
    schedulingDelayGauge: trace.gaugeId(`${batches(node)}:scheduling-delay`),
    processingDelayGauge: trace.gaugeId(`${batches(node)}:processing-delay`),
    cachedPairsGauge: trace.gaugeId(`${batches(node)}:state`),
    lagGauge: trace.gaugeId(`${directStream(node)}:lag`),
    rateLimitGauge: trace.gaugeId(`${directStream(node)}:rate-limit`),
    positionGauges: topicPartitions(config, env).map((_part, partition) =>
      trace.gaugeId(`${directStream(node)}:position-${partition}`),
    ),
  };
}
