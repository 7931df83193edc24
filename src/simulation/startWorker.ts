import { wrap, type Remote } from 'comlink';
import type { BenchWorker } from '../../workers/benchProtocol.ts';
import benchUrl from '../../workers/bench.worker.ts?worker&url';
import type { SimulationWorker } from '../../workers/protocol.ts';
import simulationUrl from '../../workers/simulation.worker.ts?worker&url';

// Trusted Types: the only script URLs that the page ever makes are these of its own origin.
const policy = window.trustedTypes?.createPolicy('stream-table-worker', {
  createScriptURL(url: string) {
    if (new URL(url, location.href).origin !== location.origin)
      throw new TypeError('A worker of another origin');
    return url;
  },
});

/** A worker that can be ended. */
export interface LiveWorker<Protocol> {
  readonly remote: Remote<Protocol>;
  /** Settles only when the worker fails: with the reason. */
  readonly failed: Promise<string>;
  terminate(): void;
}

export const startSimulationWorker = () => startWorker<SimulationWorker>(simulationUrl);
export const startBenchWorker = () => startWorker<BenchWorker>(benchUrl);

/** Starts a worker. The one place of the page that does. */
function startWorker<Protocol>(script: string): LiveWorker<Protocol> {
  const url = (policy?.createScriptURL(script) ?? script) as string;
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
    remote: wrap<Protocol>(worker),
    failed,
    terminate: () => {
      worker.terminate();
    },
  };
}
