/** Removes one item of a list in which mostly the oldest goes first, and that needs no array of what was removed. */
export function takeOut<T>(list: T[], index: number): void {
  if (index === 0) list.shift();
  else list.splice(index, 1);
}
