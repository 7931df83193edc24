import { entryKinds } from '../../workers/trace/format.ts';
import type { RunModel } from '../run/RunModel.ts';
import { countUntil } from '../run/search.ts';

/** One line of the run's log. */
export interface LogLine {
  readonly timeUs: number;
  readonly part: string;
  readonly text: string;
}

/** What marks, findings and losses say up to `timeUs`, newest last, at most `most` lines. */
export function logUntil({ run, index }: RunModel, timeUs: number, most: number): LogLine[] {
  const { trace, texts } = run;
  const lines: LogLine[] = [];
  for (let i = countUntil(trace.timesUs, timeUs) - 1; i >= 0 && lines.length < most; i -= 1) {
    const kind = trace.kinds[i];
    const isText =
      kind === entryKinds.mark || kind === entryKinds.finding || kind === entryKinds.drop;
    if (!isText) continue;
    const record = trace.records[i]!;
    const what = texts[trace.values[i]!] ?? '';
    const prefix = kind === entryKinds.drop ? 'lost: ' : '';
    lines.push({
      timeUs: trace.timesUs[i]!,
      part: index.header.parts[trace.subjects[i]!]?.id ?? '',
      text: `${record >= 0 ? `line ${String(record + 1)}: ` : ''}${prefix}${what}`,
    });
  }
  return lines.reverse();
}
