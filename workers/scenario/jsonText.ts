// Plain data as text for people: on one line where it fits, and otherwise one entry a line.

/** `width` and `indent` are in characters; the first line stands after `indent` of them. */
export function jsonText(value: unknown, width: number, indent = 0): string {
  const line = onOneLine(value);
  return indent + line.length <= width ? line : openedJsonText(value, width, indent);
}

/** The same with the outermost list or object opened, however short it is. */
export function openedJsonText(value: unknown, width: number, indent = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Array.isArray(value)
    ? value.map((entry: unknown) => jsonText(entry, width, indent + 2))
    : Object.entries(value).map(
        ([key, entry]) => `${JSON.stringify(key)}: ${jsonText(entry, width, indent + 2)}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return `${open}${close}`;
  const margin = ' '.repeat(indent);
  return `${open}\n${entries.map((entry) => `${margin}  ${entry}`).join(',\n')}\n${margin}${close}`;
}

function onOneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, entry]) => `${JSON.stringify(key)}: ${onOneLine(entry)}`)
    .join(', ')}}`;
}
