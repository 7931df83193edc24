import { describe, expect, it } from 'vitest';
import {
  commit,
  consumerDefaults,
  createConsumer,
  onDisconnect,
  onMessage,
  onTimer,
} from '../../../workers/clients/kafka/consumer.ts';
import type { KafkaClientPort } from '../../../workers/clients/kafka/port.ts';
import type { KafkaRequest } from '../../../workers/wire/kafka.ts';

// Who a group's coordinator is, by AbstractCoordinator.ensureCoordinatorReady (3.9): it is looked up at once when it is
// lost, and after retry.backoff.ms (100 ms ± 20 %) when the one that was found cannot be reached.

const [FIRST, SECOND] = ['kafka/broker-1', 'kafka/broker-2'];

function createTable() {
  const sent: { broker: string; request: KafkaRequest; atUs: number }[] = [];
  const alarms: number[] = [];
  const table = { nowUs: 0, sent, alarms };
  const port: KafkaClientPort = {
    nowUs: () => table.nowUs,
    send: (_clientId, broker, request) => {
      sent.push({ broker, request, atUs: table.nowUs });
    },
    wakeAt: (_clientId, timeUs) => {
      alarms.push(timeUs);
    },
  };
  const config = {
    ...consumerDefaults,
    'bootstrap.servers': [FIRST, SECOND],
    'group.id': 'readers',
  };
  const consumer = createConsumer(config, 'reader', 1);
  const lookups = () => sent.filter(({ request }) => request.type === 'kafka.find-coordinator');
  return { table, port, consumer, lookups };
}

/** A consumer that has a commit to send, and was told that the first broker is its coordinator. */
function withCoordinator() {
  const all = createTable();
  const { consumer, port, lookups } = all;
  commit(consumer, [{ topic: 'weblog', partition: 0, offset: 1 }], port);
  onTimer(consumer, port);
  answer(all, FIRST);
  expect(lookups()).toHaveLength(1);
  return all;
}

/** The newest lookup is answered with `process`. */
function answer(
  { consumer, port, lookups }: ReturnType<typeof createTable>,
  process: string,
): void {
  const { request } = lookups().at(-1)!;
  const { clientId, correlationId } = request;
  const error = null;
  onMessage(
    consumer,
    { type: 'kafka.find-coordinator-response', clientId, correlationId, error, process },
    port,
  );
}

describe('a coordinator that dies', () => {
  it('is looked up again at once, at another broker', () => {
    const all = withCoordinator();
    const { consumer, port, table, lookups } = all;
    table.nowUs = 5_000_000;
    commit(consumer, [{ topic: 'weblog', partition: 0, offset: 2 }], port);
    onDisconnect(consumer, FIRST, port);
    expect(lookups().at(-1)).toMatchObject({ broker: SECOND, atUs: 5_000_000 });
  });

  it('is looked up after the backoff while the cluster still names it', () => {
    const all = withCoordinator();
    const { consumer, port, table, lookups } = all;
    table.nowUs = 5_000_000;
    commit(consumer, [{ topic: 'weblog', partition: 0, offset: 2 }], port);
    onDisconnect(consumer, FIRST, port);
    // The answer comes within the 50 ms for which nobody tries to connect to the dead one again.
    table.nowUs = 5_002_000;
    answer(all, FIRST);
    expect(lookups()).toHaveLength(2);
    expect(consumer.coordinator.process).toBeNull();
    table.nowUs = 5_081_999;
    onTimer(consumer, port);
    expect(lookups()).toHaveLength(2);
    table.nowUs = 5_122_000;
    onTimer(consumer, port);
    expect(lookups()).toHaveLength(3);
  });
});
