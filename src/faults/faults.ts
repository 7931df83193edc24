import type { Fault } from '../../workers/scenario/faults.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';

/** A fault of the scenario as the axis shows it. */
export interface PlacedFault {
  /** Its place in the scenario's list. */
  readonly index: number;
  readonly atMs: number;
  /** "crash of a1/agent". */
  readonly label: string;
}

export function placedFaults(scenario: Scenario): PlacedFault[] {
  return scenario.faults.map((fault, index) => ({
    index,
    atMs: fault.atMs,
    label: faultLabel(fault),
  }));
}

export function faultLabel(fault: Fault): string {
  if (fault.type === 'cut') return `cut between ${fault.from} and ${fault.to}`;
  return fault.type === 'slow' ? `slowing of ${fault.target}` : `crash of ${fault.target}`;
}

/** The scenario with one fault more; the same one twice is that one. */
export function addFault(scenario: Scenario, fault: Fault): Scenario {
  const said = JSON.stringify(fault);
  if (scenario.faults.some((other) => JSON.stringify(other) === said)) return scenario;
  return { ...scenario, faults: [...scenario.faults, fault] };
}

export function removeFault(scenario: Scenario, index: number): Scenario {
  return { ...scenario, faults: scenario.faults.filter((_, i) => i !== index) };
}

/** The scenario with a fault moved to `atMs`; what lasts until a moment lasts as long as before. */
export function moveFault(scenario: Scenario, index: number, atMs: number): Scenario {
  const to = Math.min(scenario.durationMs, Math.max(0, Math.round(atMs / 100) * 100));
  return {
    ...scenario,
    faults: scenario.faults.map((fault, i) => {
      if (i !== index) return fault;
      if (fault.type === 'crash') return { ...fault, atMs: to };
      return { ...fault, atMs: to, untilMs: to + fault.untilMs - fault.atMs };
    }),
  };
}

/** What a person can do to a process with one press: what it would be called, and the fault. */
export interface FaultOffer {
  readonly words: string;
  readonly fault: (atMs: number) => Fault;
}

/** How long a fault lasts that was placed with one press. */
const LASTS_MS = 5000;

export function faultOffers(process: string): FaultOffer[] {
  return [
    {
      words: `Kill ${process}`,
      fault: (atMs) => ({ type: 'crash', target: process, atMs, restartAfterMs: 2000 }),
    },
    {
      words: `Slow ${process} tenfold`,
      fault: (atMs) => ({
        type: 'slow',
        target: process,
        atMs,
        untilMs: atMs + LASTS_MS,
        factor: 10,
      }),
    },
  ];
}

/** The fault that cuts the network between two nodes. */
export function cutBetween(from: string, to: string, atMs: number): Fault {
  return { type: 'cut', from, to, atMs, untilMs: atMs + LASTS_MS };
}
