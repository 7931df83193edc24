import { describe, expect, it } from 'vitest';
import { ConfigException, readSettings } from '../../../workers/clients/kafka/configDef.ts';
import { readConsumerSettings } from '../../../workers/clients/kafka/consumerConfig.ts';
import {
  deliveryTimeoutMs,
  readProducerSettings,
} from '../../../workers/clients/kafka/producerConfig.ts';
import { topicSettingsProblem } from '../../../workers/engines/kafka/topicSettings.ts';

describe('settings as Kafka reads them', () => {
  it('a name that is a field of every object is no setting', () => {
    expect(readSettings([{ key: 'toString', type: 'STRING', initial: 'x' }], {})).toEqual(
      new Map([['toString', 'x']]),
    );
  });

  it('numbers have the range of their Java type', () => {
    const read = (type: 'INT' | 'LONG', text: string) => () =>
      readSettings([{ key: 'k', type, initial: 0 }], { k: text });
    expect(read('INT', '2147483648')).toThrow(
      new ConfigException('Invalid value 2147483648 for configuration k: Not a number of type INT'),
    );
    expect(read('LONG', '2147483648')()).toEqual(new Map([['k', 2_147_483_648]]));
  });

  it('a delivery timeout that nobody set makes room', () => {
    expect(deliveryTimeoutMs(null, 100_000, 30_000)).toBe(130_000);
    expect(deliveryTimeoutMs(null, 0, 30_000)).toBe(120_000);
    expect(deliveryTimeoutMs(1_000, 0, 30_000)).toBe(1_000);
  });

  it('idempotence that was asked for is not given up in silence', () => {
    expect(readProducerSettings({ acks: '1' }).get('enable.idempotence')).toBe(false);
    expect(() => readProducerSettings({ acks: '1', 'enable.idempotence': 'true' })).toThrow(
      'Must set acks to all',
    );
  });

  it('without a group nothing is committed', () => {
    expect(readConsumerSettings({}).get('enable.auto.commit')).toBe(false);
    expect(readConsumerSettings({ 'group.id': 'g' }).get('enable.auto.commit')).toBe(true);
  });

  it('a list is refused for the item that is wrong', () => {
    expect(topicSettingsProblem({ 'cleanup.policy': 'compact, keep' })).toBe(
      'Invalid value keep for configuration cleanup.policy: String must be one of: compact, delete',
    );
  });
});
