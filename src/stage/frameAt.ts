import type { LaneIndex } from '../run/LaneIndex.ts';
import { countUntil } from '../run/search.ts';
import { newestAt, presentAt } from '../run/stays.ts';
import type { TraceIndex } from '../run/TraceIndex.ts';
import type { LaneFrame, PartFrame, Reader, StageFrame } from './frame.ts';
import { laneFrameAt } from './laneFrame.ts';
import type { PlacedPart, Scene } from './scene.ts';
import type { ScreenPlan } from './ScreenPlan.ts';

/** More records than this are never drawn one by one in a part. */
const MOST_DRAWN = 120;

/** What a scene shows at `timeUs`. Pure: the same arguments give the same picture. */
export function frameAt(
  scene: Scene,
  index: TraceIndex,
  lanes: readonly LaneIndex[],
  plan: ScreenPlan,
  timeUs: number,
): StageFrame {
  const laneFrames = new Map<string, LaneFrame>(
    lanes.map((lane) => [lane.lane.node, laneFrameAt(lane, timeUs)]),
  );
  return {
    timeUs,
    parts: scene.parts.map((placed) => partFrameAt(placed, index, lanes, timeUs)),
    tokens: plan.tokensAt(timeUs),
    ribbons: plan.ribbonsAt(timeUs),
    lanes: laneFrames,
  };
}

function partFrameAt(
  { number, part, system, box, room }: PlacedPart,
  index: TraceIndex,
  lanes: readonly LaneIndex[],
  timeUs: number,
): PartFrame {
  const gauges = new Map<string, number>();
  for (const gauge of index.header.gauges) {
    if (gauge.part !== part.id) continue;
    const value = index.gaugeAt(gauge.id, timeUs);
    if (value !== null) gauges.set(gauge.id.slice(part.id.length + 1), value);
  }
  const { count, records } = contentsAt(number, part.holds, index, timeUs);
  const leader = gauges.get('leader');
  return {
    number,
    part,
    system,
    box,
    room,
    count: gauges.get('end') ?? count,
    records,
    gauges,
    down:
      leader === undefined
        ? isDown(index, part.process, timeUs)
        : leader < 0 || isDown(index, `${part.node}/broker-${String(leader)}`, timeUs),
    readers: part.glyph === 'partition' ? readersAt(part.id, index, lanes, timeUs) : [],
  };
}

function contentsAt(
  number: number,
  holds: 'queue' | 'log' | 'nothing',
  index: TraceIndex,
  timeUs: number,
): { count: number; records: readonly number[] } {
  if (holds === 'nothing') return { count: 0, records: [] };
  const stays = index.stays(number);
  if (holds === 'log') {
    return {
      count: countUntil(stays.fromUs, timeUs),
      records: newestAt(stays, timeUs, MOST_DRAWN),
    };
  }
  const present = presentAt(stays, timeUs);
  return { count: present.length, records: present.slice(-MOST_DRAWN) };
}

function isDown(index: TraceIndex, process: string, timeUs: number): boolean {
  return index
    .spans(`${process}:down`)
    .some((span) => span.beganUs <= timeUs && timeUs < span.endUs);
}

/** How far each lane has read a partition, by its gauge `position-<partition>`. */
function readersAt(
  partition: string,
  index: TraceIndex,
  lanes: readonly LaneIndex[],
  timeUs: number,
): Reader[] {
  const name = `:position-${partition.slice(partition.lastIndexOf('-') + 1)}`;
  const readers: Reader[] = [];
  for (const { lane } of lanes) {
    const gauge = index.header.gauges.find(
      ({ id, part }) =>
        id.endsWith(name) && (part === lane.node || part.startsWith(`${lane.node}/`)),
    );
    const offset = gauge === undefined ? null : index.gaugeAt(gauge.id, timeUs);
    if (offset !== null) readers.push({ system: lane.engine, offset });
  }
  return readers;
}
