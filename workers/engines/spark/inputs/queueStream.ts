/**
 * queueStream: RDDs put into a queue by the program itself, for tests and demonstrations. By
 * default each batch takes one RDD; otherwise it takes the union of all that are queued. An empty
 * queue still gives an RDD, the default one, so that outputs run; unless the program names another it is empty, of one
 * partition.
 *
 * Follows QueueInputDStream of Spark Streaming 3.5.
 *
 * A component of its own: the lane reads Kafka directly.
 */
export interface QueueStream<T> {
  readonly oneAtATime: boolean;
  readonly defaultRdd: readonly T[];
  queued: (readonly T[])[];
}

export function createQueueStream<T>(
  oneAtATime: boolean,
  defaultRdd: readonly T[],
): QueueStream<T> {
  return { oneAtATime, defaultRdd, queued: [] };
}

/** The RDDs of the next batch, taken out of the queue. Each is a partition, as they have one. */
export function takeBatch<T>(stream: QueueStream<T>): (readonly T[])[] {
  const { queued, oneAtATime, defaultRdd } = stream;
  if (queued.length === 0) return [defaultRdd];
  stream.queued = oneAtATime ? queued.slice(1) : [];
  return oneAtATime ? queued.slice(0, 1) : queued;
}
