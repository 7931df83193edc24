/** Makes a bench of a component: reads configuration and steps, opens the component, plays the steps. */
import * as v from 'valibot';
import type { Bench } from '../../../kernel/bench.ts';

export interface Workpiece<Config, Step, State> {
  readonly component: `storm/${string}`;
  readonly meaning: string;
  readonly config: v.GenericSchema<unknown, Config>;
  readonly step: v.GenericSchema<unknown, Step>;
  open(config: Config): State;
  play(state: State, step: Step): unknown;
}

export function benchOf<Config, Step, State>(piece: Workpiece<Config, Step, State>): Bench {
  const { component, meaning } = piece;
  return {
    component,
    meaning,
    run(config, script) {
      const state = piece.open(v.parse(piece.config, config));
      return script.map((step) => piece.play(state, v.parse(piece.step, step)));
    },
  };
}

/** A count, a task id, an offset, a time in milliseconds. */
export const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const naturals = v.array(natural);
