import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A text file of the project; `path` is relative to its root, with `/` between the parts. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const notOurs = new Set(['node_modules', 'dist', 'coverage', 'test-results', 'playwright-report']);
/** What the programs under `reference` build and install. */
const built = /^(target.*|\.venv.*|__pycache__)$/;
const notText = /\.(png|jpg|ico|woff2|gz|zip)$/;

/** Every text file of the project, in the order of the paths. */
export function readSources(): Source[] {
  return listFiles('').map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function listFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        return notOurs.has(entry.name) || built.test(entry.name) || entry.name === '.git'
          ? []
          : listFiles(path);
      }
      return entry.isFile() && !notText.test(entry.name) ? [path] : [];
    });
}
