import type { ProcessId } from './environment.ts';

/** What goes wrong, with process names resolved: data of a run, scheduled when it starts. */
export type Fault =
  /** `kill -9` at `atUs`; started again at `restartUs`, or never. */
  | {
      readonly type: 'crash';
      readonly processes: readonly ProcessId[];
      readonly atUs: number;
      readonly restartUs: number | null;
    }
  /** Service times are multiplied by `factor` until `untilUs`. */
  | {
      readonly type: 'slow';
      readonly processes: readonly ProcessId[];
      readonly atUs: number;
      readonly untilUs: number;
      readonly factor: number;
    }
  /** Nothing passes between the two groups, in either direction. */
  | {
      readonly type: 'cut';
      readonly from: readonly ProcessId[];
      readonly to: readonly ProcessId[];
      readonly atUs: number;
      readonly untilUs: number;
    };

/** One end of a fault, as it lies in the queue. */
export interface FaultStep {
  readonly fault: Fault;
  readonly begins: boolean;
}

export function stepsOf(fault: Fault): { readonly timeUs: number; readonly step: FaultStep }[] {
  const endUs = fault.type === 'crash' ? fault.restartUs : fault.untilUs;
  const steps = [{ timeUs: fault.atUs, step: { fault, begins: true } }];
  if (endUs !== null) steps.push({ timeUs: endUs, step: { fault, begins: false } });
  return steps;
}
