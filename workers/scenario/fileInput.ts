// A person's own file in the place of an input. The scenario names the file and its digest; the lines
// stay on the person's machine.

import type { FileInput, InputConfig } from '../input/config.ts';
import type { LogFile } from '../input/logParser.ts';
import type { Scenario } from './scenario.ts';

export type FileIdentity = Pick<FileInput, 'name' | 'sizeBytes' | 'sha256'>;
type FileContent = Omit<FileIdentity, 'name'>;

export function fileIdentity(name: string, { sizeBytes, sha256 }: LogFile): FileIdentity {
  return { name: name.slice(-255), sizeBytes, sha256 };
}

/** Whether the file is the one that the scenario means; by content, whatever its name. */
export function isSameFile(a: FileContent, b: FileContent): boolean {
  return a.sizeBytes === b.sizeBytes && a.sha256 === b.sha256;
}

/** The scenario with the file as its input `id`, arriving as the input before it did. */
export function withFile(scenario: Scenario, id: string, file: FileIdentity): Scenario {
  return {
    ...scenario,
    inputs: scenario.inputs.map((input) =>
      input.id === id ? { id, type: 'file', ...file, ...manner(input) } : input,
    ),
  };
}

function manner(input: InputConfig): Pick<FileInput, 'arrival' | 'eventTime'> {
  if (input.type === 'file') return { arrival: input.arrival, eventTime: input.eventTime };
  if (input.type === 'records') {
    return { arrival: { mode: 'fixed-rate', ratePerSecond: 50 }, eventTime: 'as-arrived' };
  }
  const { ratePerSecond, eventTime } = input;
  return { arrival: { mode: 'fixed-rate', ratePerSecond }, eventTime };
}
