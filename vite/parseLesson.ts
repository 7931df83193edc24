import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import java from 'highlight.js/lib/languages/java';
import json from 'highlight.js/lib/languages/json';
import properties from 'highlight.js/lib/languages/properties';
import python from 'highlight.js/lib/languages/python';
import scala from 'highlight.js/lib/languages/scala';
import sql from 'highlight.js/lib/languages/sql';
import xml from 'highlight.js/lib/languages/xml';
import MarkdownIt, { type Token } from 'markdown-it';

/** What the front matter says: both are plain text. */
export interface LessonMeta {
  readonly title: string;
  readonly summary: string;
}

export interface LessonPage {
  /** The text of the heading that opens the page; the heading itself is not in `html`. */
  readonly title: string;
  /** Rendered with raw HTML switched off, so it holds only what Markdown can say. */
  readonly html: string;
  /** The JSON objects of the page's cue blocks, in order. Their meaning is the lesson player's. */
  readonly cues: readonly Readonly<Record<string, unknown>>[];
}

export interface Lesson {
  readonly meta: LessonMeta;
  readonly pages: readonly LessonPage[];
}

for (const [name, language] of Object.entries({
  bash,
  java,
  json,
  properties,
  python,
  scala,
  sql,
  xml,
})) {
  hljs.registerLanguage(name, language);
}

const markdown = new MarkdownIt({
  html: false,
  highlight: (code, language) =>
    hljs.getLanguage(language) === undefined
      ? '' // Markdown-it then escapes the text itself.
      : hljs.highlight(code, { language }).value,
}).disable('lheading'); // A line `---` under a sentence ends the page; it does not make a heading.

// A number is not parted from its unit at the end of a line: 4 s, 200 ms.
markdown.renderer.rules['text'] = (tokens, at) =>
  markdown.utils.escapeHtml((tokens[at]?.content ?? '').replace(/(\d) (?=m?s\b)/g, '$1\u00a0'));

/**
 * Reads a lesson: front matter with `title` and `summary`, then pages parted by a line `---`, each
 * opened by a heading, with cue blocks (```cue) that hold one JSON object each.
 *
 * @throws Error that says what is wrong, with the line of the file
 */
export function parseLesson(source: string): Lesson {
  const { meta, bodyLine } = parseFrontMatter(source.split(/\r?\n/));
  const body = source.split(/\r?\n/).slice(bodyLine).join('\n');
  const pages = splitPages(markdown.parse(body, {}));
  return { meta, pages: pages.map((tokens) => parsePage(tokens, bodyLine)) };
}

function parseFrontMatter(lines: readonly string[]): { meta: LessonMeta; bodyLine: number } {
  if (lines[0] !== '---') throw problem(1, 'a lesson begins with a line `---`');
  const end = lines.indexOf('---', 1);
  if (end === -1) throw problem(1, 'the front matter has no closing line `---`');
  const fields = new Map<string, string>();
  for (let line = 1; line < end; line++) {
    const [, key, value] = /^(\w+): +(\S.*)$/.exec(lines[line] ?? '') ?? [];
    if (key === undefined || value === undefined) throw problem(line + 1, 'expected `key: text`');
    if (key !== 'title' && key !== 'summary') throw problem(line + 1, `unknown key \`${key}\``);
    if (fields.has(key)) throw problem(line + 1, `\`${key}\` is given twice`);
    fields.set(key, value.trim());
  }
  const title = fields.get('title');
  const summary = fields.get('summary');
  if (title === undefined) throw problem(1, 'the front matter lacks `title`');
  if (summary === undefined) throw problem(1, 'the front matter lacks `summary`');
  return { meta: { title, summary }, bodyLine: end + 1 };
}

/** Splits at top-level rules, so that a `---` inside a code block stays code. */
function splitPages(tokens: readonly Token[]): Token[][] {
  const pages: Token[][] = [[]];
  for (const token of tokens) {
    if (token.type === 'hr' && token.markup === '---' && token.level === 0) pages.push([]);
    else pages.at(-1)!.push(token);
  }
  return pages;
}

function parsePage(tokens: readonly Token[], bodyLine: number): LessonPage {
  const [opening, heading, closing, ...rest] = tokens;
  if (opening?.type !== 'heading_open' || heading === undefined || closing === undefined) {
    throw problem(lineOf(opening, bodyLine), 'a page begins with a heading');
  }
  const shown = rest.filter((token) => !isCue(token));
  return {
    title: textOf(heading),
    html: markdown.renderer.render(shown, markdown.options, {}),
    cues: rest.filter(isCue).map((token) => parseCue(token, bodyLine)),
  };
}

function isCue(token: Token): boolean {
  return token.type === 'fence' && token.info.trim() === 'cue';
}

function parseCue(token: Token, bodyLine: number): Readonly<Record<string, unknown>> {
  let cue: unknown;
  try {
    cue = JSON.parse(token.content);
  } catch (error) {
    throw problem(lineOf(token, bodyLine), `the cue is not JSON: ${(error as Error).message}`);
  }
  if (typeof cue !== 'object' || cue === null || Array.isArray(cue)) {
    throw problem(lineOf(token, bodyLine), 'a cue is one JSON object');
  }
  return cue as Record<string, unknown>;
}

/** The words of a heading without its Markdown marks. */
function textOf(inline: Token): string {
  return (inline.children ?? []).map((child) => child.content).join('');
}

function lineOf(token: Token | undefined, bodyLine: number): number {
  return bodyLine + (token?.map?.[0] ?? 0) + 1;
}

function problem(line: number, message: string): Error {
  return new Error(`line ${line}: ${message}`);
}
