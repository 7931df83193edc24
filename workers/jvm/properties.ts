/**
 * The text format of `java.util.Properties.load` (JDK 8 to 21).
 *
 * `#` and `!` begin comments; `=`, `:` or white space end a key; a trailing backslash continues the
 * line; a backslash takes the next character as it is, so a lone `\d` silently becomes `d`; a
 * repeated key keeps its last value.
 *
 * Simplification: the JDK reads bytes as ISO-8859-1, this reads characters.
 */

/** One logical line that defines a property, and where it stands in the text. */
export type PropertyLine = {
  key: string;
  value: string;
  /** Where the value begins, after the separator. */
  valueStart: number;
  /** Where the logical line ends, before its line terminator. */
  lineEnd: number;
  /** A `\u` without four hexadecimal digits, which the JDK refuses. */
  malformed: boolean;
};

export type Properties = {
  /** In order of first appearance, each with its last value. */
  values: Map<string, string>;
  /** The `IllegalArgumentException` that would have ended the load, or null. */
  problem: string | null;
};

/** Reads a whole text; a repeated key keeps its last value. */
export function readProperties(text: string): Properties {
  const values = new Map<string, string>();
  for (const line of propertyLines(text)) {
    if (line.malformed) return { values, problem: 'Malformed \\uxxxx encoding.' };
    values.set(line.key, line.value);
  }
  return { values, problem: null };
}

/** Every property line in text order, repeated keys included. */
export function propertyLines(text: string): PropertyLine[] {
  const lines: PropertyLine[] = [];
  let at = 0;
  while (at < text.length) {
    const start = skipBlanks(text, at);
    const first = text[start];
    if (first === undefined || isTerminator(first)) {
      at = start + 1;
    } else if (first === '#' || first === '!') {
      at = naturalLineEnd(text, start) + 1;
    } else {
      const line = readLine(text, start, logicalLineEnd(text, start));
      lines.push(line);
      at = line.lineEnd + 1;
    }
  }
  return lines;
}

/**
 * The text with the value of one key changed and everything else kept: comments, order, spacing,
 * separator. Of repeated lines the last is changed, because the last wins; a key that is not there
 * gets a new line at the end.
 */
export function replaceProperty(text: string, key: string, value: string): string {
  const line = propertyLines(text).findLast((candidate) => candidate.key === key);
  if (line === undefined) {
    const gap = text === '' || text.endsWith('\n') ? '' : '\n';
    return `${text}${gap}${escapeKey(key)} = ${escapeValue(value)}\n`;
  }
  const before = text.slice(0, line.valueStart);
  // A key that stood alone needs a separator before it can have a value.
  const separator = /[=:\s]$/.test(before) ? '' : ' = ';
  return before + separator + escapeValue(value) + text.slice(line.lineEnd);
}

function readLine(text: string, start: number, lineEnd: number): PropertyLine {
  let keyEnd = start;
  while (keyEnd < lineEnd && !isSeparator(text[keyEnd])) keyEnd += text[keyEnd] === '\\' ? 2 : 1;
  keyEnd = Math.min(keyEnd, lineEnd);
  let valueStart = skipBlanks(text, keyEnd);
  if (text[valueStart] === '=' || text[valueStart] === ':') {
    valueStart = skipBlanks(text, valueStart + 1);
  }
  valueStart = Math.min(valueStart, lineEnd);
  return {
    key: unescape(text.slice(start, keyEnd)),
    value: unescape(text.slice(valueStart, lineEnd)),
    valueStart,
    lineEnd,
    malformed: /^(?:[^\\]|\\(?!u)[\s\S]|\\u[\da-fA-F]{4})*\\u(?![\da-fA-F]{4})/.test(
      text.slice(start, lineEnd),
    ),
  };
}

function naturalLineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isTerminator(text[at])) at++;
  return at;
}

/** An odd number of backslashes before the terminator continues the line. */
function logicalLineEnd(text: string, from: number): number {
  for (let at = from; ;) {
    const end = naturalLineEnd(text, at);
    let backslashes = 0;
    while (end - backslashes > from && text[end - backslashes - 1] === '\\') backslashes++;
    if (backslashes % 2 === 0 || end === text.length) return end;
    at = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1);
  }
}

/** Undoes escapes; a continued line loses its terminator and the next line's indentation. */
function unescape(raw: string): string {
  return raw.replace(
    /\\(?:u([0-9a-fA-F]{4})|(?:\r\n|\r|\n)[ \t\f]*|([\s\S])|$)/g,
    (_match, unicode: string | undefined, character: string | undefined) => {
      if (unicode !== undefined) return String.fromCharCode(parseInt(unicode, 16));
      if (character === undefined) return '';
      return controlCharacters.get(character) ?? character;
    },
  );
}

const controlCharacters = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['f', '\f'],
]);

function escapeKey(key: string): string {
  return escapeText(key).replace(/[ =:#!]/g, '\\$&');
}

/** Only a leading blank would be lost from a value. */
function escapeValue(value: string): string {
  return escapeText(value).replace(/^ /, '\\ ');
}

function escapeText(text: string): string {
  return text
    .replace(/\\/g, '\\\\')
    .replace(/\t/g, '\\t')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\f/g, '\\f');
}

/** Blanks, and the joints of continued lines, which are as good as blanks. */
function skipBlanks(text: string, from: number): number {
  const joint = /(?:[ \t\f]|\\(?:\r\n|\r|\n))*/y;
  joint.lastIndex = from;
  joint.test(text);
  return joint.lastIndex;
}

function isTerminator(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}

function isSeparator(character: string | undefined): boolean {
  return character === '=' || character === ':' || /[ \t\f\r\n]/.test(character ?? '');
}
