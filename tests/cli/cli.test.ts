import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCommandLine } from '../../workers/cli/commandLine.ts';
import { simulate } from '../../workers/cli/simulate.ts';

const folder = mkdtempSync(join(tmpdir(), 'simulate-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function fileWith(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

interface Printed {
  lanes: { id: string; outputs: unknown[]; ledger: Record<string, unknown>; metrics: unknown }[];
  traceHash: string;
}

const WEBLOG = 'examples/weblog.json';

const opening = () => readFileSync(WEBLOG, 'utf8');

describe('simulate', () => {
  it('prints one JSON object for the opening scene', () => {
    const { status, stdout, stderr } = simulate([WEBLOG]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const printed = JSON.parse(stdout) as Printed;
    expect(printed.lanes.map(({ id }) => id)).toEqual(['spark', 'storm', 'flink']);
    for (const lane of printed.lanes) {
      expect(Object.keys(lane)).toEqual(['id', 'outputs', 'ledger', 'metrics']);
    }
    expect(printed.traceHash).toMatch(/^[0-9a-f]{16}$/);
  });

  it('prints the same in a process of its own, and ends with its status', () => {
    const spawned = (...words: string[]) => {
      const program = ['scripts/run-ts.mjs', 'workers/cli.ts', ...words];
      const { status, stdout, stderr } = spawnSync(process.execPath, program, { encoding: 'utf8' });
      return { status, stdout, stderr };
    };
    expect(spawned(WEBLOG)).toEqual(simulate([WEBLOG]));
    expect(spawned()).toEqual(simulate([]));
  }, 30_000);

  const sample = '../shared/data/access_log';
  it.runIf(existsSync(sample))("takes a real server's log whole", () => {
    const { status, stdout, stderr } = simulate([WEBLOG, '--input', `weblog=${sample}`]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    // 4 000 lines at 50 a second are 80 s of the scene's 120 s.
    for (const { ledger } of (JSON.parse(stdout) as Printed).lanes) {
      expect(ledger['records']).toBe(4_000);
    }
  });

  it("takes a person's own log, and says what it could not read", () => {
    const line = (second: number) =>
      `192.0.2.1 - - [17/May/2015:10:05:0${String(second)} +0000] "GET / HTTP/1.1" 200 1\n`;
    const log = fileWith('access_log', `${line(1)}hello\n${line(2)}${line(3)}`);
    const { status, stdout, stderr } = simulate([WEBLOG, '--input', `weblog=${log}`]);
    expect(status).toBe(0);
    expect(stderr).toBe(
      'weblog: 1 of 4 lines cannot be read; the first is line 2, where there is no host followed by a space.\n',
    );
    for (const { ledger } of (JSON.parse(stdout) as Printed).lanes) {
      expect(ledger['records']).toBe(3);
    }
  });

  it('runs a log whose first and last line are as far apart as years go', () => {
    const line = (time: string) => `192.0.2.1 - - [${time} +0000] "GET / HTTP/1.1" 200 1\n`;
    const years = ['01/Jan/0000:00:00:00', '01/Jan/1950:00:00:00', '31/Dec/2199:23:59:59'];
    const log = fileWith('years', years.map(line).join(''));
    const scenario = JSON.parse(opening()) as { inputs: object[] };
    const own = {
      ...scenario,
      inputs: [
        {
          id: 'weblog',
          type: 'file',
          name: 'years',
          sizeBytes: 0,
          sha256: '0'.repeat(64),
          arrival: { mode: 'fixed-rate', ratePerSecond: 1 },
          eventTime: 'own',
        },
      ],
    };
    const { status, stdout, stderr } = simulate([
      fileWith('own.json', JSON.stringify(own)),
      '--input',
      `weblog=${log}`,
    ]);
    expect(stderr).toMatch(/1 of 3 lines cannot be read; .* the year is not from 1950 to 2199\./);
    expect(status).toBe(0);
    for (const { ledger } of (JSON.parse(stdout) as Printed).lanes) {
      expect(ledger['records']).toBe(2);
    }
  });

  it('writes the trace as lines', () => {
    const trace = join(folder, 'trace.txt');
    expect(simulate([WEBLOG, '--trace', trace]).status).toBe(0);
    const lines = readFileSync(trace, 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(10_000);
    for (const line of lines.slice(0, 1000)) {
      expect(line).toMatch(
        /^ *\d+\.\d{6} (write|send|leave|drop|gauge|begin|end|mark|finding|result) /,
      );
    }
  });

  it('says why a node does not run that no lane speaks for', () => {
    const refused = fileWith('refused.json', opening().replace('kafka:9092', 'nobody:9092'));
    expect(simulate([refused])).toMatchObject({
      status: 0,
      stderr: 'a1 does not run: No resolvable bootstrap urls given in bootstrap.servers\n',
    });
  });

  it.each<[string, () => string[], RegExp]>([
    ['nothing', () => [], /^Exactly one scenario is simulated; usage: simulate SCENARIO\.json/],
    [
      'a file that is not there',
      () => ['absent.json'],
      /^absent\.json cannot be read: ENOENT\.\n$/,
    ],
    [
      'what is no JSON',
      () => [fileWith('no.json', '{')],
      /no\.json is no scenario that can run: this is not JSON/,
    ],
    [
      'what is no scenario',
      () => [fileWith('part.json', opening().replace('"version": 1', '"version": 9'))],
      /part\.json is no scenario that can run: version: 1 is expected, not 9\.\n$/,
    ],
    [
      'a fault of a process that no node has',
      () => [
        fileWith(
          'fault.json',
          opening().replace(
            '"faults": []',
            '"faults": [{"type":"crash","target":"a1/janitor","atMs":1,"restartAfterMs":null}]',
          ),
        ),
      ],
      /faults\[0\]: there is no process a1\/janitor; there are web\/server, a1\/agent, /,
    ],
    [
      'lines for a node that is not there',
      () => [
        fileWith(
          'tcp.json',
          opening().replace(
            /"output": \{[^}]*\}/,
            '"output": { "kind": "tcp", "to": "nobody/r1" }',
          ),
        ),
      ],
      /nodes\[0\]\.output\.to: there is no node nobody/,
    ],
    [
      'an input that is not there',
      () => [WEBLOG, '--input', 'other=README.md'],
      /^The scenario has no input other\.\n$/,
    ],
    [
      'a file that is no log',
      () => [WEBLOG, '--input', 'weblog=package.json'],
      /^package\.json holds no line of an access log in the common or combined format: in line 1 there is no host followed by a space\.\n$/,
    ],
    ['an option that is not there', () => [WEBLOG, '--fast'], /^There is no option --fast; usage/],
  ])('ends with 2 and a sentence for %s', (_, words, sentence) => {
    const { status, stdout, stderr } = simulate(words());
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  });
});

describe('the command line', () => {
  it('names scenario, files and trace', () => {
    expect(
      readCommandLine(['a.json', '--input', 'x=/logs/a=b', '--input', 'y=c', '--trace', 't']),
    ).toEqual({
      scenarioFile: 'a.json',
      inputFiles: new Map([
        ['x', '/logs/a=b'],
        ['y', 'c'],
      ]),
      traceFile: 't',
    });
  });

  it.each([
    [['a.json', 'b.json'], 'Exactly one scenario'],
    [['a.json', '--trace'], '--trace needs a value'],
    [['a.json', '--input', 'weblog'], '--input is written ID=FILE, and this is weblog.'],
  ])('%j is none', (words, message) => {
    expect(() => readCommandLine(words)).toThrow(message);
  });
});
