/**
 * Writing many small records to a slow file system: while one write runs, the next ones wait, and
 * all that wait are then written as one, in the order of their times and stamped with the latest.
 * The stamp must be the latest, because cleaning deletes what is stamped before a threshold.
 *
 * Follows BatchedWriteAheadLog of Spark Streaming 3.5. Times in milliseconds.
 *
 * A component of its own: the lane reads Kafka directly, without a receiver.
 */
export interface LogRecord {
  readonly data: string;
  readonly timeMs: number;
}

/** One physical write: the records in it, and the time it is filed under. */
export interface AggregatedWrite {
  readonly records: readonly LogRecord[];
  readonly stampMs: number;
}

export interface BatchedWriteAheadLog {
  waiting: LogRecord[];
  closed: boolean;
}

export function createBatchedWriteAheadLog(): BatchedWriteAheadLog {
  return { waiting: [], closed: false };
}

export function enqueueWrite(log: BatchedWriteAheadLog, record: LogRecord): void {
  log.waiting.push(record);
}

/** What the writer thread writes next, or null if nothing waits or the log is closed. */
export function takeWrite(log: BatchedWriteAheadLog): AggregatedWrite | null {
  if (log.closed || log.waiting.length === 0) return null;
  const records = log.waiting.sort((a, b) => a.timeMs - b.timeMs);
  log.waiting = [];
  let stampMs = 0;
  for (const record of records) stampMs = Math.max(stampMs, record.timeMs);
  return { records, stampMs };
}

/** Closes the log. Returns the waiting records, whose writes have failed. */
export function closeLog(log: BatchedWriteAheadLog): LogRecord[] {
  const failed = log.waiting;
  log.waiting = [];
  log.closed = true;
  return failed;
}
