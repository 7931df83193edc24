/** Lines of an access log in the combined format, one a second, with all classes of answers. */
export function accessLogLines(count: number, path = '/page'): string[] {
  const statuses = [200, 200, 301, 404, 200, 500];
  return Array.from({ length: count }, (_, i) => {
    const second = String(i % 60).padStart(2, '0');
    const minute = String(Math.floor(i / 60) % 60).padStart(2, '0');
    const hour = String(Math.floor(i / 3600) % 24).padStart(2, '0');
    const status = statuses[i % statuses.length] ?? 200;
    return (
      `10.0.0.${String(i % 250)} - - [18/May/2015:${hour}:${minute}:${second} +0000] ` +
      `"GET ${path}/${String(i)} HTTP/1.1" ${String(status)} ${String(100 + (i % 900))} ` +
      `"-" "Mozilla/5.0 (X11; Linux x86_64)"`
    );
  });
}

export interface SmallFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export function textFile(name: string, lines: readonly string[]): SmallFile {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(`${lines.join('\n')}\n`) };
}
