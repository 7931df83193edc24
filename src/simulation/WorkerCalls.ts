import type { Remote } from 'comlink';
import type { LiveWorker } from './startWorker.ts';

/** A call may take so long before the worker counts as stuck. Each does a bounded piece of work, far below this. */
const STUCK_AFTER_MS = 20_000;

/** The worker died or did not answer; it has been replaced. */
export class WorkerFailure extends Error {}

/**
 * Calls to a worker that always settle: a Comlink call never does once its worker is gone, so every call races against
 * the worker's failure and a watchdog. After a failure the next call finds a fresh worker.
 */
export class WorkerCalls<Protocol> {
  readonly #start: () => LiveWorker<Protocol>;
  #worker: LiveWorker<Protocol> | null = null;

  /** @param start starts the worker, once there is a call for it */
  constructor(start: () => LiveWorker<Protocol>) {
    this.#start = start;
  }

  /** Starts the worker before it is called: it loads while the page draws itself. */
  start(): void {
    this.#worker ??= this.#start();
  }

  /**
   * @param isLong for the one call that may take long, reading a file: it yields and can be cancelled
   * @throws WorkerFailure when the worker died or is stuck; whatever the worker itself threw, as it was
   */
  async call<T>(
    ask: (remote: Remote<Protocol>) => Promise<T>,
    { isLong = false } = {},
  ): Promise<T> {
    const worker = (this.#worker ??= this.#start());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stuck = new Promise<never>((_resolve, reject) => {
      if (isLong) return;
      timer = setTimeout(() => {
        reject(new WorkerFailure('The simulation did not answer and was ended.'));
      }, STUCK_AFTER_MS);
    });
    const dead = worker.failed.then((reason): never => {
      throw new WorkerFailure(`The simulation stopped: ${reason}.`);
    });
    try {
      return await Promise.race([ask(worker.remote), stuck, dead]);
    } catch (error) {
      if (error instanceof WorkerFailure) this.#replace(worker);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the worker and whatever it was doing. */
  end(): void {
    if (this.#worker) this.#replace(this.#worker);
  }

  #replace(worker: LiveWorker<Protocol>): void {
    worker.terminate();
    if (this.#worker === worker) this.#worker = null;
  }
}
