// The records of a whole scenario, before its run.

import { assert } from '../kernel/assert.ts';
import { generateAccessLog } from './accessLogGenerator.ts';
import type { ExplicitRecordsInput, InputConfig } from './config.ts';
import { fileRecords, type FileRecords } from './fileRecords.ts';
import type { LogFile } from './logParser.ts';
import { joinRecords, recordsFromRows, type Records } from './records.ts';
import { generateHashtags, generateSentences } from './textGenerators.ts';

/** What the records depend on; a scenario is one. */
export interface InputsOfScenario {
  readonly seed: number;
  readonly startEpochMs: number;
  readonly durationMs: number;
  readonly inputs: readonly InputConfig[];
}

/** What a person is told of a file's lines beside the run. */
export type FileReport = Pick<FileRecords, 'shortened' | 'afterEndCount'> & {
  readonly input: string;
};

export interface BuiltInputs {
  readonly records: Records;
  readonly fileReports: readonly FileReport[];
}

/**
 * @param files the parsed file of each input of type `file`, by input id
 * @throws when one is missing: whoever starts a run has asked for it before
 */
export function buildInputs(
  scenario: InputsOfScenario,
  files: ReadonlyMap<string, LogFile>,
): BuiltInputs {
  const fileReports: FileReport[] = [];
  const tables = scenario.inputs.map((input) => {
    if (input.type !== 'file') return generate(input, scenario);
    const file = files.get(input.id);
    assert(file, `the file of input ${input.id} is there before the run`);
    const { records, shortened, afterEndCount } = fileRecords(input, file, scenario.durationMs);
    fileReports.push({ input: input.id, shortened, afterEndCount });
    return records;
  });
  return { records: joinRecords(tables), fileReports };
}

function generate(
  input: Exclude<InputConfig, { type: 'file' }>,
  { seed, startEpochMs, durationMs }: InputsOfScenario,
): Records {
  switch (input.type) {
    case 'generated':
      return generateAccessLog(input, seed, startEpochMs, durationMs);
    case 'sentences':
      return generateSentences(input, seed, durationMs);
    case 'hashtags':
      return generateHashtags(input, seed, durationMs);
    case 'records':
      return explicitRecords(input, durationMs);
  }
}

function explicitRecords({ id, records }: ExplicitRecordsInput, durationMs: number): Records {
  const rows = records
    .filter(({ arrivalMs }) => arrivalMs < durationMs)
    .map(({ arrivalMs, eventTimeMs, value, ...rest }) => ({
      ...rest,
      arrivalUs: arrivalMs * 1000,
      eventTimeUs: (eventTimeMs ?? arrivalMs) * 1000,
      line: value,
    }))
    .sort((a, b) => a.arrivalUs - b.arrivalUs);
  return recordsFromRows(id, rows);
}
