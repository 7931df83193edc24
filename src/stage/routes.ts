import type { TraceHeader } from '../../workers/trace/format.ts';
import type { Box } from './glyphs/pen.ts';
import { curve, pointAt, polyline, type Point } from './polyline.ts';
import type { PlacedNode, PlacedPart, PlacedPipe } from './scene.ts';

/** Shorter ways have no room for a number. */
const SHORTEST_LABELLED = 44;

/**
 * The way of every pipe. What leaves a topic for a lane goes along a bus at the topic's right edge, one
 * stop a lane, so that nine ways out of three partitions are three lines and not a net.
 */
export function routePipes(
  header: TraceHeader,
  parts: readonly PlacedPart[],
  nodes: readonly PlacedNode[],
): PlacedPipe[] {
  const partById = new Map(parts.map((placed) => [placed.part.id, placed]));
  const nodeById = new Map(nodes.map((node) => [node.node, node]));
  const lanes = nodes.filter((node) => node.lane !== null);
  const upstream = nodes.filter((node) => node.lane === null);
  const bottom = Math.max(...upstream.map(({ box }) => box.y + box.h));
  const placed: PlacedPipe[] = [];
  header.pipes.forEach((pipe, number) => {
    const from = partById.get(pipe.from);
    const to = partById.get(pipe.to);
    if (from === undefined || to === undefined) return;
    const start = rightOf(from.box);
    const end = leftOf(to.box);
    const source = nodeById.get(from.part.node);
    const lane = lanes.findIndex((node) => node.node === to.part.node);
    const across = lane >= 0 && source !== undefined && source.lane === null;
    let points = curve(start, end);
    let labelAt: Point | null = null;
    if (across) {
      const stop = busStop(source.box, lane, lanes.length);
      const isRight = start[0] < end[0];
      points = isRight ? busRoute(start, end, stop) : aroundRoute(start, end, source.box, bottom);
      if (isRight) labelAt = [stop[0] + 21, stop[1] + (end[1] > stop[1] ? -9 : 9)];
    }
    const path = polyline(points);
    if (!across && (path.along.at(-1) ?? 0) >= SHORTEST_LABELLED) labelAt = pointAt(path, 0.5);
    placed.push({ number, path, labelAt });
  });
  return placed;
}

function rightOf({ x, y, w, h }: Box): Point {
  return [x + w, y + h / 2];
}

function leftOf({ x, y, h }: Box): Point {
  return [x, y + h / 2];
}

/** Where lane number `lane` of `lanes` leaves the right edge of its source. */
export function busStop(box: Box, lane: number, lanes: number): Point {
  return [box.x + box.w + 6, box.y + (box.h * (lane + 0.75)) / (lanes + 0.5)];
}

/** Where the lane lies under what it reads: down at the right, back under everything there, and in from the left. */
function aroundRoute(start: Point, end: Point, source: Box, bottom: number): Point[] {
  const right = source.x + source.w + 5;
  const under = bottom + 8;
  const left = end[0] - 10;
  return [start, [right, start[1]], [right, under], [left, under], [left, end[1]], end];
}

function busRoute(start: Point, end: Point, stop: Point): Point[] {
  return [start, [stop[0], start[1]], ...curve(stop, end)];
}
