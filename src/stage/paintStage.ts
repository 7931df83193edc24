import type { Theme } from '../design/theme.ts';
import type { LaneFrame, PartFrame, StageFrame } from './frame.ts';
import { paintDirectory } from './glyphs/directory.ts';
import { paintOperator, paintSnapshots, paintWindowOperator } from './glyphs/flink.ts';
import { paintChannel, paintFunnel } from './glyphs/flume.ts';
import type { RecordInk } from './glyphs/ink.ts';
import { label } from './glyphs/label.ts';
import { paintPartition } from './glyphs/partition.ts';
import { accentOf } from './glyphs/palette.ts';
import { fillBox, frame, line, type Pen } from './glyphs/pen.ts';
import { paintPipe, paintRibbons, paintTraffic } from './glyphs/pipes.ts';
import { paintServer } from './glyphs/server.ts';
import { paintBatches, paintReceiver } from './glyphs/spark.ts';
import { paintAcker, paintBolt, paintSpout, paintWindowBolt } from './glyphs/storm.ts';
import type { PlacedNode, Scene } from './scene.ts';

const NO_LANE: LaneFrame = {
  batches: [],
  batchesShown: 0,
  openWindows: [],
  lastFired: null,
  checkpoints: [],
  watermarkUs: null,
};

/** Draws one frame, from the ground up. */
export function paintStage(
  pen: Pen,
  theme: Theme,
  scene: Scene,
  stage: StageFrame,
  ink: RecordInk,
): void {
  pen.clearRect(0, 0, scene.width, scene.height);
  scene.nodes.forEach((node, i) => {
    paintNode(pen, theme, node, i > 0 && scene.nodes[i - 1]?.lane !== null);
  });
  for (const { path } of scene.pipes) paintPipe(pen, theme, path);
  const rates = paintRibbons(pen, theme, scene, stage);
  for (const part of stage.parts) paintPart(pen, theme, stage, part, ink);
  paintTraffic(pen, theme, stage, rates, ink);
}

const NODE_NAMES = {
  'web-server': ['Web server'],
  flume: ['Flume agent', 'Flume'],
  kafka: ['Kafka topic', 'Kafka'],
  hdfs: ['HDFS'],
  spark: ['Spark Streaming', 'Spark'],
  storm: ['Storm'],
  flink: ['Flink'],
} as const;

const LANE_KINDS: Readonly<Record<string, string>> = {
  spark: 'DStream job',
  storm: 'topology',
  flink: 'job',
};

/** What the name and kind of a lane take of its first line: the lane's program begins behind them. */
export const LANE_TITLE_WIDTHS: Readonly<Record<string, number>> = {
  spark: 180,
  storm: 112,
  flink: 80,
};

function paintNode(
  pen: Pen,
  theme: Theme,
  { system, lane, box, side }: PlacedNode,
  ruled: boolean,
): void {
  const accent = accentOf(system);
  const names = NODE_NAMES[system];
  if (lane !== null) {
    if (ruled)
      line(
        pen,
        theme,
        [
          [box.x - 18, box.y + 0.5],
          [box.x + box.w, box.y + 0.5],
        ],
        { colour: 'hair' },
      );
    fillBox(pen, theme, { x: box.x - 18, y: box.y + 8, w: 3, h: box.h - 16 }, accent);
    label(pen, theme, names, box.x, box.y + 20, {
      colour: accent,
      weight: 600,
      size: 13,
      room: box.w / 2,
    });
    const w = pen.measureText(names[0]).width;
    label(pen, theme, LANE_KINDS[system] ?? '', box.x + w + 10, box.y + 20, { colour: 'ink3' });
    return;
  }
  const named = system === 'web-server' ? 'ink' : accent;
  label(pen, theme, names, box.x, box.y - 9, { colour: named, weight: 500, room: box.w + 14 });
  if (system === 'web-server') return;
  if (box.w > 130) {
    label(pen, theme, side, box.x + box.w, box.y - 9, {
      colour: 'ink3',
      mono: true,
      align: 'right',
      room: box.w / 2,
    });
  }
  frame(pen, theme, box, null, { colour: accent, width: 1.2 }, 3);
}

function paintPart(
  pen: Pen,
  theme: Theme,
  stage: StageFrame,
  part: PartFrame,
  ink: RecordInk,
): void {
  const lane = stage.lanes.get(part.part.node) ?? NO_LANE;
  switch (part.part.glyph) {
    case 'web-server':
      return paintServer(pen, theme, part, ink);
    case 'source':
    case 'sink':
      return paintFunnel(pen, theme, part);
    case 'channel':
      return paintChannel(pen, theme, part, ink);
    case 'partition':
      return paintPartition(pen, theme, part, ink);
    case 'receiver':
      return paintReceiver(pen, theme, part);
    case 'batches':
      return paintBatches(pen, theme, part, lane, ink);
    case 'spout':
      return paintSpout(pen, theme, part);
    case 'bolt':
      return paintBolt(pen, theme, part);
    case 'window-bolt':
      return paintWindowBolt(pen, theme, part, lane, ink);
    case 'acker':
      return paintAcker(pen, theme, part);
    case 'operator':
      return paintOperator(pen, theme, part);
    case 'directory':
      return paintDirectory(pen, theme, part);
    case 'window-operator':
      return paintWindowOperator(pen, theme, part, lane);
    case 'snapshots':
      return paintSnapshots(pen, theme, part, lane);
    case 'results':
      return;
  }
}
