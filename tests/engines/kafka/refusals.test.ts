import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { kafkaSchema } from '../../../workers/engines/kafka/config.ts';
import { kafkaEngine } from '../../../workers/engines/kafka/engine.ts';
import { topicNameProblem } from '../../../workers/engines/kafka/topicName.ts';

const graph = { node: () => undefined, parts: () => [], partitions: () => [], processes: () => [] };

const messages = (changes: object) =>
  kafkaEngine
    .refusals(v.parse(kafkaSchema, { id: 'kafka', type: 'kafka', ...changes }), graph)
    .map(({ message }) => message);

describe('topics that Kafka does not create', () => {
  it.each([
    [
      [{ name: 't', replicationFactor: 3 }],
      [
        'Unable to replicate the partition 3 time(s): The target replication factor of 3 cannot be reached because only 1 broker(s) are registered.',
      ],
    ],
    [[{ name: 'a.b' }, { name: 'a_b' }], ["Topic 'a_b' collides with existing topic: a.b"]],
    [[{ name: 't' }, { name: 't' }], ["Topic 't' already exists."]],
    [
      [{ name: 't', replicaAssignment: [[1, 2]] }],
      ['The manual partition assignment includes broker 2, but no such broker is registered.'],
    ],
    [[{ name: 't', partitions: 3 }], []],
  ])('%j', (topics, expected) => {
    expect(messages({ topics })).toEqual(expected);
  });

  it.each([
    ['', 'Topic name is invalid: the empty string is not allowed'],
    ['..', "Topic name is invalid: '..' is not allowed"],
    [
      'a b',
      "Topic name is invalid: 'a b' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'",
    ],
    ['web.log_1-A', null],
  ])('the name %j: %s', (name, problem) => {
    expect(topicNameProblem(name)).toBe(problem);
  });

  it('a name has at most 249 characters', () => {
    expect(topicNameProblem('a'.repeat(249))).toBeNull();
    expect(topicNameProblem('a'.repeat(250))).toContain(
      'is longer than the max allowed length 249',
    );
  });

  it('the ZooKeeper era counts brokers in its own words', () => {
    const topics = [{ name: 't', replicationFactor: 2 }];
    expect(messages({ topics, placement: 'AdminUtils' })).toEqual([
      'Replication factor: 2 larger than available brokers: 1.',
    ]);
  });
});
