import type { OpenedFile } from '../../workers/protocol.ts';
import { isSameFile, withFile } from '../../workers/scenario/fileInput.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';

type FileInput = Extract<Scenario['inputs'][number], { type: 'file' }>;

/** The file that a scenario is about, when it is about one. */
export function fileInputOf(scenario: Scenario): FileInput | null {
  return scenario.inputs.find((input): input is FileInput => input.type === 'file') ?? null;
}

/** The scenario with the opened file in the place of its first input. */
export function withOwnLog(scenario: Scenario, opened: OpenedFile): Scenario {
  const [input] = scenario.inputs;
  if (input === undefined) return scenario;
  const { name, sizeBytes, sha256 } = opened;
  return withFile(scenario, input.id, { name: name.slice(-255), sizeBytes, sha256 });
}

/** What was opened, in a sentence; also when a link had asked for another file. */
export function openedSentence(opened: OpenedFile, asked: FileInput | null): string {
  const lines = `${opened.name}: ${String(opened.lines)} lines`;
  const unreadable =
    opened.unreadableCount === 0
      ? 'all of them readable'
      : `${String(opened.unreadableCount)} of them unreadable, which are left out`;
  const other =
    asked !== null && !isSameFile(asked, opened)
      ? ` This is not the file that the link means (${asked.name}, ${String(asked.sizeBytes)} bytes).`
      : '';
  return `${lines}, ${unreadable}.${other}`;
}
