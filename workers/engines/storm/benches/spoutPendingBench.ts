/** A bench of a spout's executor: when it emits, and when it fails what was not acked. */
import * as v from 'valibot';
import { put, remove, rotate } from '../acking/rotatingMap.ts';
import {
  createSpoutPending,
  hasReachedMaxPending,
  type SpoutPending,
} from '../acking/spoutPending.ts';
import { present } from '../../../kernel/assert.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { natural } from './schemas.ts';

/** What the spout does or hears: emit, ack or fail of a message. */
type Event = readonly ['emit' | 'ack' | 'fail', string];

interface SpoutBench {
  readonly pending: SpoutPending;
  /** Fed and not emitted yet. */
  readonly waiting: string[];
  /** Message ids by the number of their tree. */
  readonly messages: string[];
  ticks: number;
}

export const spoutPending = benchOf({
  component: 'storm/spout-pending',
  meaning:
    'The executor of a spout. Configuration: topology.message.timeout.secs, topology.enable.message.timeouts, topology.max.spout.pending, topology.acker.executors. Steps: feed a message, ack it, advance to a time since the spout was opened. Answers: what is failed, acked and emitted.',
  config: v.strictObject({
    'topology.message.timeout.secs': v.optional(v.pipe(natural, v.minValue(1)), 30),
    'topology.enable.message.timeouts': v.optional(v.boolean(), true),
    'topology.max.spout.pending': v.optional(v.nullable(natural), null),
    'topology.acker.executors': v.optional(v.nullable(natural), null),
  }),
  step: v.variant('do', [
    v.strictObject({ do: v.literal('feed'), messageId: v.string() }),
    v.strictObject({ do: v.literal('ack'), messageId: v.string() }),
    v.strictObject({ do: v.literal('advance'), toMs: v.pipe(natural, v.maxValue(1_000_000_000)) }),
  ]),
  create: (): SpoutBench => ({
    pending: createSpoutPending(),
    waiting: [],
    messages: [],
    ticks: 0,
  }),
  play(bench, step, config) {
    const events: Event[] = [];
    switch (step.do) {
      case 'feed':
        bench.waiting.push(step.messageId);
        break;
      case 'ack':
        if (remove(bench.pending, bench.messages.indexOf(step.messageId)))
          events.push(['ack', step.messageId]);
        break;
      case 'advance': {
        if (!config['topology.enable.message.timeouts']) break;
        const due = Math.floor(step.toMs / (config['topology.message.timeout.secs'] * 1000));
        for (; bench.ticks < due; bench.ticks++) events.push(...failsOfTick(bench));
      }
    }
    const limit = config['topology.max.spout.pending'];
    while (bench.waiting.length > 0 && !hasReachedMaxPending(bench.pending, limit))
      events.push(...emitNext(bench, config['topology.acker.executors'] !== 0));
    return events;
  },
});

/** What times out together fails in no order; here it is that of the names. */
function failsOfTick({ pending, messages }: SpoutBench): Event[] {
  return rotate(pending)
    .map((tree): Event => ['fail', present(messages[tree], 'its message')])
    .sort(([, a], [, b]) => (a < b ? -1 : 1));
}

/** Without ackers the tuple counts as acked before any bolt has seen it. */
function emitNext({ pending, waiting, messages }: SpoutBench, hasAckers: boolean): Event[] {
  const message = present(waiting.shift(), 'a message');
  const emit: Event = ['emit', message];
  if (!hasAckers) return [emit, ['ack', message]];
  put(pending, messages.push(message) - 1);
  return [emit];
}
