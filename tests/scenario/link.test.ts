import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from '../../workers/scenario/link/base64url.ts';
import { BASE_1 } from '../../workers/scenario/link/base1.ts';
import { decimalText, readDecimal } from '../../workers/scenario/link/decimal.ts';
import { checksum } from '../../workers/scenario/link/checksum.ts';
import { deflate, inflate } from '../../workers/scenario/link/deflate.ts';
import {
  decodeLink,
  encodeLink,
  LINK_LIMIT_CHARACTERS,
  NOTHING_SAID,
} from '../../workers/scenario/link/link.ts';
import { baseScenario1 } from '../../workers/scenario/link/version1.ts';
import { opening } from '../../workers/scenario/opening.ts';
import { problemText } from '../../workers/scenario/problem.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';
import { benchVariant, scenarioVariant } from './scenarios.ts';

const NOTHING = NOTHING_SAID;

function scenarioIn(link: string): Scenario {
  const { content, notUnderstood } = decodeLink(link);
  expect(notUnderstood).toEqual([]);
  if (!content.ok) throw new Error(content.problems.map(problemText).join('; '));
  const { scenario } = content.value;
  if (!scenario || 'kind' in scenario) throw new Error('no pipeline in the link');
  return scenario;
}

/** What a person is told about a link. */
function toldOf(link: string): string[] {
  const { content, notUnderstood } = decodeLink(link);
  return [...(content.ok ? [] : content.problems), ...notUnderstood].map(problemText);
}

describe('a link', () => {
  it('says what it was told', () => {
    const content = fc.record({
      scenario: fc.option(fc.oneof(scenarioVariant, benchVariant)),
      timeUs: fc.option(fc.nat(2 ** 31 - 1)),
      selection: fc.option(fc.stringMatching(/^[\w:./>-]{1,100}$/)),
      lesson: fc.option(
        fc.record({ id: fc.stringMatching(/^[a-z0-9/-]{1,40}$/), step: fc.nat(999) }),
      ),
      checked: fc.option(
        fc.record({
          place: fc.stringMatching(/^[a-z0-9.-]{1,20}(\/[a-z0-9.-]{1,20})?$/),
          topic: fc.option(fc.stringMatching(/^[a-z0-9-]{1,40}$/)),
        }),
      ),
    });
    fc.assert(
      fc.property(content, (told) => {
        expect(decodeLink(encodeLink(told))).toEqual({
          content: { ok: true, value: told },
          notUnderstood: [],
        });
      }),
    );
  });

  it('to the opening scene with four sliders, a Flume line, a fault, a selection and a time is short', () => {
    const moved: Scenario = {
      ...opening,
      inputs: opening.inputs.map((input) => ({ ...input, ratePerSecond: 120 })),
      programs: opening.programs.map((program) => ({
        ...program,
        windowIntervalMs: 30_000,
        slideIntervalMs: 5_000,
      })),
      nodes: opening.nodes.map((node) => {
        if (node.type === 'spark') return { ...node, batchIntervalMs: 2_500 };
        if (node.type === 'flink') return { ...node, outOfOrdernessMs: 3_500 };
        if (node.type !== 'flume') return node;
        const properties = node.properties.replace('capacity = 100', 'capacity = 250');
        expect(properties).not.toBe(node.properties);
        return { ...node, properties };
      }),
      faults: [{ type: 'crash', target: 'a1/agent', atMs: 31_400, restartAfterMs: 6_000 }],
    };
    const link = encodeLink({
      ...NOTHING,
      scenario: moved,
      timeUs: 47_250_000,
      selection: 'record:1832',
    });
    expect(link.length).toBeLessThan(500);
    expect(scenarioIn(link)).toEqual(moved);
  });

  it('keeps the knobs that everybody moves readable', () => {
    const [program] = opening.programs;
    if (!program) throw new Error('the opening scene has a program');
    const scenario = { ...baseScenario1(), programs: [{ ...program, windowIntervalMs: 6_500 }] };
    const link = encodeLink({ ...NOTHING, scenario, timeUs: 17_400_000 });
    expect(link).toBe('#s=1&window=6.5&t=17.4');
  });

  it('can be changed by hand', () => {
    const scenario = scenarioIn('#s=1&window=12&slide=6&batch=0.5');
    expect(scenario.programs[0]).toMatchObject({
      windowIntervalMs: 12_000,
      slideIntervalMs: 6_000,
    });
    expect(scenario.nodes.find(({ type }) => type === 'spark')).toMatchObject({
      batchIntervalMs: 500,
    });
  });

  it.each([
    ['#t=17.4', { ...NOTHING, timeUs: 17_400_000 }],
    ['t=0.000001', { ...NOTHING, timeUs: 1 }],
    ['#lesson=flume/channel&step=3', { ...NOTHING, lesson: { id: 'flume/channel', step: 3 } }],
    ['#checked=all', { ...NOTHING, checked: { place: 'all', topic: null } }],
    [
      '#checked=kafka&topic=late-records',
      { ...NOTHING, checked: { place: 'kafka', topic: 'late-records' } },
    ],
    ['#sel=kafka%2Fweblog-0', { ...NOTHING, selection: 'kafka/weblog-0' }],
    ['', NOTHING],
    ['#', NOTHING],
  ])('%s', (link, value) => {
    expect(decodeLink(link)).toEqual({ content: { ok: true, value }, notUnderstood: [] });
  });
});

