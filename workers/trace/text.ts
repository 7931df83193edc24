import { entryKinds, type EntryKind, type TraceBlock, type TraceHeader } from './format.ts';

/**
 * A trace as one readable line per happening, which is what goldens and the text log hold:
 * `12.345000 send a1/k1 > kafka/weblog-0 record 17 until 12.347000`. Times in seconds.
 */
export function linesOf(
  header: TraceHeader,
  blocks: readonly TraceBlock[],
  texts: readonly string[],
): string[] {
  const lines: string[] = [];
  for (const block of blocks)
    for (let i = 0; i < block.length; i += 1) lines.push(lineOf(header, block, i, texts));
  return lines;
}

const kindNames = Object.keys(entryKinds) as EntryKind[];

/** One entry as a line. */
export function lineOf(
  header: TraceHeader,
  block: TraceBlock,
  index: number,
  texts: readonly string[],
): string {
  const kind = kindNames[block.kinds[index]!]!;
  const subject = block.subjects[index]!;
  const record = block.records[index]!;
  const value = block.values[index]!;
  const head = `${seconds(block.timesUs[index]!)} ${kind}`;
  const part = () => header.parts[subject]?.id ?? '?';
  const ofRecord = record < 0 ? '' : ` record ${String(record)}`;
  switch (kind) {
    case 'write':
    case 'leave':
      return `${head} ${part()}${ofRecord}`;
    case 'send':
      return `${head} ${header.pipes[subject]?.id ?? '?'}${ofRecord} until ${seconds(value)}`;
    case 'drop':
    case 'mark':
    case 'finding':
      return `${head} ${part()}${ofRecord}: ${texts[value] ?? '?'}`;
    case 'gauge':
      return `${head} ${header.gauges[subject]?.id ?? '?'} = ${String(value)}`;
    case 'begin':
      return `${head} ${header.series[subject]?.id ?? '?'} ${String(record)} from ${seconds(value)}`;
    case 'end':
      return `${head} ${header.series[subject]?.id ?? '?'} ${String(record)} with ${String(value)}`;
    case 'result':
      return `${head} ${part()} output ${String(record)} window ${String(value)}`;
  }
}

function seconds(timeUs: number): string {
  const whole = Math.floor(timeUs / 1_000_000);
  return `${String(whole)}.${String(timeUs - whole * 1_000_000).padStart(6, '0')}`;
}
