import type { CostKey } from '../../workers/kernel/costs.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';

/** The scenario with one cost changed; null takes it back to what is assumed. */
export function withCost(scenario: Scenario, key: CostKey, value: number | null): Scenario {
  const costs = { ...scenario.costs };
  if (value === null) delete costs[key];
  else costs[key] = value;
  return { ...scenario, costs };
}
