import { describe, expect, it } from 'vitest';
import { edited } from '../../lessons/edits.ts';
import type { Measure } from '../../lessons/lesson.ts';
import { rightChoices } from '../../src/lesson/answer.ts';
import { lessonOf, lessons, type Lesson, type Page } from '../../src/lesson/catalogue.ts';
import { changesBetween } from '../../src/lesson/changes.ts';
import { goalState } from '../../src/lesson/goal.ts';
import { measureOf, membersOf } from '../../src/lesson/measure.ts';
import { refusalsOf } from '../../workers/assembly.ts';
import { unknownTargets } from '../../workers/faultTargets.ts';
import { readScenario } from '../../workers/scenario/reader.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';
import { settingOf, withSetting } from '../../workers/scenario/settings.ts';
import { play } from './play.ts';

/** A page with the scene that lies on the table when it is reached in order. */
interface Placed extends Page {
  readonly name: string;
  readonly scene: Scenario;
}

function placed({ id, pages }: Lesson): Placed[] {
  return pages.map((page, i) => {
    const last = pages.slice(0, i + 1).findLast(({ cue }) => cue.scene !== null);
    const scene = last?.cue.scene ?? null;
    if (scene === null) throw new Error(`${id} begins without a scene`);
    return { ...page, name: `${id}, ${page.title}`, scene };
  });
}

const pages = lessons.flatMap(placed);
const withPrediction = pages.flatMap(({ name, scene, cue: { prediction } }) =>
  prediction === null ? [] : [{ name, scene, prediction }],
);
const withGoal = pages.flatMap(({ name, scene, cue }) =>
  cue.goal === null ? [] : [{ name, scene, cue, goal: cue.goal }],
);
const actions = pages.flatMap(({ name, scene, cue }) => {
  const action = cue.demonstration ?? cue.prediction?.run;
  return action === undefined ? [] : [{ name, scene, action }];
});

/** Whether the run of `scene` reaches `goal`, as the page asks. */
function holds(goal: (typeof withGoal)[number]['goal'], scene: Scenario): boolean {
  return goalState(goal, play(scene), refusalsOf(scene).length).holds;
}

it('finds the lessons by their folders', () => {
  expect(lessons.map(({ id, title }) => [id, title])).toEqual([
    ['02-kafka/01-acks', 'What acks promises when a leader dies'],
    ['03-flume/01-channel-and-crash', 'What a Flume channel keeps when the agent dies'],
    ['04-spark/01-batch-slide-window', 'Batch, slide, window'],
    ['06-flink/01-snapshot', 'What a Flink snapshot brings back'],
    ['06-flink/02-event-time', 'Late is not lost'],
  ]);
});

it('finds a lesson of a link by its name, wherever its folder stands now', () => {
  const names = [
    '04-spark/01-batch-slide-window',
    'batch-slide-window',
    '9-spark/7-batch-slide-window',
  ];
  expect(names.map((name) => lessonOf(name)?.title)).toEqual(Array(3).fill('Batch, slide, window'));
  expect(lessonOf('batch')).toBeNull();
  // Two of one name would be one to a link.
  expect(lessons.map(({ id }) => lessonOf(id)?.id)).toEqual(lessons.map(({ id }) => id));
});

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('%s', (_, lesson) => {
  it.each(Object.entries(lesson.data.scenes))('has a scene %s that can run', (__, scene) => {
    expect(readScenario(scene)).toEqual({ ok: true, value: scene });
    expect(unknownTargets(scene)).toEqual([]);
    expect(refusalsOf(scene)).toEqual([]);
  });

  it('uses everything that its scenario.ts has', () => {
    const { scenes, demonstrations, predictions, controls, figures, goals } = lesson.data;
    const unused = (entries: object, used: readonly unknown[]) =>
      Object.entries(entries).flatMap(([name, entry]) => (used.includes(entry) ? [] : [name]));
    const cues = lesson.pages.map(({ cue }) => cue);
    const used = cues.flatMap((cue) => [
      ...[cue.scene, cue.demonstration, cue.prediction, cue.goal],
      ...cue.controls,
      ...cue.figures,
    ]);
    const all = [scenes, demonstrations, predictions, controls, figures, goals];
    expect(all.flatMap((entries) => unused(entries, used))).toEqual([]);
  });

  it('has something to do on every page, and leaves the last one to the bench', () => {
    const idle = lesson.pages.filter(
      ({ cue: { demonstration, prediction, controls, goal } }) =>
        demonstration === null && prediction === null && goal === null && controls.length === 0,
    );
    expect(idle).toEqual([lesson.pages.at(-1)]);
    expect(lesson.pages.at(-1)?.cue.scene).toBeNull();
  });
});

