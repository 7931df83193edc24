import type { NodeRefusal } from '../../workers/protocol.ts';
import type { LaneRun } from '../run/Run.ts';
import type { Refusal, Verdict } from './refusal.ts';

const NAMES = { spark: 'Spark', storm: 'Storm', flink: 'Flink' } as const;

/** The refusals of a field, each in the words of the engine that gave it. */
export function refusalsOf(
  field: string,
  refusals: readonly NodeRefusal[],
  lanes: readonly LaneRun[],
): Refusal[] {
  return refusals.flatMap((refusal) => {
    const lane = lanes.find(({ node }) => node === refusal.node);
    if (refusal.field !== field || lane === undefined) return [];
    const { engine, node } = lane;
    return [{ engine: NAMES[engine], node, colour: engine, message: refusal.message }];
  });
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
