// Everything that a lesson needs, in one piece that is loaded when the first lesson is opened.
export { default as GoalLine } from './GoalLine.svelte';
export { default as LessonPanel } from './LessonPanel.svelte';
export { LessonPlayer } from './LessonPlayer.svelte.ts';
