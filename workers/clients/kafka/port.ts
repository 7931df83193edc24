import type { Environment, ProcessId } from '../../kernel/environment.ts';
import type { KafkaRequest } from '../../wire/kafka.ts';

/**
 * What a Kafka client needs of the process that embeds it. The client passes its own id, so that one
 * port serves every client of a process.
 */
export interface KafkaClientPort {
  /** Microseconds from the start of the run. */
  nowUs(): number;
  /** Sends a request to a broker, by the full name of its process. */
  send(clientId: string, broker: string, request: KafkaRequest, bytes: number): void;
  /** Asks for one call of the client's `onTimer` at `timeUs`; a call too many does no harm. */
  wakeAt(clientId: string, timeUs: number): void;
}

/**
 * The port of a process of the simulation.
 *
 * @param wakes the engine's own event that calls `onTimer` of that client
 * @param sent told of every request with its due time in µs (or LOST): where a producer's engine traces
 *   the hops of the records in it
 */
export function portOf<Event>(
  env: Environment<Event>,
  process: ProcessId,
  wakes: (clientId: string) => Event,
  sent?: (clientId: string, request: KafkaRequest, dueUs: number) => void,
): KafkaClientPort {
  return new ProcessPort(env, process, wakes, sent ?? null);
}

/** A class, because ports are made for every event: one small object each, and no closures. */
class ProcessPort<Event> implements KafkaClientPort {
  readonly env: Environment<Event>;
  readonly process: ProcessId;
  readonly wakes: (clientId: string) => Event;
  readonly sent: ((clientId: string, request: KafkaRequest, dueUs: number) => void) | null;

  constructor(
    env: Environment<Event>,
    process: ProcessId,
    wakes: (clientId: string) => Event,
    sent: ((clientId: string, request: KafkaRequest, dueUs: number) => void) | null,
  ) {
    this.env = env;
    this.process = process;
    this.wakes = wakes;
    this.sent = sent;
  }

  nowUs(): number {
    return this.env.nowUs;
  }

  send(clientId: string, broker: string, request: KafkaRequest, bytes: number): void {
    const dueUs = this.env.send(this.process, this.env.process(broker), request, bytes);
    this.sent?.(clientId, request, dueUs);
  }

  wakeAt(clientId: string, timeUs: number): void {
    this.env.at(this.process, timeUs, this.wakes(clientId));
  }
}
