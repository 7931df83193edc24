import type { KafkaError } from '../../wire/kafkaError.ts';
import type { ProducerRecord, TopicQueues } from './accumulator.ts';
import type { NetworkClient } from './networkClient.ts';
import type { ProducerConfig } from './producerConfig.ts';

export interface Producer {
  readonly config: ProducerConfig;
  readonly net: NetworkClient;
  /** In the order in which they were first used. */
  readonly topics: TopicQueues[];
  /** Records whose topic is not known yet, oldest first. */
  waiting: { readonly record: ProducerRecord; readonly sinceUs: number }[];
  /** −1 until a broker gave one out; stays −1 without idempotence. */
  producerId: number;
  producerEpoch: number;
  /** Whether `flush` waits: everything is sendable, whatever `linger.ms` says. */
  flushing: boolean;
  /** Records sent and not yet completed. */
  unfinished: number;
}

/** The fate of one batch. Record i has offset `baseOffset` + i; with acks=0 the offset stays −1. */
export interface Completion {
  readonly topic: string;
  readonly partition: number;
  readonly baseOffset: number;
  readonly error: KafkaError | null;
  /** The exception's message, empty without an error. */
  readonly message: string;
  readonly records: readonly Pick<ProducerRecord, 'key' | 'value' | 'record' | 'tag'>[];
}
