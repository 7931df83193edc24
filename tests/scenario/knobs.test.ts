import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonKnobs, knobValue, turnKnob } from '../../workers/scenario/knobs.ts';
import { opening } from '../../workers/scenario/opening.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';

const knobNamed = (name: string) => {
  const knob = commonKnobs.find((row) => row.name === name);
  if (!knob) throw new Error(name);
  return knob;
};

describe('the knobs that everybody moves', () => {
  it.each([
    ['batch', 2_000],
    ['slide', 4_000],
    ['window', 8_000],
    ['lag', 2_000],
  ])('%s stands at %d ms in the opening scene', (name, valueMs) => {
    expect(knobValue(knobNamed(name), opening)).toBe(valueMs);
  });

  it('are read as they were turned, and move nothing else', () => {
    const pick = fc.constantFrom(...commonKnobs);
    fc.assert(
      fc.property(pick, fc.integer({ min: 1, max: 600_000 }), (knob, valueMs) => {
        const turned = turnKnob(knob, opening, valueMs);
        expect(knobValue(knob, turned)).toBe(valueMs);
        for (const other of commonKnobs) {
          if (other !== knob) expect(knobValue(other, turned)).toBe(knobValue(other, opening));
        }
        expect(turnKnob(knob, turned, knobValue(knob, opening) ?? 0)).toEqual(opening);
      }),
    );
  });

  it('leave a program without windows without windows', () => {
    const plain: Scenario = {
      ...opening,
      programs: opening.programs.map((program) => ({
        ...program,
        windowIntervalMs: null,
        slideIntervalMs: null,
      })),
    };
    expect(knobValue(knobNamed('window'), plain)).toBeNull();
    expect(turnKnob(knobNamed('window'), plain, 6_000)).toEqual(plain);
  });

  it('have no one value where there are several', () => {
    const [spark] = opening.nodes.filter((node) => node.type === 'spark');
    if (!spark) throw new Error('the opening scene has a Spark lane');
    const second = { ...spark, id: 'spark-2', batchIntervalMs: 500 };
    const two = { ...opening, nodes: [...opening.nodes, second] };
    expect(knobValue(knobNamed('batch'), two)).toBeNull();
  });
});
