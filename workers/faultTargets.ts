// Whether the processes that faults name exist. Only the engines know a node's processes, so this is
// no part of reading a scenario: a page that only reads links needs no engine.

import { engineOf } from './engines/registry.ts';
import type { Problem } from './scenario/problem.ts';
import type { Scenario } from './scenario/scenario.ts';

/** The faults whose target is a process that its node has not. */
export function unknownTargets(scenario: Scenario): Problem[] {
  const processes = scenario.nodes.flatMap((node) =>
    (engineOf(node.type)?.processes(node) ?? []).map((name) => `${node.id}/${name}`),
  );
  return scenario.faults.flatMap((fault, index) => {
    const targets = fault.type === 'cut' ? [fault.from, fault.to] : [fault.target];
    return targets
      .filter((target) => target.includes('/') && !processes.includes(target))
      .map((target) => ({
        path: `faults[${String(index)}]`,
        message: `there is no process ${target}; there are ${processes.join(', ')}`,
      }));
  });
}
