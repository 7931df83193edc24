/** What makes and combines watermarks, on benches. All of them answer with what goes downstream. */
import * as v from 'valibot';
import { createCombinedWatermark, updateInput } from '../watermarks/combinedWatermark.ts';
import {
  combineSplits,
  createSplitWatermarks,
  emitOfSplit,
  registerSplit,
  setSplitIdle,
  setSplitWatermark,
  unregisterSplit,
  type SplitWatermarks,
} from '../watermarks/splitWatermarks.ts';
import { maxAllowedWatermarkMs, waitsForAlignment } from '../watermarks/watermarkAlignment.ts';
import { createWatermarkEmitter, emit } from '../watermarks/watermarkEmitter.ts';
import {
  createBoundedOutOfOrderness,
  createIdlenessTimer,
  onEvent,
  onPeriodicEmit,
  refusalOfStrategy,
} from '../watermarks/watermarkGenerator.ts';
import {
  createWatermarkValve,
  inputStatus,
  inputWatermark,
  type ValveOutput,
} from '../watermarks/watermarkValve.ts';
import { LONG_MAX } from '../long.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { longMs, small, written } from './schemas.ts';

const status = v.picklist(['IDLE', 'ACTIVE']);

/** What went downstream, in order; null is nothing. */
function told(outputs: readonly (ValveOutput | null)[]) {
  return outputs.flatMap((output) =>
    output === null ? [] : [typeof output === 'number' ? written(output) : output],
  );
}

export const watermarkGeneratorBench = benchOf({
  component: 'flink/watermark-generator',
  meaning:
    'BoundedOutOfOrdernessWatermarks with WatermarksWithIdleness. Steps: {eventMs}, {tickAtMs}.',
  config: v.strictObject({
    outOfOrdernessMs: longMs,
    idleTimeoutMs: v.optional(v.nullable(longMs), null),
  }),
  step: v.union([v.strictObject({ eventMs: longMs }), v.strictObject({ tickAtMs: longMs })]),
  refusal: ({ outOfOrdernessMs, idleTimeoutMs }) =>
    refusalOfStrategy(outOfOrdernessMs, idleTimeoutMs),
  create: () => ({ generator: createBoundedOutOfOrderness(), idleness: createIdlenessTimer() }),
  play({ generator, idleness }, step, { outOfOrdernessMs, idleTimeoutMs }) {
    if ('tickAtMs' in step)
      return told([
        onPeriodicEmit(generator, outOfOrdernessMs, idleness, step.tickAtMs, idleTimeoutMs),
      ]);
    idleness.active = true;
    onEvent(generator, step.eventMs);
    return [];
  },
});

export const timestampsAndWatermarksBench = benchOf({
  component: 'flink/timestamps-and-watermarks',
  meaning:
    'TimestampsAndWatermarksOperator with bounded out-of-orderness. Steps: {recordMs}, {processingTimeMs}, and from ' +
    'upstream {upstreamWatermarkMs} and {upstreamStatus}.',
  config: v.strictObject({
    outOfOrdernessMs: longMs,
    idleTimeoutMs: v.optional(v.nullable(longMs), null),
    'pipeline.auto-watermark-interval': v.optional(longMs, 200),
  }),
  step: v.union([
    v.strictObject({ recordMs: longMs }),
    v.strictObject({ processingTimeMs: longMs }),
    v.strictObject({ upstreamWatermarkMs: longMs }),
    v.strictObject({ upstreamStatus: status }),
  ]),
  create: (config) => ({
    generator: createBoundedOutOfOrderness(),
    idleness: createIdlenessTimer(),
    emitter: createWatermarkEmitter(),
    nextTickMs: config['pipeline.auto-watermark-interval'],
  }),
  play(state, step, config) {
    const { generator, idleness, emitter } = state;
    if ('recordMs' in step) {
      // The record goes first, and then the generator sees it.
      idleness.active = true;
      onEvent(generator, step.recordMs);
      return [{ recordMs: written(step.recordMs) }];
    }
    if ('upstreamStatus' in step) return [];
    if ('upstreamWatermarkMs' in step)
      return told(step.upstreamWatermarkMs === LONG_MAX ? emit(emitter, LONG_MAX) : []);
    if (step.processingTimeMs < state.nextTickMs) return [];
    state.nextTickMs = step.processingTimeMs + config['pipeline.auto-watermark-interval'];
    const { outOfOrdernessMs, idleTimeoutMs } = config;
    const nowMs = step.processingTimeMs;
    return told(
      emit(emitter, onPeriodicEmit(generator, outOfOrdernessMs, idleness, nowMs, idleTimeoutMs)),
    );
  },
});

