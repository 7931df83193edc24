/**
 * One component of a system on a bench of its own: a window operator, a watermark valve, a partitioner, a channel. A
 * script of inputs goes in, one answer a step comes out; there is no clock but the script's. Recordings of the real
 * components can be replayed here.
 */
import * as v from 'valibot';

export interface Bench {
  /** `<system>/<component>`: `flink/watermark-valve`. */
  readonly component: string;
  /** What it is, and what its configuration and script steps look like. */
  readonly meaning: string;
  /**
   * Plays `script` on a fresh component.
   * @returns one plain-data answer for each step
   * @throws MisreadByBench for a configuration or step of another shape than the component's
   * @throws RefusedByBench with the real system's message for a configuration or step that it refuses
   */
  run(config: unknown, script: readonly unknown[]): readonly unknown[];
}

/** The real component would refuse this; `message` is its own. */
export class RefusedByBench extends Error {}

/** The configuration or a step is none of the component's; `message` is the bench's, and says which and why. */
export class MisreadByBench extends RefusedByBench {}

/** A component as its engine describes it. */
export interface Component<Config, State, Step> {
  readonly component: string;
  readonly meaning: string;
  readonly config: v.GenericSchema<unknown, Config>;
  readonly step: v.GenericSchema<unknown, Step>;
  /** The message with which the real one refuses the configuration, or null. */
  readonly refusal?: (config: Config) => string | null;
  create(config: Config): State;
  /** Answers with plain data, and may change the state that it was given. */
  play(state: State, step: Step, config: Config): unknown;
}

/** A component that has to know its whole script before it starts. */
export interface ScriptedComponent<Config, Step> {
  readonly component: string;
  readonly meaning: string;
  readonly config: v.GenericSchema<unknown, Config>;
  readonly step: v.GenericSchema<unknown, Step>;
  /** One answer of plain data for each step. */
  playAll(config: Config, script: readonly Step[]): readonly unknown[];
}

/** Puts a component on a bench: its configuration and steps are read by schemas, and what it throws is its refusal. */
export function benchOf<Config, State, Step>(component: Component<Config, State, Step>): Bench {
  return {
    component: component.component,
    meaning: component.meaning,
    run(config, script) {
      const read = readBy(component.config, config, 'the configuration');
      const refusal = component.refusal?.(read) ?? null;
      if (refusal !== null) throw new RefusedByBench(refusal);
      const state = refused(() => component.create(read));
      return script.map((step, i) => {
        const input = readBy(component.step, step, `step ${String(i + 1)}`);
        return refused(() => component.play(state, input, read));
      });
    },
  };
}

/** The same for one that has to know its whole script. */
export function benchOfScript<Config, Step>(component: ScriptedComponent<Config, Step>): Bench {
  return {
    component: component.component,
    meaning: component.meaning,
    run(config, script) {
      const read = readBy(component.config, config, 'the configuration');
      const steps = script.map((step, i) => readBy(component.step, step, `step ${String(i + 1)}`));
      return refused(() => component.playAll(read, steps));
    },
  };
}

function readBy<T>(schema: v.GenericSchema<unknown, T>, input: unknown, what: string): T {
  const result = v.safeParse(schema, input);
  if (!result.success) throw new MisreadByBench(`${what}: ${v.summarize(result.issues)}`);
  return result.output;
}

function refused<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RefusedByBench) throw error;
    throw new RefusedByBench(error instanceof Error ? error.message : String(error));
  }
}
