/**
 * Finds a Chromium for the end-to-end tests, so that `npm test` works on a machine that has none.
 *
 * The sources are tried from the cheapest to the heaviest; a candidate counts only when it answers
 * `--version`. BROWSER_SOURCE names one source and forbids the others.
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

/**
 * @typedef {object} Browser
 * @property {string} source which entry of the list below found it
 * @property {string} executablePath
 * @property {Record<string, string>} env variables it must be launched with
 * @property {string} version what it answered
 */

const modules = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules');

/** Each source gives candidates, or nothing. The last two change the machine, hence last. */
const sources = {
  given: () => process.env['CHROME_PATH'] ?? [],
  installed: installedBrowsers,
  playwright: playwrightBrowsers,
  packaged: packagedBrowser,
  download: downloadedBrowser,
  apt: aptBrowser,
};

/** @returns {Browser} @throws when no source has a browser that runs */
export function findBrowser() {
  const forced = process.env['BROWSER_SOURCE'];
  const refusals = [];
  for (const [source, candidates] of Object.entries(sources)) {
    if (forced !== undefined && source !== forced) continue;
    try {
      for (const candidate of [candidates()].flat()) {
        const { executablePath, env = {} } =
          typeof candidate === 'string' ? { executablePath: candidate } : candidate;
        const version = versionOf(executablePath, env);
        if (version !== null) return { source, executablePath, env, version };
        refusals.push(`${source}: ${executablePath} does not run`);
      }
    } catch (error) {
      refusals.push(`${source}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  }
  throw new Error(
    [
      'No Chromium was found. Install Chromium, Chrome or Edge, or set CHROME_PATH to one.',
      `BROWSER_SOURCE may be one of: ${Object.keys(sources).join(', ')}.`,
      ...refusals,
    ].join('\n  '),
  );
}

/** How a browser is launched everywhere in this project. @param {Browser} browser */
export function launchOptions(browser) {
  return {
    executablePath: browser.executablePath,
    // A container has no user namespaces for the sandbox; only our own page is ever opened.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    env: { ...definedVariables(process.env), ...browser.env },
  };
}

/** @param {string} executablePath @param {Record<string, string>} env */
function versionOf(executablePath, env) {
  if (!existsSync(executablePath)) return null;
  // On Windows `--version` opens a window instead of answering.
  if (process.platform === 'win32') return 'unknown';
  try {
    return execFileSync(executablePath, ['--version', '--no-sandbox'], {
      env: { ...process.env, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 20_000,
    }).trim();
  } catch {
    return null;
  }
}

function installedBrowsers() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    return ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA']
      .flatMap((variable) => process.env[variable] ?? [])
      .flatMap((folder) => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Microsoft/Edge/Application/msedge.exe'),
      ]);
  }
  const names = [
    'chromium',
    'chromium-browser',
    'chromium-headless-shell',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
  ];
  return (process.env['PATH'] ?? '')
    .split(':')
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .filter((path) => existsSync(path));
}

function playwrightBrowsers() {
  const whole = chromium.executablePath();
  const revision = dirname(dirname(whole));
  const shells = revision.replace('chromium-', 'chromium_headless_shell-');
  const shell = existsSync(shells)
    ? readdirSync(shells).flatMap((folder) => [
        join(shells, folder, 'chrome-headless-shell'),
        join(shells, folder, 'headless_shell'),
      ])
    : [];
  return [whole, ...shell].filter((path) => existsSync(path));
}

/**
 * The Chromium that an npm package carries (optional dependency, linux-x64 only). It is made for a
 * cloud service, so it is unpacked by a child process that is told it runs there: this also unpacks
 * the system libraries that a bare machine lacks.
 */
function packagedBrowser() {
  const home = join(modules, '@sparticuz', 'chromium');
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(home)) return [];
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const folder = join(modules, '.cache', `chromium-${version}`);
  if (!existsSync(folder)) unpackBrowser(folder);
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  };
}

/** @param {string} folder appears whole or not at all, for two tests may start at once */
function unpackBrowser(folder) {
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      "await (await import('@sparticuz/chromium')).default.executablePath()",
    ],
    {
      cwd: modules,
      env: { ...process.env, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  // Its own font configuration names fixed folders; without one text is blank where no font is installed.
  writeFileSync(
    join(draft, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>
`,
  );
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}

function downloadedBrowser() {
  const cli = join(modules, '@playwright', 'test', 'cli.js');
  execFileSync(process.execPath, [cli, 'install', '--only-shell', 'chromium'], { stdio: 'pipe' });
  return playwrightBrowsers();
}

function aptBrowser() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return [];
  execFileSync('apt-get', ['update', '-q'], { stdio: 'pipe' });
  execFileSync(
    'apt-get',
    ['install', '-q', '-y', '--no-install-recommends', 'chromium-headless-shell'],
    { stdio: 'pipe' },
  );
  return installedBrowsers();
}

/** @param {NodeJS.ProcessEnv} variables @returns {Record<string, string>} */
function definedVariables(variables) {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
