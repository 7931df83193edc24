/**
 * Serves the built page from this machine, under the strict headers it is meant to live under:
 * `node scripts/serve.mjs [FOLDER]`. PORT asks for one port and fails when it is taken; without it,
 * 4173 or the next free one is used.
 */
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';

/** @type {Record<string, string>} */
const mediaTypes = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html stream-table-worker stream-table-lesson',
].join('; ');

/** A worker does not inherit the page's policy: its script must bring its own. */
const workerPolicy = "default-src 'none'; script-src 'self'";

const permissionsPolicy = [
  'camera',
  'display-capture',
  'geolocation',
  'microphone',
  'payment',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/**
 * The file that a request path names, or null when the path is malformed or leaves the folder.
 * @param {string} folder @param {string} url
 */
export function fileOf(folder, url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '');
  } catch {
    return null;
  }
  if (!path.startsWith('/') || path.includes('\0') || path.includes('\\')) return null;
  const file = resolve(folder, `.${path.endsWith('/') ? `${path}index.html` : path}`);
  return file.startsWith(resolve(folder) + sep) ? file : null;
}

/** @param {string} file @returns {Record<string, string>} */
export function headersOf(file) {
  const isWorker = /\.worker\b.*\.js$/.test(file);
  const isHashed = /[/\\]assets[/\\][^/\\]+-[\w-]{8}\.\w+$/.test(file);
  return {
    'Content-Type': mediaTypes[extname(file)] ?? 'application/octet-stream',
    'Content-Security-Policy': isWorker ? workerPolicy : pagePolicy,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': permissionsPolicy,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    Vary: 'Accept-Encoding',
  };
}

/** Fonts and images are compressed already. @param {string} file @param {string} accepted */
export function encodingOf(file, accepted) {
  if (!/\.(css|html|js|json|map|svg|txt|webmanifest)$/.test(file)) return null;
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : null;
}

/** @param {string} folder */
export function createPageServer(folder) {
  return createServer(async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    const file = fileOf(folder, request.url ?? '/');
    const found = file === null ? null : await stat(file).catch(() => null);
    if (file === null || !found?.isFile()) {
      response.writeHead(404, headersOf('not-found.txt')).end('Not found\n');
      return;
    }
    const encoding = encodingOf(file, String(request.headers['accept-encoding'] ?? ''));
    response.writeHead(200, {
      ...headersOf(file),
      ...(encoding === null ? { 'Content-Length': found.size } : { 'Content-Encoding': encoding }),
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const content = createReadStream(file).on('error', () => response.destroy());
    if (encoding === 'br') content.pipe(brotli()).pipe(response);
    else if (encoding === 'gzip') content.pipe(createGzip()).pipe(response);
    else content.pipe(response);
  });
}

/** The best quality takes seconds for a large script; this one is nearly as small at once. */
function brotli() {
  return createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}

/**
 * Listens on this machine only.
 * @param {string} folder
 * @param {number} port 0 means any free one
 * @param {boolean} mayMove whether a taken port is answered by trying the next one
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export function serve(folder, port, mayMove) {
  return new Promise((settle, refuse) => {
    const server = createPageServer(folder);
    server.once('error', (error) => {
      const isTaken = 'code' in error && error.code === 'EADDRINUSE';
      if (isTaken && mayMove && port < 65535) settle(serve(folder, port + 1, true));
      else refuse(error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const listening = typeof address === 'object' && address !== null ? address.port : port;
      settle({
        url: `http://127.0.0.1:${listening}/`,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = join(fileURLToPath(import.meta.url), '..', '..');
  const folder = resolve(process.argv[2] ?? join(root, 'dist'));
  if (!existsSync(join(folder, 'index.html'))) throw new Error(`${folder} holds no built page`);
  const asked = process.env['PORT'];
  const { url } = await serve(
    folder,
    asked === undefined ? 4173 : Number(asked),
    asked === undefined,
  );
  console.log(`Stream Table is at ${url}`);
}
