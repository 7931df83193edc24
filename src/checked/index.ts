// Everything that the recordings need, in one piece that is loaded when somebody asks for them.
export { default as Checked } from './Checked.svelte';
export { Shelf } from './Shelf.svelte.ts';