describe('a link that is not understood', () => {
  it.each([
    ['#s=1&colour=red', ['colour: this version knows no such part of a link']],
    ['#s=1&__proto__=1', ['__proto__: this version knows no such part of a link']],
    ['#t=soon', ['t: this cannot be read']],
    ['#t=1e9', ['t: this cannot be read']],
    ['#sel=%E0%A4%A', ['sel: this cannot be read']],
    ['#t=1&t=2', ['t: this is said twice; the first one is taken']],
    ['#s=2.abcd', ['s: the scenario is of version 2, and this page reads version 1']],
    ['#s=one', ['s: this is mangled']],
    ['#s=1.abcd', ['s: the scenario in this link is mangled']],
    ['#s=1.!', ['s: this is mangled']],
    ['#s=1&window=0', ['programs[0].windowIntervalMs: at least 1 is expected']],
  ])('%s says so', (link, told) => {
    expect(toldOf(link)).toEqual(told);
  });

  it('keeps what it did understand', () => {
    const { content } = decodeLink('#s=1&window=12&colour=red');
    expect(content.ok && content.value.scenario).toMatchObject({
      programs: [{ windowIntervalMs: 12_000 }],
    });
  });

  it('never becomes another scenario by a letter that was changed on the way', () => {
    const scenario = { ...opening, seed: 8 };
    const link = encodeLink({ ...NOTHING, scenario });
    const payload = link.indexOf('.') + 1;
    const answers = Array.from({ length: link.length - payload }, (_, index) => {
      const at = payload + index;
      const other = link[at] === 'A' ? 'B' : 'A';
      return decodeLink(link.slice(0, at) + other + link.slice(at + 1)).content;
    });
    expect(answers.length).toBeGreaterThan(10);
    for (const answer of answers) if (answer.ok) expect(answer.value.scenario).toEqual(scenario);
    // Only bits behind the end of the deflated data, and a copy of the same text from elsewhere, change nothing.
    expect(answers.filter(({ ok }) => ok).length).toBeLessThan(answers.length / 10);
  });

  it('says that a bench has no knobs, and opens it', () => {
    const [bench] = fc.sample(benchVariant, 1);
    const link = encodeLink({ ...NOTHING, scenario: bench ?? null });
    expect(decodeLink(`${link}&window=6`)).toEqual({
      content: { ok: true, value: { ...NOTHING, scenario: bench } },
      notUnderstood: [{ path: 'window', message: 'a bench has no such knob' }],
    });
  });

  it('that is longer than any link is refused', () => {
    expect(toldOf(`#s=1.${'A'.repeat(LINK_LIMIT_CHARACTERS)}`)).toEqual([
      'a link has at most 16000 characters, and this has 16005',
    ]);
  });
});

