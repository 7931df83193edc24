/** Type-only TypeScript needs no preprocessor: Svelte 5 reads it itself. */
export default {
  compilerOptions: { runes: true },
};
