import { describe, expect, test } from 'vitest';
import type { TraceHeader } from '../../workers/trace/format.ts';
import { columnsOf } from '../../src/stage/columns.ts';
import { STRIP_HEIGHTS } from '../../src/stage/glyphs/partition.ts';
import type { Box } from '../../src/stage/glyphs/pen.ts';
import { layoutScene, type StageSize } from '../../src/stage/layout.ts';
import { curve, pointAt, polyline } from '../../src/stage/polyline.ts';
import { part, pipe } from './fixture.ts';

const partitions = ['kafka/weblog-0', 'kafka/weblog-1', 'kafka/weblog-2'];
const entries = ['spark/stream', 'storm/spout', 'flink/source'];

const header: TraceHeader = {
  parts: [
    part('web/server', 'web-server', 'queue'),
    part('a1/r1', 'source'),
    part('a1/c1', 'channel', 'queue'),
    part('a1/k1', 'sink'),
    ...partitions.map((id) => part(id, 'partition', 'log')),
    part('spark/stream', 'receiver'),
    part('spark/batches', 'batches', 'queue'),
    part('spark/results', 'results'),
    part('storm/spout', 'spout'),
    part('storm/window', 'window-bolt', 'queue'),
    part('storm/acker', 'acker'),
    part('flink/source', 'operator'),
    part('flink/window', 'window-operator'),
    part('flink/snapshots', 'snapshots'),
  ],
  pipes: [
    pipe('web/server', 'a1/r1'),
    pipe('a1/r1', 'a1/c1'),
    pipe('a1/c1', 'a1/k1'),
    ...partitions.map((id) => pipe('a1/k1', id)),
    ...partitions.flatMap((from) => entries.map((to) => pipe(from, to, false))),
    pipe('spark/stream', 'spark/batches'),
    pipe('spark/batches', 'spark/results'),
    pipe('storm/spout', 'storm/window'),
    pipe('storm/window', 'storm/acker'),
    pipe('flink/source', 'flink/window'),
  ],
  gauges: [],
  series: [],
};

const lanes = [
  { id: 'spark', node: 'spark', engine: 'spark' as const },
  { id: 'storm', node: 'storm', engine: 'storm' as const },
  { id: 'flink', node: 'flink', engine: 'flink' as const },
];

const wide = { narrow: false, captionHeight: 112, margin: 24 };
const small = { narrow: true, captionHeight: 0, margin: 16 };
const SIZES: readonly StageSize[] = [
  { width: 1440, height: 392, ...wide },
  { width: 1140, height: 392, ...wide },
  { width: 900, height: 392, ...wide },
  { width: 768, height: 300, ...small },
  { width: 390, height: 262, ...small },
  { width: 320, height: 262, ...small },
];

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

describe.each(SIZES)('at $width', (size) => {
  const shown = size.narrow ? lanes.slice(0, 1) : lanes;
  const scene = layoutScene(header, shown, size);

  test('no part covers another and none leaves the stage', () => {
    const solid = scene.parts.filter(({ box }) => box.w > 0);
    solid.forEach(({ box, part: { id } }, i) => {
      expect(box.x, id).toBeGreaterThanOrEqual(0);
      expect(box.x + box.w, id).toBeLessThanOrEqual(size.width + 0.01);
      expect(box.y + box.h, id).toBeLessThanOrEqual(size.height);
      expect(Math.min(box.w, box.h), id).toBeGreaterThan(4);
      for (const other of solid.slice(i + 1)) {
        expect(overlap(box, other.box), `${id} and ${other.part.id}`).toBe(false);
      }
    });
  });

  test('records go from left to right before the branch and in the lanes', () => {
    const narrowJump = (from: string, to: string): boolean =>
      size.narrow && from.startsWith('kafka') && !to.startsWith('kafka');
    for (const { number, path } of scene.pipes) {
      const { from, to } = header.pipes[number]!;
      if (narrowJump(from, to) || to === 'storm/acker') continue;
      expect(path.x.at(-1)!, `${from} > ${to}`).toBeGreaterThanOrEqual(path.x[0]!);
    }
  });
});

