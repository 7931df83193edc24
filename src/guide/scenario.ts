import { opening } from '../../workers/scenario/opening.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';

/** The guided minute's own scene: the opening one, with two lines a second, so that each can be followed. */
export const guidedScene: Scenario = {
  ...opening,
  durationMs: 30_000,
  inputs: opening.inputs.map((input) =>
    input.type === 'generated' ? { ...input, ratePerSecond: 2, bursts: null } : input,
  ),
  programs: opening.programs.map((program) => ({
    ...program,
    windowIntervalMs: 6000,
    slideIntervalMs: 4000,
  })),
};
