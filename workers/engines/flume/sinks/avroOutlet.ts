/** An avro sink at work: one RPC for a batch, and its answer. */
import type { AvroEvent } from '../../../wire/avro.ts';
import type { AgentEnvironment } from '../agentLog.ts';
import type { AgentState, Outlet, Sink } from '../agentState.ts';
import type { FlumeEvent } from '../event.ts';
import type { AvroSinkSettings } from './avro.ts';
import type { OutletAnswer } from './outlets.ts';

type AvroOutlet = Outlet & { kind: 'avro' };

const failed: OutletAnswer = { is: 'failed', message: 'Failed to send events' };

export function sendAvroBatch(
  state: AgentState,
  sink: Sink,
  outlet: AvroOutlet,
  events: readonly FlumeEvent[],
  env: AgentEnvironment,
): OutletAnswer {
  const { port, requestTimeoutMs } = sink.configured.settings as AvroSinkSettings;
  outlet.request = state.nextRequest++;
  outlet.giveUpUs = env.nowUs + requestTimeoutMs * 1000;
  const bytes = events.reduce((sum, event) => sum + event.bodyBytes, 0);
  const dueUs = env.send(
    state.process,
    outlet.peer,
    { type: 'avro.append-batch', request: outlet.request, port, events: events.map(avroEvent) },
    bytes,
  );
  if (dueUs >= 0) {
    for (const { recordId } of events) {
      if (recordId >= 0) env.trace.send(outlet.pipe, recordId, dueUs);
    }
  }
  return { is: 'pending', giveUpUs: outlet.giveUpUs };
}

/** A header that is null cannot travel: the other side finds an empty text. */
function avroEvent({ headers, body, recordId: record }: FlumeEvent): AvroEvent {
  return { headers: [...headers].map(([key, value]) => [key, value ?? '']), body, record };
}

export function avroAnswer(outlet: AvroOutlet, overdue: boolean): OutletAnswer {
  if (outlet.answer === 'OK') return { is: 'done' };
  if (outlet.answer === 'FAILED' || overdue) return failed;
  return { is: 'pending', giveUpUs: outlet.giveUpUs };
}

export function beginAvro(outlet: AvroOutlet): void {
  outlet.request = -1;
  outlet.answer = null;
}
