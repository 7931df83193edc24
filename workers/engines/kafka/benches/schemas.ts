/** The small pieces of which the schemas of Kafka's benches are made. */
import * as v from 'valibot';
import { topicName } from '../../../scenario/common.ts';

/** An offset, a count, a broker id, a time in milliseconds. */
export const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** −1 for none. */
export const offset = v.pipe(v.number(), v.safeInteger(), v.minValue(-1));

export const brokers = v.pipe(v.array(natural), v.maxLength(100));

export const seed = v.optional(natural, 0);

/** `[topic, partition]`. */
export const partition = v.tuple([topicName, natural]);
