/** What makes and combines watermarks, on benches. */
import * as v from 'valibot';
import { createCombinedWatermark, updateInput } from '../watermarks/combinedWatermark.ts';
import {
  combineSplits,
  createSplitWatermarks,
  registerSplit,
  setSplitIdle,
  setSplitWatermark,
  unregisterSplit,
} from '../watermarks/splitWatermarks.ts';
import { maxAllowedWatermarkMs, waitsForAlignment } from '../watermarks/watermarkAlignment.ts';
import {
  checkIfIdle,
  createBoundedOutOfOrderness,
  createIdlenessTimer,
  onEvent,
  periodicWatermarkMs,
  refusalOfStrategy,
} from '../watermarks/watermarkGenerator.ts';
import { createWatermarkValve, inputStatus, inputWatermark } from '../watermarks/watermarkValve.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { longMs, small, written } from './schemas.ts';

const status = v.picklist(['IDLE', 'ACTIVE']);

export const watermarkGeneratorBench = benchOf({
  component: 'flink/watermark-generator',
  meaning:
    'BoundedOutOfOrdernessWatermarks with WatermarksWithIdleness. Steps: {eventMs}, {tickAtMs}. A tick answers with ' +
    'the watermark or IDLE.',
  config: v.strictObject({
    outOfOrdernessMs: longMs,
    idleTimeoutMs: v.optional(v.nullable(longMs), null),
  }),
  step: v.union([v.strictObject({ eventMs: longMs }), v.strictObject({ tickAtMs: longMs })]),
  refusal: ({ outOfOrdernessMs, idleTimeoutMs }) =>
    refusalOfStrategy(outOfOrdernessMs, idleTimeoutMs),
  create: () => ({ generator: createBoundedOutOfOrderness(), idleness: createIdlenessTimer() }),
  play({ generator, idleness }, step, { outOfOrdernessMs, idleTimeoutMs }) {
    if ('eventMs' in step) {
      idleness.active = true;
      onEvent(generator, step.eventMs);
      return null;
    }
    if (idleTimeoutMs !== null && checkIfIdle(idleness, step.tickAtMs, idleTimeoutMs))
      return 'IDLE';
    return written(periodicWatermarkMs(generator, outOfOrdernessMs));
  },
});

export const watermarkValveBench = benchOf({
  component: 'flink/watermark-valve',
  meaning:
    'StatusWatermarkValve. Steps: {channel, watermarkMs} or {channel, status: IDLE | ACTIVE}; the answer lists what ' +
    'comes out.',
  config: v.strictObject({ channels: small }),
  step: v.union([
    v.strictObject({ channel: small, watermarkMs: longMs }),
    v.strictObject({ channel: small, status }),
  ]),
  create: ({ channels }) => createWatermarkValve(channels),
  play: (valve, step) =>
    'status' in step
      ? inputStatus(valve, step.channel, step.status)
      : inputWatermark(valve, step.channel, step.watermarkMs),
});

export const combinedWatermarkBench = benchOf({
  component: 'flink/combined-watermark',
  meaning:
    'IndexedCombinedWatermarkStatus of an operator with several inputs. Steps as for the valve.',
  config: v.strictObject({ inputs: small }),
  step: v.union([
    v.strictObject({ input: small, watermarkMs: longMs }),
    v.strictObject({ input: small, status }),
  ]),
  create: ({ inputs }) => createCombinedWatermark(inputs),
  play: (combined, step) =>
    updateInput(combined, step.input, 'status' in step ? step.status : step.watermarkMs),
});

export const splitWatermarksBench = benchOf({
  component: 'flink/split-watermarks',
  meaning:
    'WatermarkOutputMultiplexer. Steps: {register}, {unregister}, {idle} with a split, {split, watermarkMs}, ' +
    '{combine: true}; combining answers with the reader’s new watermark, IDLE or null.',
  config: v.strictObject({}),
  step: v.union([
    v.strictObject({ register: v.string() }),
    v.strictObject({ unregister: v.string() }),
    v.strictObject({ idle: v.string() }),
    v.strictObject({ split: v.string(), watermarkMs: longMs }),
    v.strictObject({ combine: v.literal(true) }),
  ]),
  create: createSplitWatermarks,
  play(state, step) {
    if ('combine' in step) return combineSplits(state);
    if ('register' in step) registerSplit(state, step.register);
    else if ('unregister' in step) unregisterSplit(state, step.unregister);
    else if ('idle' in step) setSplitIdle(state, step.idle);
    else setSplitWatermark(state, step.split, step.watermarkMs);
    return null;
  },
});

export const sourceAlignmentBench = benchOf({
  component: 'flink/source-alignment',
  meaning:
    'Watermark alignment of an alignment group. A step {reportedMs: […]} answers with the announced limit and which ' +
    'readers wait.',
  config: v.strictObject({ maxDriftMs: longMs }),
  step: v.strictObject({ reportedMs: v.array(longMs) }),
  create: () => null,
  play(_state, { reportedMs }, { maxDriftMs }) {
    const maxAllowedMs = maxAllowedWatermarkMs(reportedMs, maxDriftMs);
    const waits = reportedMs.map((ownMs) => waitsForAlignment(ownMs, maxAllowedMs));
    return { maxAllowedMs, waits };
  },
});
