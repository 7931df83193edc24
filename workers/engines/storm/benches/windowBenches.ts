/** Benches of the windowed bolt: which windows fire with what, and which sizes are refused. */
import * as v from 'valibot';
import { refuseTimestampField, refuseWindow } from '../windowing/refuseWindow.ts';
import { windowedBoltDefaults } from '../windowing/windowConfig.ts';
import {
  createWindowedBolt,
  isOnTime,
  onTriggerTimer,
  onWatermarkTimer,
} from '../windowing/windowedBolt.ts';
import type { TriggerPolicy } from '../windowing/triggerPolicy.ts';
import {
  addTuple,
  addWatermark,
  newTuples,
  type WindowHappening,
} from '../windowing/windowManager.ts';
import { benchOf, RefusedByBench } from '../../../kernel/bench.ts';
import { natural } from './schemas.ts';

const unset = v.optional(v.nullable(v.number()), null);

const boltConfig = v.strictObject({
  'topology.bolts.window.length.count': unset,
  'topology.bolts.window.length.duration.ms': unset,
  'topology.bolts.window.sliding.interval.count': unset,
  'topology.bolts.window.sliding.interval.duration.ms': unset,
  'topology.bolts.tuple.timestamp.max.lag.ms': unset,
  'topology.bolts.watermark.event.interval.ms': unset,
  'topology.bolts.late.tuple.stream': v.optional(v.nullable(v.string()), null),
  timestampField: v.optional(v.nullable(v.string()), null),
});

const windowedBoltConfig = v.strictObject({
  ...boltConfig.entries,
  streams: v.optional(v.array(v.string()), ['spout:default']),
  fields: v.optional(v.array(v.string())),
});

const limits = v.strictObject({
  'topology.message.timeout.secs': v.optional(natural, 30),
  'topology.enable.message.timeouts': v.optional(v.boolean(), true),
  'topology.max.spout.pending': v.optional(v.nullable(natural), null),
});

const windowStep = v.variant('do', [
  /** A tuple with its own time, at a time of the wall clock. */
  v.strictObject({
    do: v.literal('add'),
    tuple: v.string(),
    stream: v.optional(v.string(), 'spout:default'),
    tsMs: v.optional(natural, 0),
    nowMs: v.optional(natural, 0),
  }),
  /** A watermark, as the suites of Storm set it. */
  v.strictObject({ do: v.literal('watermark'), ms: natural }),
  v.strictObject({ do: v.literal('watermark timer') }),
  v.strictObject({ do: v.literal('window timer'), nowMs: natural }),
]);

/** A tuple of a script. Several may have one name, and are several all the same. */
interface Named {
  readonly name: string;
}

const nameOf = ({ name }: Named): string => name;

/** What anybody can see of a window: what the bolt is shown, and what is acked or sent on. */
type Seen =
  | { readonly kind: 'acked'; readonly tuples: readonly string[] }
  | { readonly kind: 'late'; readonly stream: string; readonly tuple: string }
  | {
      readonly kind: 'fired';
      readonly referenceMs?: number;
      readonly tuples: readonly string[];
      readonly newTuples: readonly string[];
      readonly expiredTuples: readonly string[];
    };

export const windowedBolt = benchOf({
  component: 'storm/windowed-bolt',
  meaning:
    'One task of a windowed bolt. Configuration: the keys topology.bolts.*, timestampField, the streams that it reads and their fields. Steps: add, watermark, watermark timer, window timer. Answers: what fired, was acked or was late, in order.',
  config: windowedBoltConfig,
  step: windowStep,
  refusal: (config) => refuseWindow(config, unlimited),
  create: ({ streams, ...config }) => createWindowedBolt<Named>(config, streams.length),
  play(bolt, step, config) {
    const happenings: WindowHappening<Named>[] = [];
    const seen = () =>
      joinAcks(happenings.flatMap((happening) => seenOf(happening, bolt.manager.trigger.kind)));
    switch (step.do) {
      case 'add': {
        const message = refuseTimestampField(config, config.fields ?? []);
        if (config.fields && message !== null) throw new RefusedByBench(message);
        const stream = config.streams.indexOf(step.stream);
        if (stream < 0) throw new RefusedByBench(`the bolt does not read ${step.stream}`);
        if (!isOnTime(bolt, stream, step.tsMs)) {
          const lateStream = config['topology.bolts.late.tuple.stream'];
          return { happenings: lateTuple(step.tuple, lateStream) };
        }
        const timeMs = bolt.waterMarks === null ? step.nowMs : step.tsMs;
        addTuple(bolt.manager, { name: step.tuple }, timeMs, happenings);
        return { happenings: seen() };
      }
      case 'watermark':
        addWatermark(bolt.manager, step.ms, 0, happenings);
        return { happenings: seen() };
      case 'watermark timer':
        return { watermarkMs: onWatermarkTimer(bolt, 0, happenings), happenings: seen() };
      case 'window timer':
        onTriggerTimer(bolt.manager, step.nowMs, happenings);
        return { happenings: seen() };
    }
  },
});

/** A late tuple is acked either way. */
function lateTuple(tuple: string, stream: string | null): Seen[] {
  const sent: Seen[] = stream === null ? [] : [{ kind: 'late', stream, tuple }];
  return [...sent, { kind: 'acked', tuples: [tuple] }];
}

/** Acks are told one by one, so those of two windows in a row are one run. */
function joinAcks(seen: readonly Seen[]): Seen[] {
  const joined: Seen[] = [];
  for (const one of seen) {
    const last = joined.at(-1);
    if (one.kind === 'acked' && last?.kind === 'acked')
      joined[joined.length - 1] = { kind: 'acked', tuples: [...last.tuples, ...one.tuples] };
    else joined.push(one);
  }
  return joined;
}

function seenOf(happening: WindowHappening<Named>, trigger: TriggerPolicy['kind']): Seen[] {
  if (happening.kind === 'expired')
    return [{ kind: 'acked', tuples: happening.tuples.map(nameOf) }];
  // Storm does not look at what its scan passes over, so nobody sees it there.
  if (happening.kind === 'hidden') return [];
  const { kind, referenceMs, tuples, previousTuples, expiredTuples } = happening;
  const lists = {
    tuples: tuples.map(nameOf),
    newTuples: newTuples(tuples, previousTuples).map(nameOf),
    expiredTuples: expiredTuples.map(nameOf),
  };
  // A count of tuples fires when it is full, and the time is only that of the clock.
  if (trigger === 'CountTriggerPolicy') return [{ kind, ...lists }];
  return [{ kind, referenceMs, ...lists }];
}

/** The bolt alone stands in no topology. */
const unlimited = {
  'topology.message.timeout.secs': 30,
  'topology.enable.message.timeouts': false,
  'topology.max.spout.pending': null,
};

export const windowValidation = benchOf({
  component: 'storm/window-validation',
  meaning:
    'WindowedBoltExecutor.validate. Configuration: the topology’s limits. Each step is the configuration of a windowed bolt; the answer is the message of the exception, or null.',
  config: limits,
  step: boltConfig,
  create: (topology) => topology,
  play: (topology, bolt) => refuseWindow({ ...windowedBoltDefaults, ...bolt }, topology),
});
