/**
 * What the benches of this folder have in common: the configuration and each step of a script are read by a schema, and
 * what the component throws is its refusal. `9223372036854775807` in a script is Long.MAX_VALUE.
 */
import * as v from 'valibot';
import { RefusedByBench, type Bench } from '../../../kernel/bench.ts';

/** A time in milliseconds, between Long.MIN_VALUE and Long.MAX_VALUE. */
export const longMs = v.pipe(v.number(), v.finite());

/** A small count, such as of channels. */
export const small = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1000));

interface Component<Config, State, Step> {
  /** The part of the name after `flink/`. */
  readonly name: string;
  readonly meaning: string;
  readonly config: v.GenericSchema<unknown, Config>;
  readonly step: v.GenericSchema<unknown, Step>;
  /** The message with which the real one refuses the configuration, or null. */
  readonly refusal?: (config: Config) => string | null;
  create(config: Config): State;
  play(state: State, step: Step, config: Config): unknown;
}

export function benchOf<Config, State, Step>(component: Component<Config, State, Step>): Bench {
  return {
    component: `flink/${component.name}`,
    meaning: component.meaning,
    run(config, script) {
      const read = readBy(component.config, config, 'the configuration');
      const refusal = component.refusal?.(read) ?? null;
      if (refusal !== null) throw new RefusedByBench(refusal);
      const state = component.create(read);
      return script.map((step, i) =>
        played(() => component.play(state, readBy(component.step, step, `step ${i + 1}`), read)),
      );
    },
  };
}

function readBy<T>(schema: v.GenericSchema<unknown, T>, input: unknown, what: string): T {
  const result = v.safeParse(schema, input);
  if (!result.success) throw new RefusedByBench(`${what}: ${v.summarize(result.issues)}`);
  return result.output;
}

function played(play: () => unknown): unknown {
  try {
    return play();
  } catch (error) {
    if (error instanceof RefusedByBench) throw error;
    throw new RefusedByBench(error instanceof Error ? error.message : String(error));
  }
}
