// What a scenario says of a web server: which input it serves, and where its log lines go.

import * as v from 'valibot';
import { producerDefaults } from '../../clients/kafka/producerConfig.ts';
import { nodeId, text, topicName, whole } from '../../scenario/common.ts';

const path = v.pipe(text(200), v.minLength(1, 'a path is expected'));

const milliseconds = whole(0, 3_600_000);

/** A producer's settings under their official keys; what is not named here keeps the default of Kafka 3.9. */
const producerSchema = v.strictObject({
  acks: v.optional(v.picklist(['0', '1', 'all']), producerDefaults.acks),
  'linger.ms': v.optional(milliseconds, producerDefaults['linger.ms']),
  'batch.size': v.optional(whole(0, 10_000_000), producerDefaults['batch.size']),
  retries: v.optional(whole(0, 2_147_483_647), producerDefaults.retries),
  'request.timeout.ms': v.optional(milliseconds, producerDefaults['request.timeout.ms']),
  'delivery.timeout.ms': v.optional(milliseconds, producerDefaults['delivery.timeout.ms']),
  /** null: on, unless the other settings rule it out. */
  'enable.idempotence': v.optional(v.nullable(v.boolean()), producerDefaults['enable.idempotence']),
});

export const webServerSchema = v.strictObject({
  id: nodeId,
  type: v.literal('web-server'),
  /** The input whose records are its log lines. */
  input: nodeId,
  output: v.variant('kind', [
    /** Appends each line to one growing file, as Apache does. */
    v.strictObject({ kind: v.literal('file'), path }),
    /** Closes a file every `everyMs` and moves it, complete, into a directory: log rotation into a spool. */
    v.strictObject({
      kind: v.literal('spool'),
      directory: path,
      everyMs: whole(100, 3_600_000),
    }),
    /** Sends each line over TCP to a source, named by its part: `a1/r1`. */
    v.strictObject({ kind: v.literal('tcp'), to: path }),
    /** Sends each line to a topic with a producer of its own, as an application does. */
    v.strictObject({
      kind: v.literal('kafka'),
      /** The node with the brokers. */
      to: nodeId,
      topic: topicName,
      producer: v.optional(producerSchema, {}),
    }),
  ]),
});

/** The server writes to a topic itself. */
export type KafkaOutput = WebServerConfig['output'] & { readonly kind: 'kafka' };

export type WebServerConfig = v.InferOutput<typeof webServerSchema>;
