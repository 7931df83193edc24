/**
 * What a program may do with its StreamingContext, and when: put streams together, start once, stop once. A start that
 * is refused stops the context as well, so that it cannot be mended.
 *
 * Follows StreamingContext, DStreamGraph.validate and DStream.persist of Spark Streaming 3.5.
 *
 * A component of its own: the program of a lane starts its context once, and never stops it.
 */
import { refuseWithoutOutput } from './checkpointInterval.ts';

export interface ContextLife {
  state: 'INITIALIZED' | 'ACTIVE' | 'STOPPED';
  outputOperations: number;
}

export type ContextCall = 'start' | 'stop' | 'input' | 'transformation' | 'output' | 'persist';

export function createContextLife(): ContextLife {
  return { state: 'INITIALIZED', outputOperations: 0 };
}

/** Does the call. Returns the message with which it is refused, or null. */
export function call(context: ContextLife, what: ContextCall): string | null {
  const { state } = context;
  switch (what) {
    case 'start':
      return start(context);
    case 'stop':
      context.state = 'STOPPED';
      return null;
    case 'persist':
      return state === 'INITIALIZED'
        ? null
        : 'Cannot change storage level of a DStream after streaming context has started';
    case 'input':
    case 'transformation':
    case 'output':
      if (state !== 'INITIALIZED') {
        const when = state === 'ACTIVE' ? 'starting' : 'stopping';
        return `Adding new inputs, transformations, and output operations after ${when} a context is not supported`;
      }
      if (what === 'output') context.outputOperations++;
      return null;
  }
}

/** A context that is active already only gets a warning. */
function start(context: ContextLife): string | null {
  if (context.state === 'STOPPED') return 'StreamingContext has already been stopped';
  if (context.state === 'ACTIVE') return null;
  const refusal = refuseWithoutOutput(context.outputOperations);
  context.state = refusal === null ? 'ACTIVE' : 'STOPPED';
  return refusal?.message ?? null;
}
