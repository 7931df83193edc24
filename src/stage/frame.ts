import type { Part } from '../../workers/trace/format.ts';
import type { Box } from './glyphs/pen.ts';
import type { System } from './scene.ts';

/** What the stage shows at one instant: plain numbers and lists, ready for the painters. */
export interface StageFrame {
  readonly timeUs: number;
  readonly parts: readonly PartFrame[];
  readonly tokens: readonly Token[];
  readonly ribbons: readonly Ribbon[];
  readonly lanes: ReadonlyMap<string, LaneFrame>;
}

export interface PartFrame {
  /** Index into the header's parts. */
  readonly number: number;
  readonly part: Part;
  readonly system: System;
  readonly box: Box;
  /** How wide words under it may be. */
  readonly room: number;
  /** How many records are in it; for a partition, the end offset of its leader's log. */
  readonly count: number;
  /** Those of them that there is room to draw, newest last. */
  readonly records: readonly number[];
  /** Its gauges by their name after the colon. */
  readonly gauges: ReadonlyMap<string, number>;
  /** Its process is dead. */
  readonly down: boolean;
  /** Who has read how far, for a partition. */
  readonly readers: readonly Reader[];
}

export interface Reader {
  readonly system: System;
  readonly offset: number;
}

/** A record on its way: where it is drawn, by screen time. */
export interface Token {
  readonly record: number;
  readonly x: number;
  readonly y: number;
}

/** A way with more records than the eye can follow. */
export interface Ribbon {
  /** Index into the scene's pipes. */
  readonly pipe: number;
  readonly perSecond: number;
}

/** What a lane's own glyphs show besides records. Fields are empty where the engine has no such thing. */
export interface LaneFrame {
  readonly batches: readonly BatchFrame[];
  /** How many of them have a box: the same all the time, so that no box changes its size. */
  readonly batchesShown: number;
  readonly openWindows: readonly OpenWindow[];
  readonly lastFired: {
    readonly startUs: number;
    readonly endUs: number;
    readonly count: number;
  } | null;
  readonly checkpoints: readonly CheckpointFrame[];
  readonly watermarkUs: number | null;
}

export interface BatchFrame {
  readonly startUs: number;
  /** The batch time: its end. */
  readonly endUs: number;
  readonly records: readonly number[];
  /** Still filling. */
  readonly open: boolean;
  readonly running: boolean;
}

export interface OpenWindow {
  readonly startUs: number;
  readonly endUs: number;
  readonly count: number;
}

export interface CheckpointFrame {
  readonly number: number;
  readonly state: 'running' | 'retained' | 'subsumed' | 'aborted';
}
