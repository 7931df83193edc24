/**
 * A broker with nobody around: what it sends is heard, and answered by nobody but the script. Time stands where the
 * script puts it.
 */
import * as v from 'valibot';
import { recordsFromRows } from '../../../input/records.ts';
import { costsWith } from '../../../kernel/costs.ts';
import type { Environment } from '../../../kernel/environment.ts';
import { createRandom } from '../../../kernel/random.ts';
import { createRecorder } from '../../../trace/recorder.ts';
import type { WireMessage } from '../../../wire/message.ts';
import { kafkaAnatomy, kafkaProcesses } from '../anatomy.ts';
import type { BrokerContext } from '../broker/context.ts';
import { type KafkaConfig, kafkaSchema } from '../config.ts';
import { startCluster } from '../start.ts';
import type { KafkaEvent } from '../state.ts';

export interface LoneBroker {
  readonly context: BrokerContext;
  /** What it sent since the script last looked. */
  readonly heard: WireMessage[];
  /** Moves on to a time; alarms that are due until then ring, if anybody minds them. */
  moveTo(atMs: number, ring?: (event: KafkaEvent) => void): void;
}

/** Broker 1 of a cluster. */
export function createLoneBroker(settings: Partial<v.InferInput<typeof kafkaSchema>>): LoneBroker {
  const config: KafkaConfig = v.parse(kafkaSchema, {
    id: 'kafka',
    type: 'kafka',
    topics: [],
    ...settings,
  });
  const processes = kafkaProcesses(config).map((name) => `${config.id}/${name}`);
  const heard: WireMessage[] = [];
  const clock = { nowUs: 0 };
  const alarms: { readonly atUs: number; readonly event: KafkaEvent }[] = [];
  const env: Environment<KafkaEvent> = {
    get nowUs() {
      return clock.nowUs;
    },
    startEpochMs: 0,
    node: config.id,
    graph: {
      node: () => undefined,
      parts: () => [],
      partitions: () => [],
      processes: () => processes,
    },
    records: recordsFromRows('none', []),
    costs: costsWith({}),
    trace: createRecorder({ ...kafkaAnatomy(config), pipes: [] }),
    results: null,
    process: (name) => processes.indexOf(name),
    processName: (process) => processes[process] ?? '',
    after: (_process, delayUs, event) => alarms.push({ atUs: clock.nowUs + delayUs, event }),
    at: (_process, atUs, event) => alarms.push({ atUs, event }),
    send(_from, _to, message) {
      heard.push(message);
      return clock.nowUs;
    },
    lost: () => undefined,
    random: (name) => createRandom(0, name),
    slowness: () => 1,
  };
  const state = startCluster(config, env);
  const [broker] = state.brokers;
  if (!broker) throw new Error('a cluster has a broker');
  return {
    context: { broker, env, state },
    heard,
    moveTo(atMs, ring) {
      for (; ring;) {
        const [next] = alarms.toSorted((a, b) => a.atUs - b.atUs);
        if (!next || next.atUs > atMs * 1000) break;
        alarms.splice(alarms.indexOf(next), 1);
        clock.nowUs = next.atUs;
        ring(next.event);
      }
      clock.nowUs = atMs * 1000;
    },
  };
}
