import type { OpenedFile } from '../../workers/protocol.ts';
import type { FileReport } from '../../workers/input/build.ts';
import { isSameFile, withFile } from '../../workers/scenario/fileInput.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';

type FileInput = Extract<Scenario['inputs'][number], { type: 'file' }>;

/** The file that a scenario is about, when it is about one. */
export function fileInputOf(scenario: Scenario): FileInput | null {
  return scenario.inputs.find((input): input is FileInput => input.type === 'file') ?? null;
}

/** So many lines of a file are run; the page says how many are left out. */
const MOST_LINES = 30_000;
/** After the last line its windows still want to end. */
const AFTERWARDS_MS = 30_000;

/** The scenario with the opened file in the place of its first input, long enough for its lines. */
export function withOwnLog(scenario: Scenario, opened: OpenedFile): Scenario {
  const [input] = scenario.inputs;
  if (input === undefined) return scenario;
  const { name, sizeBytes, sha256 } = opened;
  const changed = withFile(scenario, input.id, { name: name.slice(-255), sizeBytes, sha256 });
  const arrival = fileInputOf(changed)?.arrival;
  if (arrival?.mode !== 'fixed-rate') return changed;
  const lastedMs = (Math.min(opened.lines, MOST_LINES) / arrival.ratePerSecond) * 1000;
  return { ...changed, durationMs: Math.ceil((lastedMs + AFTERWARDS_MS) / 1000) * 1000 };
}

/** What was opened, in a sentence; also when a link had asked for another file. */
export function openedSentence(opened: OpenedFile, asked: FileInput | null): string {
  if (opened.lines === 0) {
    return `${opened.name} holds no line of an access log in the common or combined format.`;
  }
  if (asked !== null && !isSameFile(asked, opened)) {
    return `${opened.name} is not the file that the link means (${asked.name}, ${String(asked.sizeBytes)} bytes).`;
  }
  const lines = `${opened.name}: ${String(opened.lines)} lines`;
  const unreadable =
    opened.unreadableCount === 0
      ? 'all of them readable'
      : `${String(opened.unreadableCount)} more unreadable, which are left out`;
  return `${lines}, ${unreadable}.`;
}

/** What of a file did not come into the run, in sentences; empty when all of it did. */
export function leftOutSentence(reports: readonly FileReport[]): string {
  return reports
    .flatMap(({ afterEndCount }) =>
      afterEndCount === 0
        ? []
        : [`The last ${String(afterEndCount)} lines lie after the end of the run.`],
    )
    .join(' ');
}
