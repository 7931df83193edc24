// The course notes, heading by heading, each with a scene. A scene is data, so it can be taken for a beginning: it opens
// on the bench, where everything in it can be changed.

import type { Scenario } from '../../workers/scenario/scenario.ts';

/** What a heading opens: a scenario with a part selected, a lesson by its name, or a place among the recordings. */
export type Opens =
  | { readonly scenario: Scenario; readonly select?: string }
  | { readonly lesson: string }
  | { readonly checked: string };

export interface CourseScene {
  /** As in the notes. */
  readonly heading: string;
  /** What to see there; where the notes are too coarse, it says so. */
  readonly says: string;
  readonly opens: Opens;
}

export interface CoursePart {
  readonly name: string;
  readonly scenes: readonly CourseScene[];
}
