/** What stands between a source and its channels, and between a runner and its sinks. */
import * as v from 'valibot';
import { benchOf } from '../../../kernel/bench.ts';
import { createRandom } from '../../../kernel/random.ts';
import { createReport } from '../configuration/report.ts';
import { createEvent } from '../event.ts';
import { interceptAll, readInterceptors } from '../interceptors/chain.ts';
import {
  beginProcess,
  createProcessor,
  readProcessor,
  sinkAnswered,
  sinkThrew,
} from '../processors/sinkProcessor.ts';
import type { SinkProcessor } from '../processors/sinkProcessor.ts';
import { createRunnerBackoff, sleepAfter } from '../runnerBackoff.ts';
import { readSelector, select } from '../selectors/selector.ts';
import { headers, names, nowMs, properties, writtenEvent } from './schemas.ts';

export const selectorBench = benchOf({
  component: 'flume/channel-selector',
  meaning:
    'A source’s channel selector: properties (`type`, `header`, `mapping.x` …) and the source’s channels. ' +
    'A step {headers} answers with the required and the optional channels of such an event.',
  config: v.strictObject({ properties, channels: names }),
  step: v.strictObject({ headers }),
  create: (config) => readSelector(config.properties, config.channels),
  play: (selector, step) => {
    const { required, optional } = select(selector, createEvent('', -1, step.headers));
    return { required, optional };
  },
});

export const interceptorsBench = benchOf({
  component: 'flume/interceptors',
  meaning:
    'A source’s interceptors: `interceptors = i1 i2`, `interceptors.i1.type` … A step {headers, body, nowMs} ' +
    'answers with the event that comes out, or null when it was dropped.',
  config: properties,
  step: v.strictObject({ headers, body: v.string(), nowMs }),
  create: readInterceptors,
  play: (interceptors, step) => {
    const event = createEvent(step.body, -1, step.headers);
    const [left] = interceptAll(interceptors, [event], { nowMs: step.nowMs, host: 'localhost' });
    return left === undefined ? null : writtenEvent(left);
  },
});

const answer = v.picklist(['READY', 'BACKOFF', 'throws']);

export const sinkProcessorBench = benchOf({
  component: 'flume/sink-processor',
  meaning:
    'A sink group’s processor: properties (`type`, `priority.k1`, `backoff` …) and its sinks. A step is one call of ' +
    'process() at nowMs with what each sink would do (READY, BACKOFF, throws); the answer says which were called, and ' +
    'what came of it.',
  config: v.strictObject({ properties, sinks: names, seed: v.optional(v.number(), 0) }),
  step: v.strictObject({ nowMs, sinks: v.record(v.string(), answer) }),
  create: ({ properties: context, sinks, seed }) => ({
    processor: createProcessor(readProcessor(context, sinks, createReport()), sinks),
    random: createRandom(seed, 'sink selector'),
  }),
  play: ({ processor, random }, step) => {
    const does = new Map(Object.entries(step.sinks));
    const called: string[] = [];
    let call = beginProcess(processor, step.nowMs, () => random);
    while ('sink' in call) {
      const { sink } = call;
      called.push(sink);
      const status = does.get(sink) ?? 'READY';
      if (status !== 'throws') return endCall(processor, called, status);
      call = sinkThrew(processor, sink, `${sink} threw`, step.nowMs);
    }
    return { called, exception: call.refused };
  },
});

function endCall(processor: SinkProcessor, called: readonly string[], status: string): unknown {
  sinkAnswered(processor, status === 'READY');
  return { called, status };
}

export const sinkRunnerBench = benchOf({
  component: 'flume/sink-runner',
  meaning:
    'How long SinkRunner sleeps: a step is what process() came to (READY, BACKOFF, exception), the answer the ' +
    'milliseconds until the next call.',
  config: v.strictObject({}),
  step: v.picklist(['READY', 'BACKOFF', 'exception']),
  create: () => createRunnerBackoff(),
  play: sleepAfter,
});
