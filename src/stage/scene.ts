import type { Part } from '../../workers/trace/format.ts';
import type { Box } from './glyphs/pen.ts';
import type { Point, Polyline } from './polyline.ts';

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
  /** What stands opposite its name: the agent's instance, the topic. */
  readonly side: string;
  readonly box: Box;
}

export type System = 'web-server' | 'flume' | 'kafka' | 'hdfs' | 'spark' | 'storm' | 'flink';

export interface PlacedPart {
  /** Index into the header's parts. */
  readonly number: number;
  readonly part: Part;
  readonly system: System;
  readonly box: Box;
  /** How wide words under it may be. */
  readonly room: number;
}

export interface PlacedPipe {
  /** Index into the header's pipes. */
  readonly number: number;
  readonly path: Polyline;
  /** Where its rate is written when it is a ribbon; null where there is no room. */
  readonly labelAt: Point | null;
}

/** The agent's name, or the topic's where all partitions are of one. */
export function sideName(node: string, parts: readonly Part[]): string {
  const topics = new Set<string>();
  for (const { id, glyph } of parts) {
    if (glyph === 'partition') topics.add(id.slice(id.indexOf('/') + 1, id.lastIndexOf('-')));
  }
  const [topic] = topics;
  return topics.size === 1 && topic !== undefined ? topic : node;
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
