import { benches as flinkBenches } from './engines/flink/benches.ts';
import { benches as flumeBenches } from './engines/flume/benches.ts';
import { benches as kafkaBenches } from './engines/kafka/benches.ts';
import { benches as sparkBenches } from './engines/spark/benches.ts';
import { benches as stormBenches } from './engines/storm/benches.ts';
import { flumeAgentsBench } from './flumeAgentsBench.ts';
import { MisreadByBench, RefusedByBench, type Bench } from './kernel/bench.ts';
import type { BenchScenario } from './scenario/benchScenario.ts';

/** Every component that can be tried by itself. */
export const benches: readonly Bench[] = [
  ...kafkaBenches,
  ...flumeBenches,
  flumeAgentsBench,
  ...sparkBenches,
  ...stormBenches,
  ...flinkBenches,
];

/** What a bench answered: one answer a step, the component's own refusal, or what the bench could not read. */
export type BenchResult =
  | { readonly component: string; readonly answers: readonly unknown[] }
  | { readonly component: string; readonly refusal: string }
  | { readonly component: string; readonly misread: string };

/** Plays a bench scenario. Undefined when there is no such component. */
export function playBench({ component, config, script }: BenchScenario): BenchResult | undefined {
  const bench = benches.find((candidate) => candidate.component === component);
  if (!bench) return undefined;
  try {
    return { component, answers: bench.run(config, script) };
  } catch (error) {
    if (error instanceof MisreadByBench) return { component, misread: error.message };
    if (error instanceof RefusedByBench) return { component, refusal: error.message };
    throw error;
  }
}
