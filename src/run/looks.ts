const STATUS_CLASSES = ['2xx', '3xx', '4xx', '5xx'];

/**
 * Which look (colour and shape) each class has. A status class keeps its own on every input, also where
 * another class is missing; other keys take the looks in their order.
 * @returns by class: a number for the record painter
 */
export function looksOf(classNames: readonly string[]): number[] {
  const isStatus = classNames.every((name) => STATUS_CLASSES.includes(name));
  return classNames.map((name, i) => (isStatus ? STATUS_CLASSES.indexOf(name) : i));
}
