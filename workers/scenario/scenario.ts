// The scenario format, version 1: everything that a run depends on, as plain data.
//
// A scenario may come from a link that anybody wrote: every list and text is bounded, every number
// finite and ranged, and what is not named here is refused, `__proto__` included.

import * as v from 'valibot';
import { inputSchema } from '../input/config.ts';
import { costRows, type CostKey } from '../kernel/costs.ts';
import { between, intervalMs, list, nodeId, text, whole } from './common.ts';
import { faultSchema } from './faults.ts';
import { nodeSchema } from './nodes.ts';
import { programSchema } from './program.ts';

const link = v.strictObject({
  from: nodeId,
  to: nodeId,
  latencyMs: between(0, 60_000),
  bytesPerSecond: between(1, 1e11),
});

const costEntries = costRows.map(
  ({ key, min, max }) => [key, v.exactOptional(between(min, max))] as const,
);
const costs = v.strictObject(
  Object.fromEntries(costEntries) as Record<
    CostKey,
    v.ExactOptionalSchema<ReturnType<typeof between>, undefined>
  >,
);

export const scenarioSchema = v.strictObject({
  version: v.literal(1),
  title: text(100),
  /** All chance comes from it. */
  seed: whole(0, 4_294_967_295),
  durationMs: intervalMs,
  /** The wall clock at the start, in milliseconds of the Unix epoch: batches and windows align to it. */
  startEpochMs: whole(0, 4_102_444_800_000),
  inputs: list(inputSchema, 20),
  programs: list(programSchema, 20),
  nodes: list(nodeSchema, 200),
  /** Links that are not as the costs say. */
  links: list(link, 200),
  faults: list(faultSchema, 100),
  /** What things cost, where it is not as assumed. */
  costs,
});

export type Scenario = v.InferOutput<typeof scenarioSchema>;
export type ScenarioNode = Scenario['nodes'][number];
