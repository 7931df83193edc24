import type { Part } from '../../workers/trace/format.ts';
import type { Box } from './glyphs/pen.ts';
import type { Polyline } from './polyline.ts';

/** A scene is laid out once from what the run declares; time moves through it and never moves it. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly parts: readonly PlacedPart[];
  readonly pipes: readonly PlacedPipe[];
}

export interface PlacedNode {
  readonly node: string;
  readonly system: System;
  /** The lane's id when it is one, else null: upstream of the branch. */
  readonly lane: string | null;
  readonly box: Box;
}

export type System = 'web-server' | 'flume' | 'kafka' | 'hdfs' | 'spark' | 'storm' | 'flink';

export interface PlacedPart {
  /** Index into the header's parts. */
  readonly number: number;
  readonly part: Part;
  readonly system: System;
  readonly box: Box;
}

export interface PlacedPipe {
  /** Index into the header's pipes. */
  readonly number: number;
  readonly path: Polyline;
}

/** Which system a node is, told from what it is made of. */
export function systemOf(parts: readonly Part[], laneEngine: System | null): System {
  if (laneEngine !== null) return laneEngine;
  const glyphs = new Set(parts.map((part) => part.glyph));
  if (glyphs.has('web-server')) return 'web-server';
  if (glyphs.has('partition')) return 'kafka';
  if (glyphs.has('directory')) return 'hdfs';
  return 'flume';
}
