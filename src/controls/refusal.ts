/** What an engine says to a value it does not take, in its own words, and what the others say to the same. */
export interface Refusal {
  /** The engine's name as the page writes it, e.g. "Spark". */
  readonly engine: string;
  /** The node of the scenario that it is about. */
  readonly node: string;
  readonly colour: 'spark' | 'storm' | 'flink' | 'flume' | 'kafka';
  readonly message: string;
}

export interface Verdict {
  readonly engine: string;
  readonly colour: Refusal['colour'];
  readonly says: string;
}
