import { entryKinds, type EntryKind, type TraceBlock, type TraceHeader } from './format.ts';

/**
 * A trace as text, one line a happening: the time in seconds, the kind, what it happened to, and the rest by name.
 *
 *   0.002154 send     a1/r1 > a1/c1  record 0, there at 0.002154
 */
export function* traceLines(
  header: TraceHeader,
  blocks: readonly TraceBlock[],
  texts: readonly string[],
): Generator<string> {
  for (const block of blocks) {
    for (let entry = 0; entry < block.length; entry += 1) {
      const kind = kindNames[at(block.kinds, entry)]!;
      const subject = at(block.subjects, entry);
      const record = at(block.records, entry);
      const value = at(block.values, entry);
      const time = seconds(at(block.timesUs, entry)).padStart(12);
      const { name, rest } = words(kind, header, texts, subject, record, value);
      yield `${time} ${kind.padEnd(8)} ${name}${rest === '' ? '' : `  ${rest}`}`;
    }
  }
}

const kindNames = Object.keys(entryKinds) as EntryKind[];

interface Words {
  readonly name: string;
  readonly rest: string;
}

function words(
  kind: EntryKind,
  { parts, pipes, gauges, series }: TraceHeader,
  texts: readonly string[],
  subject: number,
  record: number,
  value: number,
): Words {
  const part = () => parts[subject]!.id;
  const ofRecord = record < 0 ? '' : `record ${String(record)}`;
  switch (kind) {
    case 'write':
    case 'leave':
      return { name: part(), rest: ofRecord };
    case 'send':
      return { name: pipes[subject]!.id, rest: `${ofRecord}, there at ${seconds(value)}` };
    case 'drop':
    case 'finding':
      return { name: part(), rest: `${ofRecord}: ${texts[value]!}` };
    case 'mark':
      return {
        name: part(),
        rest: ofRecord === '' ? texts[value]! : `${ofRecord}: ${texts[value]!}`,
      };
    case 'gauge':
      return { name: gauges[subject]!.id, rest: String(value) };
    case 'begin':
      return { name: series[subject]!.id, rest: `${String(record)}, from ${seconds(value)}` };
    case 'end':
      return { name: series[subject]!.id, rest: `${String(record)} with ${String(value)}` };
    case 'result':
      return { name: part(), rest: `output ${String(record)}, window ${String(value)}` };
  }
}

function seconds(timeUs: number): string {
  return (timeUs / 1_000_000).toFixed(6);
}

function at(column: Uint8Array | Uint16Array | Int32Array | Float64Array, index: number): number {
  return column[index]!;
}
