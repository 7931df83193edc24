/** The hops of one pipe in the order in which they were sent, in columns; times in simulated microseconds. */
export interface LinkHops {
  readonly count: number;
  readonly record: Int32Array;
  readonly sentUs: Float64Array;
  /** When it arrives. */
  readonly dueUs: Float64Array;
}
