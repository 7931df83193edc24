/**
 * How a task makes one watermark of those on its input channels: the minimum over the channels that count.
 * An idle channel does not count; one that comes back with an old watermark does not pull time back, it just
 * does not count until it has caught up.
 *
 * Follows Flink 1.20 `StatusWatermarkValve`; a linear minimum stands in for its heap.
 */
import { LONG_MIN } from '../long.ts';

export interface ValveChannel {
  watermarkMs: number;
  idle: boolean;
  /** Whether the channel takes part in the minimum. */
  aligned: boolean;
}

export interface WatermarkValve {
  readonly channels: ValveChannel[];
  lastWatermarkMs: number;
  idle: boolean;
}

/** What goes on downstream: a watermark, or a change of the stream's status. */
export type ValveOutput = number | 'IDLE' | 'ACTIVE';

export function createWatermarkValve(channelCount: number): WatermarkValve {
  return {
    channels: Array.from({ length: channelCount }, () => ({
      watermarkMs: LONG_MIN,
      idle: false,
      aligned: true,
    })),
    lastWatermarkMs: LONG_MIN,
    idle: false,
  };
}

/** `inputWatermark`. */
export function inputWatermark(
  valve: WatermarkValve,
  channelIndex: number,
  watermarkMs: number,
): ValveOutput[] {
  const channel = valve.channels[channelIndex] as ValveChannel;
  if (valve.idle || channel.idle || watermarkMs <= channel.watermarkMs) return [];
  channel.watermarkMs = watermarkMs;
  if (!channel.aligned && watermarkMs >= valve.lastWatermarkMs) channel.aligned = true;
  return advance(valve);
}

/** `inputWatermarkStatus`. */
export function inputStatus(
  valve: WatermarkValve,
  channelIndex: number,
  status: 'IDLE' | 'ACTIVE',
): ValveOutput[] {
  const channel = valve.channels[channelIndex] as ValveChannel;
  if (channel.idle === (status === 'IDLE')) return [];
  return status === 'IDLE' ? becomeIdle(valve, channel) : becomeActive(valve, channel);
}

function becomeIdle(valve: WatermarkValve, channel: ValveChannel): ValveOutput[] {
  channel.idle = true;
  channel.aligned = false;
  const heldBack = channel.watermarkMs === valve.lastWatermarkMs;
  if (valve.channels.some((other) => !other.idle)) return heldBack ? advance(valve) : [];
  // Nobody is left to hold time back, so the furthest that anybody promised may go on.
  const flushed = heldBack ? advanceTo(valve, furthest(valve)) : [];
  valve.idle = true;
  return [...flushed, 'IDLE'];
}

function becomeActive(valve: WatermarkValve, channel: ValveChannel): ValveOutput[] {
  channel.idle = false;
  channel.aligned = channel.watermarkMs >= valve.lastWatermarkMs;
  if (!valve.idle) return [];
  valve.idle = false;
  return ['ACTIVE'];
}

function advance(valve: WatermarkValve): ValveOutput[] {
  let minimumMs: number | null = null;
  for (const { aligned, watermarkMs } of valve.channels)
    if (aligned && (minimumMs === null || watermarkMs < minimumMs)) minimumMs = watermarkMs;
  return minimumMs === null ? [] : advanceTo(valve, minimumMs);
}

function advanceTo(valve: WatermarkValve, watermarkMs: number): ValveOutput[] {
  if (watermarkMs <= valve.lastWatermarkMs) return [];
  valve.lastWatermarkMs = watermarkMs;
  return [watermarkMs];
}

function furthest(valve: WatermarkValve): number {
  let maximumMs = LONG_MIN;
  for (const { watermarkMs } of valve.channels) maximumMs = Math.max(maximumMs, watermarkMs);
  return maximumMs;
}
