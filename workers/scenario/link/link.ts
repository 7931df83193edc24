// What one person sends another: a scenario, a time in it, what is looked at, a lesson's step, or a place
// among the recordings of the real engines, in the part of the address behind #, which no server ever sees.
//
//   #s=1.<payload>&window=6&slide=4&batch=2&t=17.4&sel=record:132
//   #checked=kafka/partition-of-a-key
//
// The knobs that everybody moves are readable and can be changed by hand; the payload holds the rest.
// `s` begins with the version of the format. A version's dictionary is frozen, for a link must open
// for ever; another dictionary is another version. `s=1` alone is the base scenario of the version.

import { assert } from '../../kernel/assert.ts';
import type { BenchScenario } from '../benchScenario.ts';
import { commonKnobs, knobValue, turnKnob } from '../knobs.ts';
import { refused, type Answer, type Problem } from '../problem.ts';
import { readScenario } from '../reader.ts';
import type { Scenario } from '../scenario.ts';
import { decimalText, readDecimal } from './decimal.ts';
import { baseScenario1, decodePayload1, encodePayload1 } from './version1.ts';

export const LINK_LIMIT_CHARACTERS = 16_000;

/** Everything that a link can say; null where it says nothing. */
export interface LinkContent {
  readonly scenario: Scenario | BenchScenario | null;
  readonly timeUs: number | null;
  /** What is looked at, in the page's own words: `record:132`. */
  readonly selection: string | null;
  readonly lesson: { readonly id: string; readonly step: number } | null;
  readonly checked: CheckedPlace | null;
}

/** A link whose scenario, if it says one, is a pipeline. */
export type PipelineLink = LinkContent & { readonly scenario: Scenario | null };

/** A place among the recordings. */
export interface CheckedPlace {
  /** `all` of them, the folder of an engine, or one: `kafka/partition-of-a-key`. */
  readonly place: string;
  /** Only those of a topic, in small letters: `late-records`. */
  readonly topic: string | null;
}

export const NOTHING_SAID: LinkContent = {
  scenario: null,
  timeUs: null,
  selection: null,
  lesson: null,
  checked: null,
};

export interface LinkAnswer {
  /** What could be read, or why the scenario could not. */
  readonly content: Answer<LinkContent>;
  /** The parts of the link that this version knows nothing of, for the person to see. */
  readonly notUnderstood: readonly Problem[];
}

/** The link's text, from its # on. */
export function encodeLink(content: LinkContent): string {
  const { scenario, timeUs, selection, lesson, checked } = content;
  const parts = [
    ...(scenario ? scenarioParts(scenario) : []),
    ...(checked ? [`checked=${checked.place}`] : []),
    ...(checked?.topic ? [`topic=${checked.topic}`] : []),
    ...(lesson ? [`lesson=${lesson.id}`, `step=${String(lesson.step)}`] : []),
    ...(timeUs === null ? [] : [`t=${decimalText(timeUs, US_DECIMALS)}`]),
    ...(selection === null ? [] : [`sel=${selection}`]),
  ];
  for (const part of parts) {
    const [name = '', value = ''] = part.split('=');
    assert(PART_SHAPES.get(name)?.test(value), `the part ${part} of a link can be read again`);
  }
  return `#${parts.join('&')}`;
}

function scenarioParts(scenario: Scenario | BenchScenario): string[] {
  if ('kind' in scenario) return [`s=1.${encodePayload1(scenario)}`];
  const base = baseScenario1();
  const knobParts: string[] = [];
  let rest = scenario;
  for (const knob of commonKnobs) {
    const valueMs = knobValue(knob, scenario);
    const baseMs = knobValue(knob, base);
    if (valueMs === null || baseMs === null || valueMs === baseMs) continue;
    knobParts.push(`${knob.name}=${decimalText(valueMs, MS_DECIMALS)}`);
    // What stands in a readable part is not said again in the payload.
    rest = turnKnob(knob, rest, baseMs);
  }
  const isBase = JSON.stringify(rest) === JSON.stringify(base);
  return [isBase ? 's=1' : `s=1.${encodePayload1(rest)}`, ...knobParts];
}

