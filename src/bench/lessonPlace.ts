import type { Snippet } from 'svelte';
import type { LessonData } from '../../lessons/lesson.ts';

/** Where a lesson that is open stands at the bench, and what it asks of it. */
export interface LessonPlace {
  readonly panel: Snippet;
  /** How its goal stands, in a line that stays in sight where the lesson has no column. */
  readonly pinned: Snippet;
  /** Whether it has a column of its own; else it stands below the picture. */
  readonly isBeside: boolean;
  /** What stands above the text where there is no column; the plane stands first on every screen. */
  readonly picture: LessonData['picture'];
  /** While the learner predicts, the page does not show what comes. */
  readonly hidesFuture: boolean;
}

/** Pixels of the lesson's column. */
export const LESSON_WIDTH = 376;
