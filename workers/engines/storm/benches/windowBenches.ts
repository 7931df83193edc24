/** Benches of the windowed bolt: which windows fire with what, and which sizes are refused. */
import * as v from 'valibot';
import { refuseWindow } from '../windowing/refuseWindow.ts';
import { windowedBoltDefaults, type WindowedBoltConfig } from '../windowing/windowConfig.ts';
import {
  add,
  createWindowedBolt,
  isOnTime,
  onTriggerTimer,
  onWatermarkTimer,
} from '../windowing/windowedBolt.ts';
import { addWatermark, type WindowHappening } from '../windowing/windowManager.ts';
import { benchOf } from '../../../kernel/bench.ts';
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
    tsMs: natural,
    nowMs: v.optional(natural, 0),
  }),
  /** A watermark, as the suites of Storm set it. */
  v.strictObject({ do: v.literal('watermark'), ms: natural }),
  v.strictObject({ do: v.literal('watermark timer') }),
  v.strictObject({ do: v.literal('window timer'), nowMs: natural }),
]);

export const windowedBolt = benchOf({
  component: 'storm/windowed-bolt',
  meaning:
    'One task of a windowed bolt. Configuration: the keys topology.bolts.*, and timestampField. Steps: add, watermark, watermark timer, window timer. Answers: what fired, expired or was passed over, in order; whether an added tuple was on time.',
  config: boltConfig,
  step: windowStep,
  refusal: (config) => refuseWindow(config, unlimited),
  create: (config: WindowedBoltConfig) => createWindowedBolt<string>(config, 1),
  play(bolt, step) {
    const happenings: WindowHappening<string>[] = [];
    switch (step.do) {
      case 'add': {
        const onTime = isOnTime(bolt, 'spout:default', step.tsMs);
        if (onTime) add(bolt, step.tuple, step.tsMs, step.nowMs, happenings);
        return { onTime, happenings };
      }
      case 'watermark':
        addWatermark(bolt.manager, step.ms, 0, happenings);
        return { happenings };
      case 'watermark timer':
        return { watermarkMs: onWatermarkTimer(bolt, 0, happenings), happenings };
      case 'window timer':
        onTriggerTimer(bolt.manager, step.nowMs, happenings);
        return { happenings };
    }
  },
});

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
