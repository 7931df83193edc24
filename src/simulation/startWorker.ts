import { wrap, type Remote } from 'comlink';
import workerUrl from '../../workers/simulation.worker.ts?worker&url';
import type { SimulationWorker } from '../../workers/protocol.ts';

// Trusted Types: the only script URL that the page ever makes is this one of its own origin.
const policy = window.trustedTypes?.createPolicy('stream-table-worker', {
  createScriptURL(url: string) {
    if (new URL(url, location.href).origin !== location.origin)
      throw new TypeError('A worker of another origin');
    return url;
  },
});

/** A simulation worker that can be ended. */
export interface LiveWorker {
  readonly remote: Remote<SimulationWorker>;
  /** Settles only when the worker fails: with the reason. */
  readonly failed: Promise<string>;
  terminate(): void;
}

/** Starts a worker. The one place of the page that does. */
export function startWorker(): LiveWorker {
  const url = (policy?.createScriptURL(workerUrl) ?? workerUrl) as string;
  const worker = new Worker(url, { type: 'module' });
  const failed = new Promise<string>((resolve) => {
    worker.onerror = (event) => {
      event.preventDefault();
      resolve(event.message || 'it could not be started');
    };
    worker.onmessageerror = () => {
      resolve('a message could not be read');
    };
  });
  return {
    remote: wrap<SimulationWorker>(worker),
    failed,
    terminate: () => {
      worker.terminate();
    },
  };
}
