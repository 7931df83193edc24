// Every component of Spark that can be tried by itself, one row each.

import type { Bench } from '../../kernel/bench.ts';
import { inputBenches } from './benches/inputs.ts';
import { operatorBenches } from './benches/operators.ts';
import { programBenches } from './benches/programs.ts';
import { restartBenches } from './benches/restarts.ts';
import { schedulingBenches } from './benches/scheduling.ts';
import { structuredBenches } from './benches/structured.ts';
import { windowBenches } from './benches/windows.ts';

export const benches: readonly Bench[] = [
  ...windowBenches,
  ...operatorBenches,
  ...inputBenches,
  ...schedulingBenches,
  ...restartBenches,
  ...programBenches,
  ...structuredBenches,
];
