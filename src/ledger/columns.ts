import { statuses, type Status } from '../../workers/results/status.ts';

/** A column of the ledger: one or more statuses under a heading, and how its blocks are drawn. */
export interface LedgerColumn {
  readonly heading: string;
  readonly meaning: string;
  readonly statuses: readonly Status[];
  readonly block: 'full' | 'slashed' | 'capped' | 'open' | 'dashed' | 'crossed' | 'lost' | 'pale';
}

export const LEDGER_COLUMNS: readonly LedgerColumn[] = [
  {
    heading: 'right in every window',
    meaning: 'counted once in every window in which the engine’s own rule expects it',
    statuses: ['right'],
    block: 'full',
  },
  {
    heading: 'in some only',
    meaning: 'missing from at least one of its windows',
    statuses: ['some only'],
    block: 'slashed',
  },
  {
    heading: 'more than once',
    meaning: 'at least one visible result counts it too often',
    statuses: ['more than once'],
    block: 'capped',
  },
  {
    heading: 'waiting for a result',
    meaning: 'in the engine’s state; not all of its windows have fired',
    statuses: ['waiting'],
    block: 'open',
  },
  {
    heading: 'on the way',
    meaning: 'written, and not yet in the engine’s state',
    statuses: ['on the way'],
    block: 'dashed',
  },
  {
    heading: 'late, in none',
    meaning: 'dropped as late from all of its windows',
    statuses: ['late'],
    block: 'crossed',
  },
  {
    heading: 'lost',
    meaning: 'gone for good, in the lane or before the branch',
    statuses: ['lost', 'lost before'],
    block: 'lost',
  },
  {
    heading: 'filtered',
    meaning: 'the program’s own functions let nothing of it through',
    statuses: ['filtered'],
    block: 'pale',
  },
];

/** The sum of a column's statuses in counts that stand in the order of the status numbers. */
export function columnCount(column: LedgerColumn, counts: readonly number[]): number {
  return column.statuses.reduce((sum, status) => sum + (counts[statuses.indexOf(status)] ?? 0), 0);
}