export const watermarkValveBench = benchOf({
  component: 'flink/watermark-valve',
  meaning:
    'StatusWatermarkValve. Steps: {channel, watermarkMs} or {channel, status: IDLE | ACTIVE}.',
  config: v.strictObject({ channels: small }),
  step: v.union([
    v.strictObject({ channel: small, watermarkMs: longMs }),
    v.strictObject({ channel: small, status }),
  ]),
  create: ({ channels }) => createWatermarkValve(channels),
  play: (valve, step) =>
    told(
      'status' in step
        ? inputStatus(valve, step.channel, step.status)
        : inputWatermark(valve, step.channel, step.watermarkMs),
    ),
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
    told(updateInput(combined, step.input, 'status' in step ? step.status : step.watermarkMs)),
});

const immediate = v.optional(v.boolean(), false);

export const splitWatermarksBench = benchOf({
  component: 'flink/split-watermarks',
  meaning:
    'WatermarkOutputMultiplexer. Steps: {register} or {unregister} a split, {split, watermarkMs} or {split, idle: true}, ' +
    'which wait for {combine: true} unless they are immediate.',
  config: v.strictObject({}),
  step: v.union([
    v.strictObject({ register: v.string() }),
    v.strictObject({ unregister: v.string() }),
    v.strictObject({ split: v.string(), watermarkMs: longMs, immediate }),
    v.strictObject({ split: v.string(), idle: v.literal(true), immediate }),
    v.strictObject({ combine: v.literal(true) }),
  ]),
  create: createSplitWatermarks,
  play(state, step) {
    if ('combine' in step) return told([combineSplits(state)]);
    if ('register' in step) registerSplit(state, step.register);
    else if ('unregister' in step) unregisterSplit(state, step.unregister);
    else return told([updateSplit(state, step)]);
    return [];
  },
});

type SplitUpdate = { readonly split: string; readonly immediate: boolean } & (
  { readonly watermarkMs: number } | { readonly idle: true }
);

function updateSplit(state: SplitWatermarks, update: SplitUpdate) {
  const { split, immediate } = update;
  if (immediate) return emitOfSplit(state, split, 'idle' in update ? 'IDLE' : update.watermarkMs);
  if ('idle' in update) setSplitIdle(state, split);
  else setSplitWatermark(state, split, update.watermarkMs);
  return null;
}

export const sourceAlignmentBench = benchOf({
  component: 'flink/source-alignment',
  meaning:
    'Watermark alignment of an alignment group. A step {readersMs: […]} gives the readers’ watermarks; the answer is the ' +
    'announced limit and which readers wait.',
  config: v.strictObject({ maxDriftMs: longMs }),
  step: v.strictObject({ readersMs: v.array(longMs) }),
  create: () => null,
  play(_state, { readersMs }, { maxDriftMs }) {
    const maxAllowedMs = maxAllowedWatermarkMs(readersMs, maxDriftMs);
    const waits = readersMs.map((ownMs) => waitsForAlignment(ownMs, maxAllowedMs));
    return { maxAllowedMs: written(maxAllowedMs), waits };
  },
});
