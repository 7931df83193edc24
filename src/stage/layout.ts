import type { Part, Pipe, TraceHeader } from '../../workers/trace/format.ts';
import { columnsOf } from './columns.ts';
import type { Box } from './glyphs/pen.ts';
import { routePipes } from './routes.ts';
import {
  sideName,
  systemOf,
  type PlacedNode,
  type PlacedPart,
  type Scene,
  type System,
} from './scene.ts';
import { GLYPH_SIZES, NODE_WIDTHS } from './sizes.ts';

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

const LANE_TITLE = 34;
const GAP_BEFORE_LANES = 68;
/** Partitions closer than this have their names beside them, not above. */
const COMPACT_PITCH = 40;
/** Agents lower than this show no words inside. */
const COMPACT_FRAME = 120;

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

  const upstreamRoom = upstreamBox(upstream, partsOf, size);
  let { x } = upstreamRoom;
  upstream.forEach((node, i) => {
    const parts = partsOf.get(node)!;
    const system = systemOf(parts, null);
    const w = (NODE_WIDTHS[system] ?? 120) * upstreamRoom.scale;
    const box = upstreamFrame(system, x, w, parts.length, upstreamRoom);
    nodes.push({ node, system, lane: null, side: sideName(node, parts), box });
    placeUpstream(system, parts, header.pipes, box, boxes);
    x += w + (i < upstream.length - 1 ? gapAfter(system) * upstreamRoom.scale : 0);
  });

  const lanesRoom = lanesBox(upstream.length === 0 ? null : x, upstreamRoom, size);
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
  const pipes = routePipes(header, parts, nodes);
  return { width: size.width, height: size.height, nodes, parts, pipes };
}

interface UpstreamRoom extends Box {
  readonly scale: number;
}

function upstreamBox(
  upstream: readonly string[],
  partsOf: ReadonlyMap<string, readonly Part[]>,
  { width, height, narrow, captionHeight, margin }: StageSize,
): UpstreamRoom {
  let natural = 0;
  upstream.forEach((node, i) => {
    const system = systemOf(partsOf.get(node) ?? [], null);
    natural += (NODE_WIDTHS[system] ?? 120) + (i < upstream.length - 1 ? gapAfter(system) : 0);
  });
  if (narrow) {
    const w = width - 2 * margin - 8;
    return { x: margin, y: captionHeight + 18, w, h: 108, scale: Math.min(1, w / (natural || 1)) };
  }
  const most = width * 0.47;
  const scale = Math.min(1, most / (natural || 1));
  return { x: margin, y: captionHeight, w: natural * scale, h: height - captionHeight - 8, scale };
}

function gapAfter(system: System): number {
  return system === 'web-server' ? 32 : 64;
}

function upstreamFrame(
  system: System,
  x: number,
  w: number,
  parts: number,
  room: UpstreamRoom,
): Box {
  const wanted = system === 'kafka' ? parts * 66 + 22 : system === 'web-server' ? 88 : 156;
  const h = Math.min(wanted, room.h - 24);
  const middle = room.y + room.h / 2 + (room.h > 120 ? 8 : 0);
  return { x, y: middle - h / 2, w, h };
}

function placeUpstream(
  system: System,
  parts: readonly Part[],
  pipes: readonly Pipe[],
  box: Box,
  boxes: Map<string, Box>,
): void {
  if (system === 'web-server') {
    for (const part of parts) boxes.set(part.id, box);
    return;
  }
  if (system === 'kafka') {
    const pitch = (box.h - 12) / parts.length;
    const beside = pitch < COMPACT_PITCH ? { left: 16, right: 46 } : { left: 0, right: 0 };
    parts.forEach((part, i) => {
      const h = Math.min(22, pitch - 8);
      boxes.set(part.id, {
        x: box.x + 10 + beside.left,
        y: box.y + (beside.left > 0 ? 6 : 8) + pitch * i + (pitch - h) * 0.55,
        w: box.w - 20 - beside.left - beside.right,
        h,
      });
    });
    return;
  }
  const columns = columnsOf(parts, pipes);
  columns.forEach((column, c) => {
    column.forEach((part, r) => {
      const size = GLYPH_SIZES[part.glyph];
      const compact = box.h < COMPACT_FRAME;
      const roomH = (box.h - (compact ? 20 : 36)) / column.length;
      const [w, h] = [
        Math.min(size.w, box.w / columns.length - 6),
        Math.min(size.h, compact ? 28 : Infinity, roomH - 4),
      ];
      const centreX = box.x + (box.w * (c + 0.5)) / columns.length;
      const centreY = box.y + 18 + roomH * (r + 0.5);
      boxes.set(part.id, { x: centreX - w / 2, y: centreY - h / 2, w, h });
    });
  });
}

function lanesBox(upstreamEnd: number | null, upstream: Box, size: StageSize): Box {
  if (size.narrow) {
    const y = upstreamEnd === null ? size.captionHeight : upstream.y + upstream.h + 8;
    const x = size.margin + 10;
    return { x, y, w: size.width - x - size.margin, h: size.height - y };
  }
  const x = upstreamEnd === null ? size.margin + 18 : upstreamEnd + GAP_BEFORE_LANES;
  const y = upstreamEnd === null ? size.captionHeight : 4;
  return { x, y, w: size.width - x, h: size.height - y };
}

const EXIT_ROOM = 24;

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
  const room = box.w - EXIT_ROOM;
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
      boxes.set(part.id, { x: box.x, y: box.y + box.h - 20, w: box.w - EXIT_ROOM, h: 15 });
    } else if (part.glyph === 'acker') {
      boxes.set(part.id, { x: box.x + 92, y: box.y + box.h - 24, w: 18, h: 18 });
    }
  }
}
