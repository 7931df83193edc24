import type { Plugin } from 'vite';
import { parseLesson } from './parseLesson.ts';

/**
 * Turns a `lesson.md` into a module that exports `meta` and `pages` when the page is built, so that
 * no Markdown reader and no highlighter is sent to the learner.
 */
export function lessons(): Plugin {
  return {
    name: 'stream-table-lessons',
    transform: {
      filter: { id: /\/lesson\.md$/ },
      handler(source, id) {
        try {
          const { meta, pages } = parseLesson(source);
          const code = `export const meta = ${JSON.stringify(meta)};\nexport const pages = ${JSON.stringify(pages)};\n`;
          return { code, moduleType: 'js', map: null };
        } catch (error) {
          return this.error(`${id}: ${(error as Error).message}`);
        }
      },
    },
  };
}
