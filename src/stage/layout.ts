import type { Part, Pipe, TraceHeader } from '../../workers/trace/format.ts';
import { columnsOf } from './columns.ts';
import type { Box } from './glyphs/pen.ts';
import { routePipes } from './routes.ts';
import type { PlacedNode, PlacedPart, Scene, System } from './scene.ts';
import { GLYPH_SIZES } from './sizes.ts';
import { layoutUpstream } from './upstream.ts';

export interface StageSize {
  readonly width: number;
  readonly height: number;
  /** Below 900 px: what is upstream becomes a strip above one lane. */
  readonly narrow: boolean;
  /** Room kept free at the top left for the caption. */
  readonly captionHeight: number;
  readonly margin: number;
}

export interface StageLane {
  readonly id: string;
  readonly node: string;
  readonly engine: System;
}

/** What a lane's name and program take of its top, and what stays free at its right end. */
export const LANE_TITLE = 34;
export const LANE_END = 24;
const GAP_BEFORE_LANES = 68;

/**
 * Lays out a run's parts, left to right. Depends on what the run declares and on the room, on nothing else.
 * @param lanes those to show, from top to bottom; `laneNodes` names the nodes of all lanes of the run
 */
export function layoutScene(
  header: TraceHeader,
  lanes: readonly StageLane[],
  size: StageSize,
  laneNodes: readonly string[] = lanes.map(({ node }) => node),
): Scene {
  const partsOf = new Map<string, Part[]>();
  for (const part of header.parts) {
    const own = partsOf.get(part.node);
    if (own === undefined) partsOf.set(part.node, [part]);
    else own.push(part);
  }
  const upstream = [...partsOf.keys()].filter((node) => !laneNodes.includes(node));
  const nodes: PlacedNode[] = [];
  const boxes = new Map<string, Box>();

  const before = layoutUpstream(upstream, partsOf, header.pipes, size, boxes);
  nodes.push(...before.nodes);
  const lanesRoom = lanesBox(upstream.length === 0 ? null : before.endX, before.room, size);
  lanes.forEach((lane, i) => {
    const h = lanesRoom.h / lanes.length;
    const box = { ...lanesRoom, y: lanesRoom.y + i * h, h };
    nodes.push({ node: lane.node, system: lane.engine, lane: lane.id, side: '', box });
    placeLane(partsOf.get(lane.node) ?? [], header.pipes, box, boxes);
  });

  const systems = new Map(nodes.map((node) => [node.node, node.system]));
  const parts: PlacedPart[] = [];
  header.parts.forEach((part, number) => {
    const box = boxes.get(part.id);
    const system = systems.get(part.node);
    if (box === undefined || system === undefined) return;
    const frame = nodes.find(({ node }) => node === part.node)?.box ?? box;
    const own = columnsOf(partsOf.get(part.node) ?? [], header.pipes).length;
    parts.push({ number, part, system, box, room: frame.w / Math.max(1, own) });
  });
  parts.sort(inReadingOrder(nodes));
  const pipes = routePipes(header, parts, nodes);
  return { width: size.width, height: size.height, nodes, parts, pipes };
}

/** Node by node, and in a node along the way of the records: so the keyboard goes from part to part. */
function inReadingOrder(nodes: readonly PlacedNode[]): (a: PlacedPart, b: PlacedPart) => number {
  const places = new Map(nodes.map(({ node }, i) => [node, i]));
  const placeOf = ({ part }: PlacedPart): number => places.get(part.node) ?? 0;
  return (a, b) => placeOf(a) - placeOf(b) || a.box.x - b.box.x || a.box.y - b.box.y;
}

function lanesBox(upstreamEnd: number | null, upstream: Box, size: StageSize): Box {
  if (size.narrow) {
    const y = upstreamEnd === null ? size.captionHeight : upstream.y + upstream.h + 8;
    const x = size.margin + 10;
    return { x, y, w: size.width - x - size.margin, h: size.height - y };
  }
  // Lanes stand beside the caption, however little there is under it.
  const captionEnd = size.margin + Math.min(540, size.width * 0.46) + 16;
  const x =
    upstreamEnd === null ? size.margin + 18 : Math.max(captionEnd, upstreamEnd + GAP_BEFORE_LANES);
  const y = upstreamEnd === null ? size.captionHeight : 4;
  return { x, y, w: size.width - x, h: size.height - y };
}

function placeLane(
  parts: readonly Part[],
  pipes: readonly Pipe[],
  box: Box,
  boxes: Map<string, Box>,
): void {
  const columns = columnsOf(parts, pipes);
  const hasAside = parts.some((part) => part.glyph === 'snapshots' || part.glyph === 'acker');
  const bottom = hasAside ? 26 : 4;
  const row = { y: box.y + LANE_TITLE, h: box.h - LANE_TITLE - bottom };
  const widths = columns.map((column) =>
    Math.max(...column.map((part) => GLYPH_SIZES[part.glyph].w)),
  );
  const growing = columns.findIndex((column) => GLYPH_SIZES[column[0]!.glyph].grows);
  const natural = widths.reduce((sum, w) => sum + w, 0);
  const room = box.w - LANE_END;
  const leftOver = room - natural;
  const gap = Math.max(14, Math.min(90, leftOver / Math.max(1, columns.length)));
  const shrink = Math.min(1, (room - gap * (columns.length - 1)) / natural);
  if (growing >= 0) {
    const others = natural - widths[growing]!;
    widths[growing] = room - others * shrink - 36 * (columns.length - 1);
  }
  let { x } = box;
  columns.forEach((column, c) => {
    const w = c === growing ? widths[c]! : widths[c]! * shrink;
    const each = row.h / column.length;
    column.forEach((part, r) => {
      const size = GLYPH_SIZES[part.glyph];
      const ownW = c === growing ? w : Math.min(w, size.w);
      const h = Math.min(
        size.grows === true ? each - 8 : size.h * (row.h > 150 ? 1.5 : 1),
        each - 4,
      );
      const centre = row.y + each * (r + 0.5);
      boxes.set(part.id, { x: x + (w - ownW) / 2, y: centre - h / 2, w: ownW, h });
    });
    x += w + (growing >= 0 ? 36 : gap);
  });
  for (const part of parts) {
    if (part.glyph === 'results') {
      boxes.set(part.id, { x: box.x + box.w, y: row.y + row.h / 2, w: 0, h: 0 });
    } else if (part.glyph === 'snapshots') {
      boxes.set(part.id, { x: box.x, y: box.y + box.h - 20, w: box.w - LANE_END, h: 15 });
    } else if (part.glyph === 'acker') {
      boxes.set(part.id, { x: box.x + 92, y: box.y + box.h - 24, w: 18, h: 18 });
    }
  }
}