test('whatever order a run declares its parts in, they are reached along the way of the records', () => {
  const { parts } = layoutScene(
    { ...header, parts: [...header.parts].reverse() },
    lanes,
    SIZES[0]!,
  );
  const idsOf = (name: string) =>
    parts.filter(({ part: { node } }) => node === name).map(({ part: { id } }) => id);
  expect(idsOf('a1')).toEqual(['a1/r1', 'a1/c1', 'a1/k1']);
  expect(idsOf('storm')).toEqual(['storm/spout', 'storm/acker', 'storm/window']);
});

// Type of 11 px: a name stands 10 px above its strip and is 9 px high, offsets reach 14 px below a strip.
test('however low the stage, the offsets of a strip stand clear of the name of the next', () => {
  for (let height = 240; height <= 420; height += 5) {
    const { parts } = layoutScene(header, lanes, { width: 1440, height, ...wide });
    const strips = parts.filter(({ part: { id } }) => partitions.includes(id));
    strips.slice(1).forEach(({ box }, i) => {
      const above = strips[i]!.box;
      const offsets = above.h >= STRIP_HEIGHTS.full ? 14 : 0;
      const name = box.h >= STRIP_HEIGHTS.named ? 19 : 0;
      expect(box.y - name, `${String(height)} high`).toBeGreaterThanOrEqual(
        above.y + above.h + offsets,
      );
    });
  }
});

describe('one agent that feeds a topic and a directory', () => {
  const branching: TraceHeader = {
    parts: [
      part('web/server', 'web-server', 'queue'),
      part('a1/r1', 'source'),
      part('a1/c1', 'channel', 'queue'),
      part('a1/c2', 'channel', 'queue'),
      part('a1/k1', 'sink'),
      part('a1/k2', 'sink'),
      part('kafka/weblog-0', 'partition', 'log'),
      part('hdfs/weblog', 'directory'),
    ],
    pipes: [
      pipe('web/server', 'a1/r1'),
      pipe('a1/r1', 'a1/c1'),
      pipe('a1/r1', 'a1/c2'),
      pipe('a1/c1', 'a1/k1'),
      pipe('a1/c2', 'a1/k2'),
      pipe('a1/k1', 'kafka/weblog-0'),
      pipe('a1/k2', 'hdfs/weblog'),
    ],
    gauges: [],
    series: [],
  };

  test.each(SIZES)(
    'at $width the topic stands over the directory, and nothing covers another',
    (size) => {
      const { nodes, parts } = layoutScene(branching, [], size);
      const boxOf = (name: string) => nodes.find(({ node }) => node === name)!.box;
      expect(boxOf('kafka').x).toBe(boxOf('hdfs').x);
      expect(boxOf('kafka').y + boxOf('kafka').h).toBeLessThan(boxOf('hdfs').y);
      parts.forEach(({ box, part: { id } }, i) => {
        for (const other of parts.slice(i + 1))
          expect(overlap(box, other.box), `${id} and ${other.part.id}`).toBe(false);
      });
    },
  );
});

test('a part stands one column right of the furthest part that sends to it', () => {
  const columns = columnsOf(
    [
      part('a/source', 'source'),
      part('a/c1', 'channel'),
      part('a/c2', 'channel'),
      part('a/k', 'sink'),
    ],
    [pipe('a/source', 'a/c1'), pipe('a/source', 'a/c2'), pipe('a/c1', 'a/k'), pipe('a/c2', 'a/k')],
  );
  expect(columns.map((column) => column.map(({ id }) => id))).toEqual([
    ['a/source'],
    ['a/c1', 'a/c2'],
    ['a/k'],
  ]);
});

test('a way in a circle still gets columns', () => {
  const columns = columnsOf(
    [part('a/x', 'bolt'), part('a/y', 'bolt')],
    [pipe('a/x', 'a/y'), pipe('a/y', 'a/x')],
  );
  expect(columns.flat()).toHaveLength(2);
});

test('a point moves with the length of the way, not with its corners', () => {
  // 30 across, then 10 down: half of 40 is 20 along the first stretch.
  const path = polyline([
    [0, 0],
    [30, 0],
    [30, 10],
  ]);
  expect(pointAt(path, 0.5)).toEqual([20, 0]);
  expect(pointAt(path, 1)).toEqual([30, 10]);
  expect(curve([0, 5], [8, 5])).toHaveLength(2);
});
