import type { Environment } from '../../kernel/environment.ts';
import type { ProduceRequest } from '../../wire/kafka.ts';

/** Records that did not arrive. With acks=0 they counted as sent, so nobody sends them again. */
export function bookUndelivered(
  { acks, batches }: ProduceRequest,
  broker: string,
  env: Pick<Environment<never>, 'lost' | 'trace'>,
): void {
  const cluster = broker.slice(0, broker.indexOf('/'));
  for (const { topic, partition, records } of batches) {
    const log = `${cluster}/${topic}-${partition}`;
    for (const { record } of records) {
      if (record < 0) continue;
      env.trace.leave(env.trace.part(log), record);
      if (acks !== 0) continue;
      env.lost(record, log, `${broker} did not get it, and acks=0 waits for no answer`);
    }
  }
}
