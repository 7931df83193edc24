/** Scripts name trees by any root id; the ackers here know them by number, in the order of their first mention. */
export function treeNumber(numbers: Map<number, number>, root: number): number {
  const known = numbers.get(root);
  if (known !== undefined) return known;
  numbers.set(root, numbers.size);
  return numbers.size - 1;
}
