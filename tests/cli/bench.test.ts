import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { benches } from '../../workers/benches.ts';
import { simulate } from '../../workers/cli/simulate.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function play(component: string, config: unknown, script: readonly unknown[]) {
  const path = join(folder, 'bench.json');
  writeFileSync(
    path,
    JSON.stringify({ version: 1, kind: 'bench', title: '', component, config, script }),
  );
  return simulate([path]);
}

test('C18 MultipleInputIncreasingWatermarks, played on a bench from a file', () => {
  const watermark = (channel: number, watermarkMs: number) => ({ channel, watermarkMs });
  const script = [
    ...[watermark(0, 0), watermark(1, 0), watermark(2, 0)],
    ...[watermark(0, 12), watermark(2, 8), watermark(2, 10), watermark(1, 15)],
    ...[watermark(2, 17), watermark(0, 20)],
  ];
  const { status, stdout } = play('flink/watermark-valve', { channels: 3 }, script);
  expect(status).toBe(0);
  const { answers } = JSON.parse(stdout) as { answers: unknown[] };
  const emitted = answers.map((answer) => JSON.stringify(answer).match(/-?\d+/u)?.[0] ?? '-');
  // After all at 0: 0:12, 2:8 and 2:10 emit nothing; 1:15 emits 10; 2:17 emits 12; 0:20 emits 15.
  expect(emitted).toEqual(['-', '-', '0', '-', '-', '-', '10', '12', '15']);
});

test('a component that does not exist is refused with the names of those that do', () => {
  const { status, stderr } = play('flink/perpetuum-mobile', {}, []);
  expect(status).toBe(2);
  expect(stderr).toContain('there is no component flink/perpetuum-mobile; there are kafka/');
});

test('what is wrong with a recording is told as of a recording', () => {
  const path = join(folder, 'recording.json');
  writeFileSync(path, JSON.stringify({ engine: 'Beam', says: 'Nothing.', component: 'beam/x' }));
  const { status, stderr } = simulate([path]);
  expect(status).toBe(2);
  expect(stderr).toContain('engine: ');
  expect(stderr).toContain('topic: this is missing');
  expect(stderr).not.toContain('nodes');
});

test('component names are given once, and each says what it is', () => {
  const names = benches.map(({ component }) => component);
  expect(new Set(names).size).toBe(names.length);
  for (const { meaning } of benches) expect(meaning.length).toBeGreaterThan(20);
});
