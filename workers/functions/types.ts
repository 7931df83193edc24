// What the record functions take and give. A chain begins with lines and ends with pairs.

import type { Request } from '../input/accessLog.ts';

/** What an aggregation counts: a key and a number. */
export interface Pair {
  readonly key: string;
  readonly value: number;
}

export interface ValueTypes {
  /** A record's value as it comes out of the topic. */
  line: string;
  request: Request;
  word: string;
  pair: Pair;
}

export type ValueType = keyof ValueTypes;

/** How many results an input has: one, one or none, any number. Named as the engines name the operators. */
export type OperatorKind = 'map' | 'filter' | 'flatMap';

interface FunctionText {
  /** The argument of the PySpark operator: a lambda or the name of a helper. */
  readonly python: string;
  /** The def that `python` names, or null. */
  readonly pythonHelper: string | null;
  /** A Java expression over a variable named after the type taken. */
  readonly java: string;
  /** The Java members that `java` names, or null. */
  readonly javaHelper: string | null;
}

/** One row of the table: the same function for every engine, in the simulator's and in its user's words. */
export interface RecordFunction<
  Name extends string = string,
  In extends ValueType = ValueType,
  Out extends ValueType = ValueType,
> {
  readonly name: Name;
  readonly kind: OperatorKind;
  readonly takes: In;
  readonly gives: Out;
  readonly meaning: string;
  readonly text: FunctionText;
  /** Hands each result to `emit`. */
  readonly apply: (input: ValueTypes[In], emit: (output: ValueTypes[Out]) => void) => void;
}
