// What a lesson's `scenario.ts` holds, all of it plain data: the scenes, and what its pages do with
// them. The text is in `lesson.md`; a page's cue names what stands here.
//
//   {"scene": "slow", "prediction": "second-result"}

import type { Scenario } from '../workers/scenario/scenario.ts';
import type { Setting, SettingValue } from '../workers/scenario/settings.ts';

/** One change that a learner can make. */
export interface Edit {
  readonly setting: Setting;
  readonly value: SettingValue;
}

/**
 * A number that is read from a run: whatever a lesson says of one is computed, never written down.
 * Results are numbered from 1, in the order in which they become visible.
 */
export type Measure =
  | { readonly kind: 'records in result'; readonly lane: string; readonly result: number }
  /** In the newest result of the window that begins at `startMs`. */
  | { readonly kind: 'records in window'; readonly lane: string; readonly startMs: number }
  /** What reached the lane from `fromMs` until before `untilMs`. */
  | {
      readonly kind: 'records arrived';
      readonly lane: string;
      readonly fromMs: number;
      readonly untilMs: number;
    }
  /** At the end of the run, or at `atMs`; lost counts what was lost before the branch too. */
  | {
      readonly kind: 'records with status';
      readonly lane: string;
      readonly status: 'right' | 'more than once' | 'late' | 'lost';
      readonly atMs?: number;
    }
  /** Late in all of their windows, and kept because `sideOutputLateData` was called. */
  | { readonly kind: 'records in the side output'; readonly lane: string }
  | { readonly kind: 'visible results'; readonly lane: string; readonly atMs: number }
  /** When the window that begins at `startMs` has its first visible result. */
  | { readonly kind: 'first result'; readonly lane: string; readonly startMs: number }
  | { readonly kind: 'window end'; readonly lane: string; readonly result: number }
  | { readonly kind: 'latency'; readonly lane: string; readonly percentile: 50 | 95 }
  | { readonly kind: 'records touched'; readonly lane: string }
  | { readonly kind: 'entries held'; readonly lane: string }
  | {
      readonly kind: 'interval';
      readonly lane: string;
      readonly interval: 'batch' | 'slide' | 'window';
    }
  | { readonly kind: 'gauge'; readonly gauge: string; readonly atMs: number }
  | { readonly kind: 'difference'; readonly of: Measure; readonly minus: Measure };

/** A stretch of the run that one button plays, after the changes that it makes. */
export interface Demonstration {
  readonly action: string;
  readonly edits?: readonly Edit[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Simulated seconds a second of watching. */
  readonly speed: number;
  /** The result that is lit at the end. */
  readonly light?: { readonly lane: string; readonly result: number };
}

export interface Choice {
  readonly words: string;
  readonly value: number | Measure;
}

export type Question =
  /** Right is the choice whose value the run gives. */
  | { readonly kind: 'choice'; readonly measure: Measure; readonly choices: readonly Choice[] }
  | { readonly kind: 'number'; readonly measure: Measure }
  /** Right are the records that the result counts. */
  | { readonly kind: 'records'; readonly lane: string; readonly result: number };

/** Asked before the run shows it. */
export interface Prediction {
  readonly question: string;
  readonly answer: Question;
  readonly run: Demonstration;
  /** What is said beside the gap, whatever was predicted. */
  readonly because: string;
}

/** A setting that a page lays beside its text, under its official name. */
export interface Control {
  readonly key: string;
  readonly setting: Setting;
  readonly values: readonly SettingValue[];
}

/** A number of the run that a page keeps in sight. */
export interface Figure {
  readonly words: string;
  readonly measure: Measure;
}

export interface Condition extends Figure {
  readonly is: 'at most' | 'at least' | 'exactly';
  readonly value: number;
}

/** It holds when every condition does and nobody refuses the scenario, whichever way that was reached. */
export interface Goal {
  readonly wish: string;
  readonly conditions: readonly Condition[];
  /** One way there from the page's scene. Its length is the par. */
  readonly solution: readonly Edit[];
}

export interface LessonData {
  /**
   * What a phone shows above the text. The plane of event time and processing time stands in the stage's place on a
   * wide screen too, and the stage below.
   */
  readonly picture: 'stage' | 'axis' | 'plane';
  readonly scenes: Readonly<Record<string, Scenario>>;
  readonly demonstrations: Readonly<Record<string, Demonstration>>;
  readonly predictions: Readonly<Record<string, Prediction>>;
  readonly controls: Readonly<Record<string, Control>>;
  readonly figures: Readonly<Record<string, Figure>>;
  readonly goals: Readonly<Record<string, Goal>>;
}
