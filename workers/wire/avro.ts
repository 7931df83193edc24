import type { RecordId } from '../trace/format.ts';

/** An event as `AvroFlumeEvent` carries it between agents. */
export interface AvroEvent {
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** The row of the run's input that it carries, or −1. */
  readonly record: RecordId;
}

/** Flume's Avro protocol between agents (`AvroSourceProtocol`, 1.11.0). */
export type AvroMessage =
  | {
      readonly type: 'avro.append-batch';
      readonly request: number;
      /** The TCP port, which says which source of the agent is meant. */
      readonly port: number;
      readonly events: readonly AvroEvent[];
    }
  | {
      readonly type: 'avro.status';
      readonly request: number;
      readonly status: 'OK' | 'FAILED';
    };
