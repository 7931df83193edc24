import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodingOf, fileOf, headersOf, serve } from '../../scripts/serve.mjs';

describe('fileOf', () => {
  it.each([
    ['/', '/page/index.html'],
    ['/guide/', '/page/guide/index.html'],
    ['/assets/a.js?v=1', '/page/assets/a.js'],
    ['/a%20b.txt', '/page/a b.txt'],
    ['/a/../b.txt', '/page/b.txt'],
  ])('%s is %s', (url, file) => {
    expect(fileOf('/page', url)).toBe(file);
  });

  it.each([
    ['/../secret'],
    ['/%2e%2e/secret'],
    ['/..%2fsecret'],
    ['/a/../../page-of-others/a'],
    ['/..\\secret'],
    ['/a%00.txt'],
    ['/%'],
    ['secret'],
  ])('%s is refused', (url) => {
    expect(fileOf('/page', url)).toBeNull();
  });
});

describe('headersOf', () => {
  it('lets the page load nothing foreign and make no HTML by hand', () => {
    const policy = headersOf('/page/index.html')['Content-Security-Policy'];
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe');
  });

  it('gives the worker its own policy, for it inherits none', () => {
    const { 'Content-Security-Policy': policy } = headersOf(
      '/page/assets/simulation.worker-a1B2_c3-.js',
    );
    expect(policy).toBe("default-src 'none'; script-src 'self'");
  });

  it.each([
    ['/page/assets/index-a1B2c3D4.js', 'public, max-age=31536000, immutable'],
    ['/page/index.html', 'no-cache'],
    ['/page/icon.svg', 'no-cache'],
  ])('keeps %s as: %s', (file, caching) => {
    expect(headersOf(file)['Cache-Control']).toBe(caching);
  });
});

describe('encodingOf', () => {
  it.each([
    ['a.js', 'gzip, deflate, br', 'br'],
    ['a.js', 'gzip', 'gzip'],
    ['a.js', '', null],
    ['a.woff2', 'gzip, br', null],
  ])('%s for a browser that accepts "%s": %s', (file, accepted, encoding) => {
    expect(encodingOf(file, accepted)).toBe(encoding);
  });
});

describe('the server', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stream-table-'));
    mkdirSync(join(folder, 'page'));
    writeFileSync(join(folder, 'page', 'index.html'), '<title>Page</title>');
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    server = await serve(join(folder, 'page'), 0, false);
  });

  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  it('gives the page with its headers', async () => {
    const response = await fetch(server.url);
    expect(await response.text()).toBe('<title>Page</title>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['GET', '/../secret.txt', 404],
    ['GET', '/assets', 404],
    ['POST', '/', 405],
    ['HEAD', '/', 200],
  ])('answers %s %s with %d', async (method, path, status) => {
    expect(await statusOf(method, path)).toBe(status);
  });

  it('moves to the next port when its own is taken and it may', async () => {
    const port = Number(new URL(server.url).port);
    await expect(serve(folder, port, false)).rejects.toThrow('EADDRINUSE');
    const second = await serve(folder, port, true);
    expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
    second.close();
  });

  /** Without the tidying of the path that `fetch` does before it asks. */
  function statusOf(method: string, path: string): Promise<number | undefined> {
    return new Promise((settle, refuse) => {
      const { hostname, port } = new URL(server.url);
      request({ hostname, port, method, path }, (response) => {
        response.resume();
        settle(response.statusCode);
      })
        .on('error', refuse)
        .end();
    });
  }
});
