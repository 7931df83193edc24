/** Removes one item of a list in which mostly the oldest goes first, and that needs no array of what was removed. */
export function takeOut(list: unknown[], index: number): void {
  if (index === 0) list.shift();
  else list.splice(index, 1);
}
