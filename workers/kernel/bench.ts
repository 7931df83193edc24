/**
 * One component of a system on a bench of its own: a window operator, a watermark valve, a partitioner, a channel. A
 * script of inputs goes in, one answer a step comes out; there is no clock but the script's. Recordings of the real
 * components are replayed here.
 */
export interface Bench {
  /** `<system>/<component>`: `flink/watermark-valve`. */
  readonly component: string;
  /** What it is, and what its configuration and script steps look like. */
  readonly meaning: string;
  /**
   * Plays `script` on a fresh component.
   * @returns one plain-data answer for each step
   * @throws RefusedByBench with the real system's message for a configuration or step that it refuses
   */
  run(config: unknown, script: readonly unknown[]): readonly unknown[];
}

/** The real component would refuse this; `message` is its own. */
export class RefusedByBench extends Error {}
