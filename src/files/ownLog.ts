import type { OpenedFile } from '../../workers/protocol.ts';
import type { FileReport } from '../../workers/input/build.ts';
import { withFile } from '../../workers/scenario/fileInput.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';
import { countText, secondsText } from '../stage/glyphs/units.ts';

/** What is said beside the button of what was opened last. */
export interface OwnLogReport {
  readonly words: string;
  /** Null when it cannot be run, and changed nothing. */
  readonly taken: OpenedFile | null;
}

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
  if (opened.notALog !== null) return `${opened.name} ${opened.notALog}.`;
  if (asked !== null && !opened.isTaken) {
    return `${opened.name} is not the file that the link means (${asked.name}, ${String(asked.sizeBytes)} bytes).`;
  }
  const { lines, unreadableCount } = opened;
  const readable = `${opened.name}: ${countText(lines, 'line')}`;
  if (unreadableCount > 0) {
    return `${readable}; ${String(unreadableCount)} more cannot be read and ${unreadableCount === 1 ? 'is' : 'are'} left out.`;
  }
  return lines === 1 ? `${readable}, and it is readable.` : `${readable}, all of them readable.`;
}

/** What of a file is not in the run as it is in the file, in sentences; empty when all of it is. */
export function changedSentence(reports: readonly FileReport[]): string {
  return reports
    .flatMap(({ shortened, afterEndCount }) => [
      shortened.count === 0
        ? ''
        : `Long pauses are shortened: ${String(shortened.count)} of them, by ${secondsText(shortened.removedMs * 1000)} s in all.`,
      afterEndCount === 0 ? '' : afterEndText(afterEndCount),
    ])
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function afterEndText(count: number): string {
  return count === 1
    ? 'The last line lies after the end of the run.'
    : `The last ${String(count)} lines lie after the end of the run.`;
}