/** Reads any text as a link: what it says, or what is wrong with it. Takes a bounded time. */
export function decodeLink(link: string): LinkAnswer {
  if (link.length > LINK_LIMIT_CHARACTERS) {
    const message = `a link has at most ${String(LINK_LIMIT_CHARACTERS)} characters, and this has ${String(link.length)}`;
    return { content: refused('', message), notUnderstood: [] };
  }
  const { parts, notUnderstood } = readParts(link.replace(/^#/, ''));
  const scenario = readScenarioParts(parts, notUnderstood);
  if (!scenario.ok) return { content: scenario, notUnderstood };
  const timeUs = parts.has('t') ? readDecimal(parts.get('t') ?? '', US_DECIMALS) : null;
  const content = {
    scenario: scenario.value,
    timeUs,
    selection: parts.get('sel') ?? null,
    lesson: parts.has('lesson')
      ? { id: parts.get('lesson') ?? '', step: Number(parts.get('step') ?? 1) }
      : null,
    checked: parts.has('checked')
      ? { place: parts.get('checked') ?? '', topic: parts.get('topic') ?? null }
      : null,
  };
  return { content: { ok: true, value: content }, notUnderstood };
}

function readScenarioParts(
  parts: ReadonlyMap<string, string>,
  notUnderstood: Problem[],
): Answer<LinkContent['scenario']> {
  const turned = commonKnobs.filter(({ name }) => parts.has(name));
  const s = parts.get('s');
  if (s === undefined && turned.length === 0) return { ok: true, value: null };
  const rest = s === undefined ? { ok: true as const, value: baseScenario1() } : readS(s);
  if (!rest.ok || turned.length === 0) return rest;
  const { value } = rest;
  if ('kind' in value) {
    notUnderstood.push(
      ...turned.map(({ name }) => ({ path: name, message: 'a bench has no such knob' })),
    );
    return rest;
  }
  // A knob can be turned by hand to where no scenario goes, so the whole is read once more.
  return readScenario(
    turned.reduce(
      (scenario, knob) =>
        turnKnob(knob, scenario, readDecimal(parts.get(knob.name) ?? '', MS_DECIMALS)),
      value,
    ),
  );
}

function readS(s: string): Answer<Scenario | BenchScenario> {
  const [, version, payload] = /^(\d{1,3})(?:\.([\w-]+))?$/.exec(s) ?? [];
  if (version === undefined) return refused('s', 'this is mangled');
  if (version !== '1') {
    return refused('s', `the scenario is of version ${version}, and this page reads version 1`);
  }
  return payload === undefined ? { ok: true, value: baseScenario1() } : decodePayload1(payload);
}

const MS_DECIMALS = 3;
const US_DECIMALS = 6;

const decimal = (decimals: number) => new RegExp(`^\\d{1,6}(\\.\\d{1,${String(decimals)}})?$`);

/** How each part is written; a part that is written otherwise is not understood. */
const PART_SHAPES = new Map<string, RegExp>([
  ['s', /^/],
  ['t', decimal(US_DECIMALS)],
  ['sel', /^[\w:./>-]{1,100}$/],
  ['lesson', /^[a-z0-9/-]{1,100}$/],
  ['step', /^\d{1,3}$/],
  ['checked', /^[a-z0-9.-]{1,40}(\/[a-z0-9.-]{1,100})?$/],
  ['topic', /^[a-z0-9-]{1,80}$/],
  ...commonKnobs.map(({ name }) => [name, decimal(MS_DECIMALS)] as const),
]);

interface Parts {
  readonly parts: ReadonlyMap<string, string>;
  readonly notUnderstood: Problem[];
}

function readParts(text: string): Parts {
  const parts = new Map<string, string>();
  const notUnderstood: Problem[] = [];
  for (const piece of text.split('&').filter((part) => part !== '')) {
    const equals = piece.indexOf('=');
    const name = equals < 0 ? piece : piece.slice(0, equals);
    const value = percentDecoded(equals < 0 ? '' : piece.slice(equals + 1));
    const shape = PART_SHAPES.get(name);
    const complain = (message: string) => {
      notUnderstood.push({ path: name.slice(0, 40), message });
    };
    if (!shape) complain('this version knows no such part of a link');
    else if (parts.has(name)) complain('this is said twice; the first one is taken');
    else if (value === null || !shape.test(value)) complain('this cannot be read');
    else parts.set(name, value);
  }
  return { parts, notUnderstood };
}

function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
