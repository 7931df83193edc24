// A chain of record functions in the words of the engines' users: the lines that a PySpark, a Flink
// and a Storm program have for it. The engines put their own program around these lines.

import { present } from '../kernel/assert.ts';
import { recordFunction, type FunctionName } from './table.ts';
import type { RecordFunction, ValueType } from './types.ts';

/** One line a function: `.map(lambda word: (word, 1))`. */
export function pythonChain(functions: readonly FunctionName[]): string[] {
  return rowsOf(functions).map((row) => `.${row.kind}(${row.text.python})`);
}

/** The definitions that the chain names, one text each. */
export function pythonHelpers(functions: readonly FunctionName[]): string[] {
  return distinct(rowsOf(functions).map((row) => row.text.pythonHelper));
}

/** One line a function, on a DataStream: `.map(word -> new Pair(word, 1))`. */
export function flinkChain(functions: readonly FunctionName[]): string[] {
  return rowsOf(functions).map((row) => {
    if (row.kind !== 'flatMap') return `.${row.kind}(${row.takes} -> ${row.text.java})`;
    const [takes, gives] = [JAVA_TYPES[row.takes], JAVA_TYPES[row.gives]];
    // Java erases the collector's type, so Flink has to be told it.
    return (
      `.flatMap((${takes} ${row.takes}, Collector<${gives}> out) -> ` +
      `${row.text.java}.forEach(out::collect)).returns(${gives}.class)`
    );
  });
}

/** What a bolt's `execute(Tuple tuple)` does: each pair is emitted, anchored to the tuple. */
export function stormExecute(functions: readonly FunctionName[]): string[] {
  const lines = ['String line = tuple.getStringByField("value");'];
  const declared = new Set<ValueType>(['line']);
  let depth = 0;
  const write = (text: string) => lines.push('  '.repeat(depth) + text);
  for (const row of rowsOf(functions)) {
    const target = `${declared.has(row.gives) ? '' : `${JAVA_TYPES[row.gives]} `}${row.gives}`;
    if (row.kind === 'map') {
      write(`${target} = ${row.text.java};`);
    } else {
      write(
        row.kind === 'filter' ? `if (${row.text.java}) {` : `for (${target} : ${row.text.java}) {`,
      );
      depth++;
    }
    declared.add(row.gives);
  }
  write('collector.emit(tuple, new Values(pair.key(), pair.value()));');
  while (depth > 0) {
    depth--;
    write('}');
  }
  write('collector.ack(tuple);');
  return lines;
}

/** The Java members that the chain names, one text each. */
export function javaHelpers(functions: readonly FunctionName[]): string[] {
  return [
    'record Pair(String key, int value) {}',
    ...distinct(rowsOf(functions).map((row) => row.text.javaHelper)),
  ];
}

const JAVA_TYPES: Record<ValueType, string> = {
  line: 'String',
  request: 'Request',
  word: 'String',
  pair: 'Pair',
};

function rowsOf(functions: readonly FunctionName[]): RecordFunction[] {
  return functions.map((name) => present(recordFunction(name), `the function ${name}`));
}

function distinct(texts: readonly (string | null)[]): string[] {
  return [...new Set(texts.filter((text) => text !== null))];
}