describe('a hostile link', () => {
  it('that would unfold to megabytes is stopped', () => {
    // 200 MB of zeros become about 195 kB, which is too long for a link; 12 kB still stand for 12 MB.
    const bomb = deflateSync(new Uint8Array(11_000_000), { level: 9 });
    const link = `#s=1.${toBase64url(Uint8Array.of(0, 0, 0, ...bomb))}`;
    expect(link.length).toBeLessThan(LINK_LIMIT_CHARACTERS);
    expect(toldOf(link)).toEqual(['s: the scenario in this link is mangled']);
  });

  it('that would unfold to more than 256 KiB is refused, even if all of it is a scenario', () => {
    const linkOf = (json: Uint8Array) =>
      `#s=1.${toBase64url(Uint8Array.of(...checksum(json), ...deflateSync(json, { level: 9 })))}`;
    const padded = (bytes: number) =>
      new TextEncoder().encode(JSON.stringify(opening).padEnd(bytes, ' '));
    expect(toldOf(linkOf(padded(256 * 1024)))).toEqual([]);
    expect(toldOf(linkOf(padded(256 * 1024 + 1)))).toEqual([
      's: the scenario in this link is mangled',
    ]);
  });

  it('of any letters is answered', () => {
    const letters = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.base64String({ maxLength: 300 }).map((text) => `#s=1.${text}`),
      fc.uint8Array({ maxLength: 3000 }).map((bytes) => `#s=1.${toBase64url(bytes)}`),
      fc
        .uint8Array({ maxLength: 3000 })
        .map((bytes) => `#s=1.${toBase64url(deflateSync(bytes, { level: 1 }))}`),
    );
    fc.assert(
      fc.property(letters, (link) => {
        const { content } = decodeLink(link);
        expect(content.ok || content.problems.length > 0).toBe(true);
      }),
    );
  });

  it('whose bench is nested without end is refused', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 0 : [nested(depth - 1)]);
    const bench = { version: 1, kind: 'bench', title: '', component: 'a/b', config: {} } as const;
    const linkOf = (depth: number) =>
      encodeLink({ ...NOTHING, scenario: { ...bench, script: [nested(depth)] } });
    expect(toldOf(linkOf(30))).toEqual([]);
    expect(toldOf(linkOf(31))).toEqual(['script[0]: at most 30 lists within lists are expected']);
  });

  it('cannot reach a prototype', () => {
    const evil = JSON.parse(
      JSON.stringify(opening).replace('{', '{"__proto__":{"bad":1},'),
    ) as Scenario;
    expect(Object.hasOwn(evil, '__proto__')).toBe(true);
    expect(toldOf(encodeLink({ ...NOTHING, scenario: evil })).length).toBeGreaterThan(0);
    expect(({} as Record<string, unknown>)['bad']).toBeUndefined();
  });
});

describe('for ever', () => {
  it('the dictionary of version 1 stays as it is', () => {
    expect(createHash('sha256').update(BASE_1).digest('hex')).toBe(
      'a119ebacad0d73d600bf5759459903e36f66071ef6570c821d867dc788b10890',
    );
  });

  const links = readFileSync('tests/links.txt', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('#'));

  it.each(links)('%s opens', (link) => {
    const { content, notUnderstood } = decodeLink(link);
    expect({ ok: content.ok, notUnderstood }).toEqual({ ok: true, notUnderstood: [] });
  });
});

describe('the pieces of a link', () => {
  it('base64url is read as written, and agrees with another implementation', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = toBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64url(text)).toEqual(bytes);
      }),
    );
  });

  it.each(['A', 'A=', 'AB', 'a+b/', 'AAAAA'])('%s is no base64url', (text) => {
    expect(fromBase64url(text)).toBeNull();
  });

  it('what is deflated comes back, up to the limit', () => {
    const dictionary = new TextEncoder().encode('to be or not to be');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        const packed = deflate(bytes, dictionary);
        expect(inflate(packed, dictionary, bytes.length)).toEqual(bytes);
        if (bytes.length > 0) expect(inflate(packed, dictionary, bytes.length - 1)).toBeNull();
      }),
    );
  });

  it.each([
    [0, 3, '0'],
    [17_400, 3, '17.4'],
    [50, 3, '0.05'],
    [86_400_000, 3, '86400'],
    [1, 6, '0.000001'],
  ])('%d is written with %d decimals as %s', (count, decimals, text) => {
    expect(decimalText(count, decimals)).toBe(text);
    expect(readDecimal(text, decimals)).toBe(count);
  });
});
