/**
 * How a partition recognises a batch that it already has (`ProducerStateManager` 3.9). A producer numbers
 * its records for each partition; the log remembers the last five batches of each producer, so a retry
 * whose first answer got lost is answered with the first one's offset and written once.
 *
 * Left out: forgetting a producer after `producer.id.expiration.ms`, a day.
 */
import type { KafkaError } from '../../../wire/kafkaError.ts';

const BATCHES_REMEMBERED = 5;
const SEQUENCE_COUNT = 2_147_483_648;

export interface NumberedBatch {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly records: number;
}

export interface RememberedBatch extends NumberedBatch {
  readonly baseOffset: number;
}

export interface ProducerEntry {
  readonly producerEpoch: number;
  /** At most five, oldest first. */
  readonly batches: readonly RememberedBatch[];
}

export type SequenceVerdict =
  | { readonly kind: 'append' }
  | { readonly kind: 'duplicate'; readonly baseOffset: number }
  | { readonly kind: 'refuse'; readonly error: KafkaError };

/** The sequence number of the batch's last record; numbers start again at 0 after 2^31 − 1. */
function lastSequence({ baseSequence, records }: NumberedBatch): number {
  return (baseSequence + records - 1) % SEQUENCE_COUNT;
}

/** What to do with a batch of a producer of which `entry` is remembered. */
export function judgeSequence(
  entry: ProducerEntry | undefined,
  batch: NumberedBatch,
): SequenceVerdict {
  if (!entry) return { kind: 'append' };
  if (batch.producerEpoch < entry.producerEpoch) {
    return { kind: 'refuse', error: 'INVALID_PRODUCER_EPOCH' };
  }
  if (batch.producerEpoch > entry.producerEpoch) {
    return batch.baseSequence === 0
      ? { kind: 'append' }
      : { kind: 'refuse', error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' };
  }
  for (const known of entry.batches) {
    if (known.baseSequence === batch.baseSequence && lastSequence(known) === lastSequence(batch)) {
      return { kind: 'duplicate', baseOffset: known.baseOffset };
    }
  }
  const last = entry.batches[entry.batches.length - 1];
  const expected = last ? (lastSequence(last) + 1) % SEQUENCE_COUNT : 0;
  return batch.baseSequence === expected
    ? { kind: 'append' }
    : { kind: 'refuse', error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' };
}

/** What is remembered of the producer once the batch is in the log. */
export function rememberBatch(
  entry: ProducerEntry | undefined,
  batch: RememberedBatch,
): ProducerEntry {
  const before = entry?.producerEpoch === batch.producerEpoch ? entry.batches : [];
  const batches = [...before, batch].slice(-BATCHES_REMEMBERED);
  return { producerEpoch: batch.producerEpoch, batches };
}
