import type { CostKey } from '../../workers/kernel/costs.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';

/** The scenario with one cost changed; null takes it back to what is assumed. */
export function withCost(scenario: Scenario, key: CostKey, value: number | null): Scenario {
  const others = Object.fromEntries(Object.entries(scenario.costs).filter(([own]) => own !== key));
  return { ...scenario, costs: value === null ? others : { ...others, [key]: value } };
}
