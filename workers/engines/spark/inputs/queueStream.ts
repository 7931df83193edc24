/**
 * queueStream: RDDs put into a queue by the program itself, for tests and demonstrations. By
 * default each batch takes one RDD; otherwise it takes the union of all that are queued. An empty
 * queue still gives an (empty) RDD, so that outputs run.
 *
 * Follows QueueInputDStream of Spark Streaming 3.5 with an empty default RDD.
 */
export interface QueueStream<T> {
  readonly oneAtATime: boolean;
  queued: (readonly T[])[];
}

export function createQueueStream<T>(oneAtATime: boolean): QueueStream<T> {
  return { oneAtATime, queued: [] };
}

/** The records of the next batch, taken out of the queue. */
export function takeBatch<T>(stream: QueueStream<T>): T[] {
  const taken = stream.oneAtATime ? stream.queued.slice(0, 1) : stream.queued;
  stream.queued = stream.oneAtATime ? stream.queued.slice(1) : [];
  return taken.flat();
}
