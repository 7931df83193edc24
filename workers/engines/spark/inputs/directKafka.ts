/**
 * Kafka without a receiver: at the moment a batch is generated the driver asks for the latest
 * offsets, and the batch is the range from where the last one ended. One Kafka partition is one
 * partition of the batch's RDD. Records are fetched only when the job runs, so an RDD that is lost
 * can be read again.
 *
 * Follows DirectKafkaInputDStream (spark-streaming-kafka-0-10 of Spark 3.5). Left out: partitions
 * that appear or are revoked while the program runs.
 */
import { requirementFailed, type Refusal } from '../refusal.ts';

/** `[fromOffset, untilOffset)` of one partition. */
export interface OffsetRange {
  readonly partition: number;
  readonly fromOffset: number;
  readonly untilOffset: number;
}

/** Limits of one stream; rates in records per second, 0 standing for none. */
export interface DirectKafkaLimits {
  readonly batchIntervalMs: number;
  /** `spark.streaming.kafka.maxRatePerPartition` */
  readonly maxRatePerPartition: number;
  /** `spark.streaming.kafka.minRatePerPartition`, in records per batch */
  readonly minRatePerPartition: number;
}

/**
 * The rate that backpressure allows the whole stream, or null if backpressure is off.
 * Before the first estimate it is `spark.streaming.backpressure.initialRate`, whose default 0
 * means that nothing is limited.
 */
export function backpressureRate(
  enabled: boolean,
  estimatedRate: number | null,
  initialRate: number,
): number | null {
  if (!enabled) return null;
  return estimatedRate !== null && estimatedRate > 0 ? estimatedRate : initialRate;
}

/**
 * How many records each partition may give to the next batch, or null for no limit at all.
 * @param lags latest minus current offset, one a partition
 * @param rate what `backpressureRate` returned
 */
export function maxMessagesPerPartition(
  lags: readonly number[],
  rate: number | null,
  limits: DirectKafkaLimits,
): number[] | null {
  const perSecond = rate !== null && rate > 0 ? shareByLag(lags, rate, limits) : null;
  const allowed = perSecond ?? lags.map(() => limits.maxRatePerPartition);
  // With no lag at all the shares are 0/0; a sum that is not positive means no limit.
  let sum = 0;
  for (const limit of allowed) sum += limit;
  if (!(sum > 0)) return null;
  const seconds = limits.batchIntervalMs / 1000;
  return allowed.map((limit) => Math.max(Math.floor(seconds * limit), limits.minRatePerPartition));
}

function shareByLag(lags: readonly number[], rate: number, limits: DirectKafkaLimits): number[] {
  let totalLag = 0;
  for (const lag of lags) totalLag += Math.max(0, lag);
  return lags.map((lag) => {
    const share = (Math.max(0, lag) / totalLag) * rate;
    const cap = limits.maxRatePerPartition;
    return cap > 0 ? Math.min(share, cap) : share;
  });
}

/** The offset range of each partition for the next batch. */
export function clampRanges(
  currentOffsets: readonly number[],
  latestOffsets: readonly number[],
  maxMessages: readonly number[] | null,
): OffsetRange[] {
  return latestOffsets.map((latest, partition) => {
    const fromOffset = currentOffsets[partition] ?? 0;
    const most = maxMessages?.[partition];
    const untilOffset = most === undefined ? latest : Math.min(fromOffset + most, latest);
    return { partition, fromOffset, untilOffset };
  });
}

/**
 * Ranges with fewer records than none: the log is shorter than it was when the last batch was taken, as after an
 * unclean leader election. There is no batch then, and the offsets stay, so that there is none until the log has
 * grown past them.
 */
export function refuseRanges(ranges: readonly OffsetRange[]): Refusal | null {
  return countRecords(ranges) < 0 ? requirementFailed('numRecords must not be negative') : null;
}

/**
 * A range that ends before it begins, in a batch where other partitions make up for it. Its task fails and so does the
 * job; the next batch goes on from the shorter end.
 */
export function refuseRange(range: OffsetRange, topic: string): Refusal | null {
  const { fromOffset, untilOffset, partition } = range;
  if (fromOffset <= untilOffset) return null;
  return requirementFailed(
    `Beginning offset ${fromOffset} is after the ending offset ${untilOffset} ` +
      `for topic ${topic} partition ${partition}. ` +
      'You either provided an invalid fromOffset, or the Kafka topic has been damaged',
  );
}

export function countRecords(ranges: readonly OffsetRange[]): number {
  let count = 0;
  for (const range of ranges) count += range.untilOffset - range.fromOffset;
  return count;
}
