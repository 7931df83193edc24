/** The assignors by the names that `partition.assignment.strategy` gives them on the wire. */
import type { Assignor } from './assignor.ts';
import { assignRange } from './range.ts';
import { assignRoundRobin } from './roundRobin.ts';
import { assignCooperativeSticky, assignSticky } from './sticky.ts';

export const assignors = {
  range: assignRange,
  roundrobin: assignRoundRobin,
  sticky: assignSticky,
  'cooperative-sticky': assignCooperativeSticky,
} satisfies Record<string, Assignor>;

export type AssignorName = keyof typeof assignors;

/**
 * Whether members keep reading through a rebalance: only if every assignor in the list can
 * (`RebalanceProtocol`). The default list begins with range, so it is eager.
 */
export function isCooperative(names: readonly AssignorName[]): boolean {
  return names.every((name) => name === 'cooperative-sticky');
}
