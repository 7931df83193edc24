/** A bench of a partition on a cluster whose brokers crash and return: the engine itself, with a client that obeys. */
import * as v from 'valibot';
import { recordsFromRows } from '../../../input/records.ts';
import { benchOfScript } from '../../../kernel/bench.ts';
import { costsWith } from '../../../kernel/costs.ts';
import type { Fault } from '../../../kernel/faults.ts';
import { createKernel, type Kernel } from '../../../kernel/kernel.ts';
import { createLossBook } from '../../../results/losses.ts';
import { createRecorder } from '../../../trace/recorder.ts';
import { kafkaAnatomy, kafkaProcesses } from '../anatomy.ts';
import { type KafkaConfig, kafkaSchema } from '../config.ts';
import { kafkaEngine } from '../engine.ts';
import type { KafkaState } from '../state.ts';
import { brokers, natural } from './schemas.ts';
import {
  clientStep,
  type ClientState,
  scriptedClient,
  type TimedStep,
  TOPIC,
} from './scriptedClient.ts';

/** Each step has so long to settle: longer than a broker's session and a consumer's patience. */
const STEP_US = 60_000_000;
/** The cluster is up for a while before the script begins. */
const BEGIN_US = 1_000_000;

const step = v.variant('call', [
  ...clientStep.options,
  v.strictObject({ call: v.literal('crash'), broker: natural }),
  v.strictObject({ call: v.literal('start'), broker: natural }),
]);
type Step = v.InferOutput<typeof step>;

export const replicatedPartition = benchOfScript({
  component: 'kafka/replicated-partition',
  meaning:
    'A topic with one partition on a running cluster of three brokers. Configuration: replicas, min.insync.replicas, unclean.leader.election.enable. Steps: produce values one after the other, answered with their offsets or the error (acks; there are no retries); read, all that a reader sees, as [offset, leader epoch, value]; consume, one poll of a group’s member (group, max.poll.records, auto.offset.reset, commit), answered with its records and the committed offset; crash or start a broker, answered with leader and in-sync replicas once they have settled.',
  config: v.strictObject({
    replicas: v.pipe(brokers, v.minLength(1), v.maxLength(3)),
    'min.insync.replicas': v.optional(v.pipe(natural, v.minValue(1), v.maxValue(9)), 1),
    'unclean.leader.election.enable': v.optional(v.boolean(), false),
  }),
  step,
  playAll({ replicas, ...settings }, script) {
    const kernel = createCluster({ replicas, ...settings }, script);
    return script.map((played, index) => {
      kernel.advance(beginUs(index + 1) - 1, Infinity);
      return answerTo(played, kernel);
    });
  },
});

function beginUs(index: number): number {
  return BEGIN_US + index * STEP_US;
}

function answerTo(played: Step, kernel: Kernel): unknown {
  const kafka = kernel.state('kafka') as KafkaState;
  const { answers } = kernel.state('client') as ClientState;
  if (played.call === 'crash' || played.call === 'start') {
    const [partition] = kafka.controller.registrations;
    return { leader: partition?.leader ?? -1, isr: partition?.isr ?? [] };
  }
  if (played.call !== 'consume') return [...answers];
  const committed = kafka.committedOffsets.get(played.group)?.get(`${TOPIC}-0`)?.offset ?? null;
  return { records: [...answers], committed };
}

function createCluster(
  { replicas, ...settings }: { replicas: number[] } & Partial<KafkaConfig>,
  script: readonly Step[],
): Kernel {
  const config: KafkaConfig = v.parse(kafkaSchema, {
    id: 'kafka',
    type: 'kafka',
    brokers: 3,
    topics: [{ name: TOPIC, replicaAssignment: [replicas] }],
    'auto.leader.rebalance.enable': false,
    'group.initial.rebalance.delay.ms': 0,
    ...settings,
  });
  const clusterProcesses = kafkaProcesses(config).map((name) => `kafka/${name}`);
  const processNames = [...clusterProcesses, 'client/main'];
  const client = scriptedClient(
    script.flatMap((played, index): TimedStep[] =>
      played.call === 'crash' || played.call === 'start'
        ? []
        : [{ atUs: beginUs(index), step: played }],
    ),
    clusterProcesses.filter((name) => name.includes('/broker-')),
  );
  const { parts, gauges } = kafkaAnatomy(config);
  const series = processNames.map((name) => ({
    id: `${name}:down`,
    node: name,
    what: 'down' as const,
    label: name,
  }));
  const recorder = createRecorder({ parts, pipes: [], gauges, series });
  return createKernel({
    seed: 0,
    startEpochMs: 0,
    graph: {
      node: () => undefined,
      parts: () => parts,
      partitions: () => parts,
      processes: () => clusterProcesses,
    },
    records: recordsFromRows('none', []),
    costs: costsWith({}),
    members: [
      { node: 'kafka', engine: kafkaEngine, config, results: null },
      { node: 'client', engine: client, config: null, results: null },
    ],
    processNames,
    memberOf: processNames.map((name) => (name === 'client/main' ? 1 : 0)),
    markPartOf: processNames.map(() => -1),
    downSeriesOf: processNames.map((_, index) => index),
    faults: faultsOf(script, (broker) => processNames.indexOf(`kafka/broker-${broker}`)),
    speed: () => ({ latencyUs: 1_000, bytesPerSecond: Infinity }),
    recorder,
    shared: createLossBook(() => recorder.nowUs),
  });
}

/** A crash lasts until the same broker is started again. */
function faultsOf(script: readonly Step[], processOf: (broker: number) => number): Fault[] {
  return script.flatMap((played, index): Fault[] => {
    if (played.call !== 'crash') return [];
    const { broker } = played;
    const back = script.findIndex(
      (later, i) => i > index && later.call === 'start' && later.broker === broker,
    );
    return [
      {
        type: 'crash',
        processes: [processOf(broker)],
        atUs: beginUs(index),
        restartUs: back < 0 ? null : beginUs(back),
      },
    ];
  });
}
