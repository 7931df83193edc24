import type { Part, PartGlyph, Pipe } from '../../workers/trace/format.ts';
import { columnsOf, inColumns } from './columns.ts';
import { STRIP_HEIGHTS } from './glyphs/partition.ts';
import type { Box } from './glyphs/pen.ts';
import type { StageSize } from './layout.ts';
import { sideName, systemOf, type PlacedNode, type System } from './scene.ts';
import { GLYPH_SIZES, NODE_WIDTHS } from './sizes.ts';

/** From one strip to the next: with its name above and offsets below it takes 19 + 22 + 14 pixels, with its name alone 40. */
const FULL_PITCH = 55;
const NAMED_PITCH = 40;
/** Agents lower than this show no words inside. */
const COMPACT_FRAME = 120;
/** A part among others of its column, with its words above and below. */
const STACKED_PITCH = 92;
const FRAME_MARGIN = 36;

/** What stands before the lanes. */
export interface Upstream {
  readonly nodes: readonly PlacedNode[];
  readonly room: Box;
  /** Where its last column ends. */
  readonly endX: number;
}

interface Room extends Box {
  readonly scale: number;
}

interface UpstreamNode {
  readonly node: string;
  readonly system: System;
  readonly parts: readonly Part[];
}

/**
 * Lays out what stands before the branch: nodes in columns, each right of what sends to it, and those that are fed side by
 * side, such as a topic and a directory, one under the other.
 */
export function layoutUpstream(
  names: readonly string[],
  partsOf: ReadonlyMap<string, readonly Part[]>,
  pipes: readonly Pipe[],
  size: StageSize,
  boxes: Map<string, Box>,
): Upstream {
  const columns = nodeColumns(names, partsOf, pipes);
  const room = roomFor(columns, size);
  const nodes: PlacedNode[] = [];
  let { x } = room;
  columns.forEach((column, c) => {
    const w = columnWidth(column) * room.scale;
    const h = room.h / column.length;
    column.forEach(({ node, system, parts }, row) => {
      const box = frameOf(system, parts, pipes, { ...room, x, w, y: room.y + row * h, h });
      nodes.push({ node, system, lane: null, side: sideName(node, parts), box });
      placeParts(system, parts, pipes, box, boxes);
    });
    x += w + (c < columns.length - 1 ? gapAfter(column) * room.scale : 0);
  });
  return { nodes, room, endX: x };
}

function nodeColumns(
  names: readonly string[],
  partsOf: ReadonlyMap<string, readonly Part[]>,
  pipes: readonly Pipe[],
): UpstreamNode[][] {
  const nodes = names.map((node) => {
    const parts = partsOf.get(node) ?? [];
    return { node, parts, system: systemOf(parts, null) };
  });
  const nodeOf = new Map(nodes.flatMap(({ node, parts }) => parts.map(({ id }) => [id, node])));
  const ways = pipes.flatMap(({ from, to }) => {
    const [a, b] = [nodeOf.get(from), nodeOf.get(to)];
    return a === undefined || b === undefined || a === b ? [] : [{ from: a, to: b }];
  });
  return inColumns(nodes, ({ node }) => node, ways);
}

function columnWidth(column: readonly UpstreamNode[]): number {
  return Math.max(...column.map(({ system }) => NODE_WIDTHS[system] ?? 120));
}

function gapAfter(column: readonly UpstreamNode[]): number {
  return column.every(({ system }) => system === 'web-server') ? 32 : 64;
}

function roomFor(
  columns: readonly (readonly UpstreamNode[])[],
  { width, height, narrow, captionHeight, margin }: StageSize,
): Room {
  let natural = 0;
  columns.forEach((column, c) => {
    natural += columnWidth(column) + (c < columns.length - 1 ? gapAfter(column) : 0);
  });
  if (narrow) {
    const w = width - 2 * margin - 8;
    return { x: margin, y: captionHeight + 18, w, h: 108, scale: Math.min(1, w / (natural || 1)) };
  }
  const most = width * 0.47;
  const scale = Math.min(1, most / (natural || 1));
  return { x: margin, y: captionHeight, w: natural * scale, h: height - captionHeight - 8, scale };
}

function frameOf(
  system: System,
  parts: readonly Part[],
  pipes: readonly Pipe[],
  { x, y, w, h }: Box,
): Box {
  const wanted = Math.min(wantedHeight(system, parts, pipes), h - 24);
  const middle = y + h / 2 + (h > 120 ? 8 : 0);
  return { x, y: middle - wanted / 2, w, h: wanted };
}

function wantedHeight(system: System, parts: readonly Part[], pipes: readonly Pipe[]): number {
  if (system === 'kafka') return parts.length * 66 + 22;
  if (system === 'web-server') return 88;
  const rows = Math.max(...columnsOf(parts, pipes).map((column) => column.length));
  return rows > 1 ? FRAME_MARGIN + rows * STACKED_PITCH : 156;
}

function placeParts(
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
    placePartitions(parts, box, boxes);
    return;
  }
  const columns = columnsOf(parts, pipes);
  columns.forEach((column, c) => {
    column.forEach((part, r) => {
      const compact = box.h < COMPACT_FRAME;
      const roomH = (box.h - (compact ? 20 : FRAME_MARGIN)) / column.length;
      const words = column.length > 1 ? wordsAround(part.glyph, roomH) : NO_WORDS;
      const size = GLYPH_SIZES[part.glyph];
      const w = Math.min(size.w, box.w / columns.length - 6);
      const h = Math.min(size.h, compact ? 28 : Infinity, roomH - 4 - words.above - words.below);
      const centreX = box.x + (box.w * (c + 0.5)) / columns.length;
      const centreY = box.y + 18 + roomH * (r + 0.5) + (words.above - words.below) / 2;
      boxes.set(part.id, { x: centreX - w / 2, y: centreY - h / 2, w, h });
    });
  });
}

interface WordsAround {
  readonly above: number;
  readonly below: number;
}

const NO_WORDS: WordsAround = { above: 0, below: 0 };

/** What a part's words take of its row; with less room there are only the numbers of channels. */
function wordsAround(glyph: PartGlyph, roomH: number): WordsAround {
  if (glyph === 'channel') return { above: 16, below: roomH < STACKED_PITCH / 2 ? 0 : 16 };
  const isFunnel = glyph === 'source' || glyph === 'sink';
  if (!isFunnel) return NO_WORDS;
  return roomH < STACKED_PITCH - 8
    ? { above: roomH / 4, below: roomH / 4 }
    : { above: 0, below: 42 };
}

function placePartitions(parts: readonly Part[], box: Box, boxes: Map<string, Box>): void {
  const pitch = (box.h - 12) / parts.length;
  const height = stripHeight(pitch);
  const beside = height < STRIP_HEIGHTS.named ? { left: 16, right: 46 } : { left: 0, right: 0 };
  parts.forEach((part, i) => {
    const h = Math.min(height, pitch - 8);
    boxes.set(part.id, {
      x: box.x + 10 + beside.left,
      y: box.y + (beside.left > 0 ? 6 : 8) + pitch * i + (pitch - h) * 0.55,
      w: box.w - 20 - beside.left - beside.right,
      h,
    });
  });
}

function stripHeight(pitch: number): number {
  if (pitch >= FULL_PITCH) return STRIP_HEIGHTS.full;
  return pitch >= NAMED_PITCH ? STRIP_HEIGHTS.named : STRIP_HEIGHTS.bare;
}
