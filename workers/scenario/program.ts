// A program: what the engines are to compute, the same for all of them.

import * as v from 'valibot';
import { aggregateNames } from '../functions/aggregates.ts';
import { functionNames } from '../functions/table.ts';
import { intervalMs, list, nodeId } from './common.ts';

export const programSchema = v.strictObject({
  id: nodeId,
  /** The record functions from line to pair, in order. */
  functions: list(v.picklist(functionNames), 16),
  /** How the values of a key become one. */
  aggregate: v.picklist(aggregateNames),
  /** How far back a result looks; null: there are no windows. */
  windowIntervalMs: v.nullable(intervalMs),
  /** How often there is a result; null: there are no windows. */
  slideIntervalMs: v.nullable(intervalMs),
});

export type Program = v.InferOutput<typeof programSchema>;
