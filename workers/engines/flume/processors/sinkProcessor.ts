/**
 * Who drives a runner's sinks (`DefaultSinkProcessor`, `FailoverSinkProcessor`,
 * `LoadBalancingSinkProcessor`, Flume 1.11.0), as the steps of one `process()` call: which sink is
 * called first, and which next after one threw.
 */
import type { RandomStream } from '../../../kernel/random.ts';
import { refuse } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';
import { warn } from '../configuration/report.ts';
import type { Report } from '../configuration/report.ts';
import {
  createFailover,
  failoverSinkAnswered,
  failoverSinkThrew,
  firstFailoverSink,
  readFailover,
} from './failover.ts';
import type { Failover, FailoverSettings } from './failover.ts';
import { createLoadBalance, informFailure, readLoadBalance, sinkOrder } from './loadBalance.ts';
import type { LoadBalance, LoadBalanceSettings } from './loadBalance.ts';

export type ProcessorSettings =
  { readonly type: 'default' } | FailoverSettings | LoadBalanceSettings;

export type SinkProcessor =
  | { type: 'default'; sink: string }
  | { type: 'failover'; failover: Failover }
  | { type: 'load_balance'; balance: LoadBalance; order: string[]; at: number };

/** The sink to call, or why `process()` throws instead. */
export type Call = { readonly sink: string } | { readonly refused: string };

/**
 * @param context the group's `processor.*` properties
 * @throws ConfigurationRefusal, which removes the group and its sinks
 */
export function readProcessor(
  context: Context,
  sinks: readonly string[],
  report: Report,
): ProcessorSettings {
  const type = context.get('type');
  switch (type?.toLowerCase()) {
    case 'default':
      if (sinks.length !== 1) {
        refuse(
          'IllegalArgumentException',
          'DefaultSinkPolicy can only handle one sink, try using a policy that supports multiple sinks',
        );
      }
      return { type: 'default' };
    case 'failover':
      return readFailover(context, sinks, report);
    case 'load_balance':
      return readLoadBalance(context, sinks);
    default:
      warn(report, `Sink Processor type ${String(type ?? null)} is a custom type`);
      return refuse(
        'FlumeException',
        `Unable to load sink processor type: ${String(type ?? null)}, class: null`,
      );
  }
}

export function createProcessor(
  settings: ProcessorSettings,
  sinks: readonly string[],
): SinkProcessor {
  switch (settings.type) {
    case 'default':
      return { type: 'default', sink: sinks[0] as string };
    case 'failover':
      return { type: 'failover', failover: createFailover(settings) };
    case 'load_balance':
      return {
        type: 'load_balance',
        balance: createLoadBalance(settings, sinks),
        order: [],
        at: 0,
      };
  }
}

/** Begins one `process()`. @param random asked for only where chance decides the order */
export function beginProcess(
  processor: SinkProcessor,
  nowMs: number,
  random: () => RandomStream,
): Call {
  switch (processor.type) {
    case 'default':
      return { sink: processor.sink };
    case 'failover':
      return callOr(firstFailoverSink(processor.failover, nowMs), allFailedOver);
    case 'load_balance': {
      const order = sinkOrder(processor.balance, nowMs, random());
      if (!Array.isArray(order)) return order;
      processor.order = order;
      processor.at = 0;
      return callOr(order[0] ?? null, allFailed);
    }
  }
}

/** The called sink answered READY or BACKOFF; both end the call. */
export function sinkAnswered(processor: SinkProcessor, ready: boolean): void {
  if (processor.type === 'failover') failoverSinkAnswered(processor.failover, ready);
}

/** What a processor logs of a sink that threw, before it goes on; null for nothing. */
export function warningOf(processor: SinkProcessor, sink: string): string | null {
  switch (processor.type) {
    case 'default':
      return null;
    case 'failover':
      // One that is tried again after its penalty, and fails again, is put aside in silence.
      if (processor.failover.retried !== null) return null;
      return `Sink ${sink} failed and has been sent to failover list`;
    case 'load_balance':
      return 'Sink failed to consume event. Attempting next sink if available.';
  }
}

/** The called sink threw `message`. */
export function sinkThrew(
  processor: SinkProcessor,
  sink: string,
  message: string,
  nowMs: number,
): Call {
  switch (processor.type) {
    case 'default':
      return { refused: message };
    case 'failover':
      return callOr(failoverSinkThrew(processor.failover, nowMs), allFailedOver);
    case 'load_balance':
      informFailure(processor.balance, sink, nowMs);
      processor.at++;
      return callOr(processor.order[processor.at] ?? null, allFailed);
  }
}

const allFailedOver = 'All sinks failed to process, nothing left to failover to';
const allFailed = 'All configured sinks have failed';

function callOr(sink: string | null, refused: string): Call {
  return sink === null ? { refused } : { sink };
}
