// A chain of record functions, checked and applied.

import { assert, present } from '../kernel/assert.ts';
import type { RecordId, Records } from '../input/records.ts';
import { functionNames, recordFunction, type FunctionName } from './table.ts';
import type { Pair, RecordFunction, ValueTypes } from './types.ts';

export interface ChainProblem {
  /** Index in the chain; the chain's length where its end is wrong. */
  readonly at: number;
  readonly message: string;
}

/** The first place where the chain does not fit together: from lines, function by function, to pairs. */
export function chainProblem(functions: readonly string[]): ChainProblem | null {
  let given: keyof ValueTypes = 'line';
  let giver = 'the topic';
  for (const [at, name] of functions.entries()) {
    const row = recordFunction(name);
    if (!row) {
      return { at, message: `there is no function ${name}; there are ${functionNames.join(', ')}` };
    }
    if (row.takes !== given) {
      const message = `${name} takes a ${row.takes}, but ${giver} before it gives a ${given}`;
      return { at, message };
    }
    given = row.gives;
    giver = name;
  }
  return given === 'pair'
    ? null
    : {
        at: functions.length,
        message: `a chain ends with pairs of a key and a number, but ${giver} gives a ${given}`,
      };
}

/** What a chain makes of every record: rows in record order. */
export interface TupleTable {
  /** Record r has the rows first[r] up to, and without, first[r + 1]; no rows: it was filtered. */
  readonly first: Int32Array;
  /** The row's record. */
  readonly records: Int32Array;
  /** The row's key, as an index of `keys`. */
  readonly keyIds: Int32Array;
  readonly values: Float64Array;
  /** The key texts, in the order of their first appearance by record id. */
  readonly keys: readonly string[];
}

/**
 * The tuples of all records. The table depends on nothing else, so it is kept as long as the
 * records are: every slider that leaves input and program alone finds it again.
 */
export function applyChain(functions: readonly FunctionName[], records: Records): TupleTable {
  // Engines ask for theirs at every batch or tuple, and always with the same list.
  const latest = latestOfList.get(functions);
  if (latest?.records === records) return latest.table;
  const table = findByNames(functions, records);
  latestOfList.set(functions, { records, table });
  return table;
}

interface Applied {
  readonly records: Records;
  readonly table: TupleTable;
}

const latestOfList = new WeakMap<readonly FunctionName[], Applied>();

const tablesOfRecords = new WeakMap<Records, Map<string, TupleTable>>();

function findByNames(functions: readonly FunctionName[], records: Records): TupleTable {
  let tables = tablesOfRecords.get(records);
  if (!tables) tablesOfRecords.set(records, (tables = new Map<string, TupleTable>()));
  const names = functions.join(' ');
  const table = tables.get(names) ?? tupleTable(functions, records);
  tables.set(names, table);
  return table;
}

function tupleTable(functions: readonly FunctionName[], records: Records): TupleTable {
  const first = new Int32Array(records.count + 1);
  const keyIds: number[] = [];
  const values: number[] = [];
  const keys: string[] = [];
  const idOf = new Map<string, number>();
  const run = pipeline(functions, (pair) => {
    let keyId = idOf.get(pair.key);
    if (keyId === undefined) {
      keyId = keys.push(pair.key) - 1;
      idOf.set(pair.key, keyId);
    }
    keyIds.push(keyId);
    values.push(pair.value);
  });
  for (let record: RecordId = 0; record < records.count; record++) {
    run(present(records.lines[record], 'the line'));
    first[record + 1] = keyIds.length;
  }
  return {
    first,
    records: recordsOfRows(first),
    keyIds: Int32Array.from(keyIds),
    values: Float64Array.from(values),
    keys,
  };
}

function recordsOfRows(first: Int32Array): Int32Array {
  const records = new Int32Array(first[first.length - 1] as number);
  for (let record: RecordId = 0; record < first.length - 1; record++)
    records.fill(record, first[record], first[record + 1]);
  return records;
}

/** The functions nested into one: each hands its results to the next. */
function pipeline(
  functions: readonly FunctionName[],
  emit: (pair: Pair) => void,
): (line: string) => void {
  const problem = chainProblem(functions);
  assert(problem === null, `a chain is checked before it runs: ${problem?.message ?? ''}`);
  const rows = functions.map((name) => present(recordFunction(name), name));
  // The checker has shown that the types meet, which the compiler cannot see through a list.
  const chained = rows.reduceRight<(value: never) => void>(
    (next, row) => stage(row, next),
    emit as (value: never) => void,
  );
  return chained as unknown as (line: string) => void;
}

function stage(row: RecordFunction, next: (value: never) => void): (value: never) => void {
  return (value) => {
    row.apply(value, next as (value: ValueTypes[keyof ValueTypes]) => void);
  };
}
