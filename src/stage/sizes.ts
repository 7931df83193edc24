import type { PartGlyph } from '../../workers/trace/format.ts';
import type { System } from './scene.ts';

/** The size a glyph is drawn at when there is room. `grows` takes what is left of its row. */
export interface GlyphSize {
  readonly w: number;
  readonly h: number;
  readonly grows?: boolean;
}

export const GLYPH_SIZES: Readonly<Record<PartGlyph, GlyphSize>> = {
  'web-server': { w: 72, h: 88 },
  source: { w: 20, h: 36 },
  channel: { w: 46, h: 112 },
  sink: { w: 22, h: 36 },
  partition: { w: 166, h: 22 },
  receiver: { w: 30, h: 20 },
  batches: { w: 200, h: 64, grows: true },
  spout: { w: 36, h: 32 },
  bolt: { w: 84, h: 36 },
  'window-bolt': { w: 214, h: 64 },
  acker: { w: 18, h: 18 },
  operator: { w: 84, h: 48 },
  'window-operator': { w: 156, h: 72 },
  snapshots: { w: 240, h: 15 },
  directory: { w: 96, h: 120 },
  results: { w: 0, h: 0 },
};

/** Frames around the parts of a system that stands before the branch. */
export const NODE_WIDTHS: Readonly<Partial<Record<System, number>>> = {
  'web-server': 72,
  flume: 206,
  kafka: 186,
  hdfs: 130,
};
