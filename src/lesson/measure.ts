import type { Measure } from '../../lessons/lesson.ts';
import { statuses } from '../../workers/results/status.ts';
import { statusCounts } from '../ledger/ledgerAt.ts';
import type { LaneIndex } from '../run/LaneIndex.ts';
import type { RunModel } from '../run/RunModel.ts';
import { sideOutputOf } from '../run/sideOutput.ts';

/** What the run gives, as a count or in milliseconds; null where it gives nothing, such as a result that never came. */
export function measureOf(measure: Measure, model: RunModel): number | null {
  if (measure.kind === 'gauge') return model.index.gaugeAt(measure.gauge, measure.atMs * 1000);
  if (measure.kind === 'difference') return difference(measure.of, measure.minus, model);
  const lane = model.lanes.find(({ lane: { id } }) => id === measure.lane);
  if (lane === undefined) return null;
  const { metrics } = lane.lane;
  switch (measure.kind) {
    case 'records in result':
      return membersOf(lane, measure.result)?.length ?? null;
    case 'records in window': {
      const newest = lane.outputs.findLast(({ startUs }) => startUs === measure.startMs * 1000);
      return newest === undefined ? null : lane.membersOf(newest).length;
    }
    case 'records arrived':
      return lane.input.timeUs.filter(
        (at) => at >= measure.fromMs * 1000 && at < measure.untilMs * 1000,
      ).length;
    case 'records with status':
      return statusCount(lane, measure.status, (measure.atMs ?? Infinity) * 1000);
    case 'records in the side output':
      return sideOutputOf(model, lane).size;
    case 'visible results':
      return lane.visibleCount(measure.atMs * 1000);
    case 'first result': {
      const first = lane.outputs.find(({ startUs }) => startUs === measure.startMs * 1000);
      return first === undefined ? null : first.visibleUs / 1000;
    }
    case 'window end': {
      const output = lane.outputs[measure.result - 1];
      return output === undefined ? null : output.endUs / 1000;
    }
    case 'latency':
      return measure.percentile === 50 ? metrics.latencyMs.p50 : metrics.latencyMs.p95;
    case 'records touched':
      return metrics.recordsTouched;
    case 'entries held':
      return metrics.stateHeld.max;
    case 'interval':
      return intervalMs(lane, measure.interval);
  }
}

function difference(of: Measure, minus: Measure, model: RunModel): number | null {
  const [whole, part] = [measureOf(of, model), measureOf(minus, model)];
  return whole === null || part === null ? null : whole - part;
}

/** The records that a result counts, the first result being number 1; null when it never came. */
export function membersOf(lane: LaneIndex, result: number): readonly number[] | null {
  const output = lane.outputs[result - 1];
  return output === undefined ? null : lane.membersOf(output);
}

function statusCount(lane: LaneIndex, status: string, atUs: number): number {
  const counts = statusCounts(lane.lane.ledger, atUs);
  const count = (name: (typeof statuses)[number]) => counts[statuses.indexOf(name)] ?? 0;
  if (status === 'lost') return count('lost') + count('lost before');
  return counts[statuses.findIndex((name) => name === status)] ?? 0;
}

function intervalMs({ lane }: LaneIndex, interval: 'batch' | 'slide' | 'window'): number | null {
  const us = { batch: lane.batchUs, slide: lane.slideUs, window: lane.sizeUs }[interval];
  return us === null ? null : us / 1000;
}

const inMilliseconds: ReadonlySet<Measure['kind']> = new Set([
  'first result',
  'window end',
  'latency',
  'interval',
] as const);

/** The value as it is read: seconds with their unit, counts as they are. */
export function valueText(kind: Measure['kind'], value: number | null): string {
  if (value === null) return 'none';
  return inMilliseconds.has(kind) ? `${secondsOf(value)} s` : String(value);
}

/** Milliseconds in seconds, with three decimals at most. */
function secondsOf(ms: number): string {
  return String(Math.round(ms) / 1000);
}

/** Whether the learner types this measure in seconds. */
export function isTime(kind: Measure['kind']): boolean {
  return inMilliseconds.has(kind);
}
