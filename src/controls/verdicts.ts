import type { NodeRefusal } from '../../workers/protocol.ts';
import type { LaneRun } from '../run/Run.ts';
import type { Refusal, Verdict } from './refusal.ts';

const NAMES = { spark: 'Spark', storm: 'Storm', flink: 'Flink' } as const;

/** The refusal of a field, in the words of the engine that gave it; null when nobody refuses. */
export function refusalOf(
  field: string,
  refusals: readonly NodeRefusal[],
  lanes: readonly LaneRun[],
): Refusal | null {
  for (const refusal of refusals) {
    if (refusal.field !== field) continue;
    const lane = lanes.find(({ node }) => node === refusal.node);
    if (lane === undefined) continue;
    return {
      engine: NAMES[lane.engine],
      node: lane.node,
      colour: lane.engine,
      message: refusal.message,
    };
  }
  return null;
}

/** What the lanes that did not refuse do with the same value. */
export function otherVerdicts(
  refusals: readonly NodeRefusal[],
  lanes: readonly LaneRun[],
  value: string,
): Verdict[] {
  return lanes
    .filter(({ node }) => !refusals.some((refusal) => refusal.node === node))
    .map(({ engine }) => ({ engine: NAMES[engine], colour: engine, says: `runs with ${value}` }));
}
