import { expect, it } from 'vitest';
import {
  assign,
  consumerDefaults,
  createConsumer,
  onMessage,
  onTimer,
  poll,
  position,
  seek,
} from '../../../workers/clients/kafka/consumer.ts';
import type { KafkaClientPort } from '../../../workers/clients/kafka/port.ts';
import type { KafkaRequest } from '../../../workers/wire/kafka.ts';
import { appendRecord, createRecordLog } from '../../../workers/wire/recordLog.ts';

const [FIRST, SECOND] = ['kafka/broker-1', 'kafka/broker-2'];

/** A consumer at the start of a partition with ten records, whose brokers answer when the test says so. */
function createTable(maxPollRecords: number) {
  const log = createRecordLog();
  for (let record = 0; record < 10; record++) {
    appendRecord(log, 0, { timestampMs: 0, key: null, value: 'a', sizeBytes: 1, record });
  }
  const sent: { broker: string; request: KafkaRequest }[] = [];
  const table = { nowUs: 0 };
  const port: KafkaClientPort = {
    nowUs: () => table.nowUs,
    send: (_clientId, broker, request) => {
      sent.push({ broker, request });
    },
    wakeAt: () => undefined,
  };
  const config = {
    ...consumerDefaults,
    'bootstrap.servers': [FIRST, SECOND],
    'max.poll.records': maxPollRecords,
  };
  const consumer = createConsumer(config, 'reader', 1);
  assign(consumer, [{ topic: 'weblog', partition: 0, offset: 0, pipe: -1 }], port);
  onTimer(consumer, port);

  const newest = (type: KafkaRequest['type'], to?: string) =>
    sent.findLast(({ request, broker }) => request.type === type && broker === (to ?? broker))!
      .request;
  const tellLeader = (leader: 1 | 2, leaderEpoch: number) => {
    // Long after retry.backoff.ms, and before metadata.max.age.ms.
    table.nowUs += 2_000_000;
    consumer.net.metadata.updateRequested = true;
    onTimer(consumer, port);
    const { clientId, correlationId } = newest('kafka.metadata');
    const replicas = [1, 2];
    const brokers = [FIRST, SECOND].map((process, index) => ({ id: index + 1, process }));
    const partitions = [{ partition: 0, leader, leaderEpoch, replicas, isr: replicas }];
    const topics = [{ topic: 'weblog', error: null, partitions }];
    const type = 'kafka.metadata-response';
    onMessage(consumer, { type, clientId, correlationId, brokers, topics }, port);
  };
  const answerFetch = (broker: string, from: number, end: number) => {
    const { clientId, correlationId } = newest('kafka.fetch', broker);
    const fetched = { topic: 'weblog', partition: 0, records: { log, from, end } };
    const partitions = [
      {
        ...fetched,
        error: null,
        highWatermark: 10,
        logStartOffset: 0,
        diverging: null,
        batches: [],
      },
    ];
    const type = 'kafka.fetch-response';
    onMessage(consumer, { type, clientId, correlationId, partitions }, port);
  };
  const polled = () => poll(consumer, port).map(({ records: { from, end } }) => [from, end]);
  return { consumer, port, tellLeader, answerFetch, polled };
}

/** Two answers to the same position: the leader changes while the one before still has the fetch. */
function withTwoAnswers(maxPollRecords: number) {
  const table = createTable(maxPollRecords);
  const { tellLeader, answerFetch, polled } = table;
  tellLeader(1, 0);
  expect(polled()).toEqual([]);
  tellLeader(2, 1);
  expect(polled()).toEqual([]);
  answerFetch(FIRST, 0, 4);
  answerFetch(SECOND, 0, 7);
  return table;
}

// FetchCollector.handleInitializeSuccess (3.9): "Discarding stale fetch response for partition {} since its offset {}
// does not match the expected offset {}".
it('drops a second answer to a position that the first has moved', () => {
  const { consumer, polled } = withTwoAnswers(500);
  expect(polled()).toEqual([[0, 4]]);
  expect(position(consumer, 'weblog', 0)).toBe(4);
  expect(consumer.fetched).toEqual([]);
});

it('hands the first answer out in parts before it drops the second', () => {
  const { polled } = withTwoAnswers(3);
  expect(polled()).toEqual([[0, 3]]);
  expect(polled()).toEqual([[3, 4]]);
  expect(polled()).toEqual([]);
});

it('fetches on once both are out of the way', () => {
  const { consumer, port, answerFetch, polled } = withTwoAnswers(4);
  expect(polled()).toEqual([[0, 4]]);
  // The poll is full: the stale answer is found by the next one, and until then the partition counts as buffered.
  expect(polled()).toEqual([]);
  answerFetch(SECOND, 4, 10);
  expect(polled()).toEqual([[4, 8]]);
  seek(consumer, 'weblog', 0, 2, port);
  expect(polled()).toEqual([]);
});
