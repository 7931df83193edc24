import type {
  Control,
  Demonstration,
  Figure,
  Goal,
  LessonData,
  Prediction,
} from '../../lessons/lesson.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';

/** What a page does besides being read. A page without a scene keeps what is on the table. */
export interface PageCue {
  readonly scene: Scenario | null;
  readonly demonstration: Demonstration | null;
  readonly prediction: Prediction | null;
  readonly goal: Goal | null;
  readonly controls: readonly Control[];
  readonly figures: readonly Figure[];
}

const names = ['scene', 'demonstration', 'prediction', 'goal', 'controls', 'figures'];

/**
 * Looks the names of a page's cues up in its lesson's data.
 * @throws Error that says what is not there, or that a page has more than one action
 */
export function readCue(
  cues: readonly Readonly<Record<string, unknown>>[],
  data: LessonData,
): PageCue {
  if (cues.length > 1) throw new Error('a page has one cue');
  const cue = new Map(Object.entries(cues[0] ?? {}));
  const unknown = [...cue.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`a cue knows nothing of ${unknown}`);
  const one = <Entry>(name: string, entries: Readonly<Record<string, Entry>>): Entry | null =>
    cue.has(name) ? entryOf(name, cue.get(name), entries) : null;
  const several = <Entry>(name: string, entries: Readonly<Record<string, Entry>>): Entry[] => {
    const list = cue.get(name) ?? [];
    if (!Array.isArray(list)) throw new Error(`${name} are a list of names`);
    return list.map((entry) => entryOf(name, entry, entries));
  };
  const read = {
    scene: one('scene', data.scenes),
    demonstration: one('demonstration', data.demonstrations),
    prediction: one('prediction', data.predictions),
    goal: one('goal', data.goals),
    controls: several('controls', data.controls),
    figures: several('figures', data.figures),
  };
  const actions = [read.demonstration, read.prediction].filter((action) => action !== null);
  if (actions.length > 1) throw new Error('a page has one action');
  return read;
}

function entryOf<Entry>(
  what: string,
  name: unknown,
  entries: Readonly<Record<string, Entry>>,
): Entry {
  const found = Object.entries(entries).find(([key]) => key === name);
  if (found === undefined) throw new Error(`the lesson has no ${what} ${JSON.stringify(name)}`);
  return found[1];
}