describe('a page’s action', () => {
  it.each(actions)('plays forward within the run: $name', ({ scene, action }) => {
    expect(action.fromMs).toBeLessThan(action.toMs);
    expect(action.toMs).toBeLessThanOrEqual(scene.durationMs);
  });

  it.each(actions)('changes what can be changed: $name', ({ scene, action }) => {
    const after = edited(scene, action.edits ?? []);
    expect(readScenario(after).ok).toBe(true);
    expect(changesBetween(scene, after)).toBe(action.edits?.length ?? 0);
  });

  it.each(actions)('lights a result that is visible by then: $name', ({ scene, action }) => {
    if (action.light === undefined) return;
    const { lane, result } = action.light;
    const measure: Measure = { kind: 'visible results', lane, atMs: action.toMs };
    expect(measureOf(measure, play(scene))).toBeGreaterThanOrEqual(result);
  });
});

describe('a prediction', () => {
  it.each(withPrediction)('has exactly one right answer: $name', ({ scene, prediction }) => {
    const model = play(scene);
    const { answer } = prediction;
    if (answer.kind === 'records') {
      const lane = model.lanes.find(({ lane: { id } }) => id === answer.lane);
      expect(lane && membersOf(lane, answer.result)?.length).toBeGreaterThan(0);
    } else {
      expect(measureOf(answer.measure, model)).not.toBeNull();
      if (answer.kind === 'choice') expect(rightChoices(answer, model)).toHaveLength(1);
    }
  });

  it.each(withPrediction)('offers choices that differ: $name', ({ scene, prediction }) => {
    const { answer } = prediction;
    if (answer.kind !== 'choice') return;
    const model = play(scene);
    const values = answer.choices.map(({ value }) =>
      typeof value === 'number' ? value : measureOf(value, model),
    );
    expect(new Set(values).size).toBe(values.length);
  });
});

describe('a goal', () => {
  it.each(withGoal)('is not reached at the start: $name', ({ goal, scene }) => {
    expect(holds(goal, scene)).toBe(false);
  });

  it.each(withGoal)('is reached by the last edit of its solution: $name', ({ goal, scene }) => {
    const { solution } = goal;
    expect(holds(goal, edited(scene, solution.slice(0, -1)))).toBe(false);
    expect(holds(goal, edited(scene, solution))).toBe(true);
  });

  it.each(withGoal)('needs each edit of its solution: $name', ({ goal, scene }) => {
    for (const edit of goal.solution) {
      const others = goal.solution.filter((other) => other !== edit);
      expect(holds(goal, edited(scene, others))).toBe(false);
    }
    expect(changesBetween(scene, edited(scene, goal.solution))).toBe(goal.solution.length);
  });

  it.each(withGoal)('can be reached with what the page offers: $name', ({ goal, cue }) => {
    const offered = goal.solution.filter(
      ({ setting, value }) =>
        setting.kind === 'knob' ||
        cue.controls.some(
          (control) =>
            JSON.stringify(control.setting) === JSON.stringify(setting) &&
            control.values.includes(value),
        ),
    );
    expect(offered).toEqual(goal.solution);
  });
});

describe('a control', () => {
  const controls = pages.flatMap(({ name, scene, cue }) =>
    cue.controls.map((control) => ({ name: `${name}, ${control.key}`, scene, control })),
  );

  it.each(controls)('offers what can be set, what is set included: $name', ({ scene, control }) => {
    for (const value of control.values) {
      const after = withSetting(scene, control.setting, value);
      expect(readScenario(after).ok).toBe(true);
      expect(settingOf(after, control.setting)).toBe(value);
    }
    expect(control.values).toContain(settingOf(scene, control.setting));
  });
});
