// Everything that a bench needs, in one piece that is loaded when the first one is opened.
export { BenchPlay } from './BenchPlay.svelte.ts';
export { default as ComponentBench } from './ComponentBench.svelte';
