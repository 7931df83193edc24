import { describe, expect, it } from 'vitest';
import type { LessonData } from '../../lessons/lesson.ts';
import { readCue } from '../../src/lesson/cue.ts';
import { opening } from '../../workers/scenario/opening.ts';

const walk = { action: 'Go', fromMs: 0, toMs: 1000, speed: 1 };
const data: LessonData = {
  picture: 'stage',
  scenes: { start: opening },
  demonstrations: { walk },
  predictions: {
    guess: {
      question: '?',
      answer: { kind: 'records', lane: 'spark', result: 1 },
      run: walk,
      because: '',
    },
  },
  controls: {},
  figures: {},
  goals: {},
};

describe('the cue of a page', () => {
  it('is looked up in the lesson', () => {
    const cue = readCue([{ scene: 'start', demonstration: 'walk' }], data);
    expect(cue.scene).toBe(opening);
    expect(cue.demonstration).toBe(walk);
    expect(cue.prediction).toBeNull();
  });

  it('may be absent', () => {
    expect(readCue([], data).scene).toBeNull();
  });

  it.each([
    ['a name that the lesson lacks', [{ scene: 'end' }], 'the lesson has no scene "end"'],
    ['a name of every object', [{ scene: 'constructor' }], 'no scene "constructor"'],
    ['a word that no cue has', [{ colour: 'red' }], 'a cue knows nothing of colour'],
    ['one control without a list', [{ controls: 'type' }], 'controls are a list of names'],
    ['two actions', [{ demonstration: 'walk', prediction: 'guess' }], 'a page has one action'],
    ['two cues', [{ scene: 'start' }, { scene: 'start' }], 'a page has one cue'],
  ])('is refused with %s', (_, cues, message) => {
    expect(() => readCue(cues, data)).toThrow(message);
  });
});
