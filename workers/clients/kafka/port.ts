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
 */
export function portOf<Event>(
  env: Environment<Event>,
  process: ProcessId,
  wakes: (clientId: string) => Event,
): KafkaClientPort {
  return new ProcessPort(env, process, wakes);
}

/** A class, because ports are made for every event: one small object each, and no closures. */
class ProcessPort<Event> implements KafkaClientPort {
  readonly env: Environment<Event>;
  readonly process: ProcessId;
  readonly wakes: (clientId: string) => Event;

  constructor(env: Environment<Event>, process: ProcessId, wakes: (clientId: string) => Event) {
    this.env = env;
    this.process = process;
    this.wakes = wakes;
  }

  nowUs(): number {
    return this.env.nowUs;
  }

  send(_clientId: string, broker: string, request: KafkaRequest, bytes: number): void {
    this.env.send(this.process, this.env.process(broker), request, bytes);
  }

  wakeAt(clientId: string, timeUs: number): void {
    this.env.at(this.process, timeUs, this.wakes(clientId));
  }
}
