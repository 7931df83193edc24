import type { Pointing } from './Pointing.svelte.ts';

/** What is chosen, as a link says it: `record:132`, `part:a1/c1`; null for nothing. */
export function selectionOf(pointing: Pointing): string | null {
  if (pointing.chosenRecord !== null) return `record:${String(pointing.chosenRecord)}`;
  return pointing.chosenPart === null ? null : `part:${pointing.chosenPart}`;
}

export function select(pointing: Pointing, selection: string | null): void {
  const record = /^record:(\d{1,7})$/.exec(selection ?? '')?.[1];
  const part = /^part:([\w./-]+)$/.exec(selection ?? '')?.[1];
  if (part !== undefined) pointing.choosePart(part);
  else pointing.chooseRecord(record === undefined ? null : Number(record));
}
