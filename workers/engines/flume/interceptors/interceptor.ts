/** What an interceptor may know besides the event. */
export interface Surroundings {
  /** The agent's clock, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** The name of the agent's machine. */
  readonly host: string;
}
