import { expose } from 'comlink';
import { benches, playBench } from './benches.ts';
import type { BenchWorker } from './benchProtocol.ts';
import { replay } from './conformance.ts';

// Benches and recordings are no part of a run: whoever only watches one never loads this worker.

const worker: BenchWorker = {
  play(scenario) {
    const { component } = scenario;
    const meaning = benches.find((bench) => bench.component === component)?.meaning ?? '';
    return Promise.resolve({ meaning, result: playBench(scenario) ?? null });
  },
  async recorded() {
    const recordings = await allRecordings();
    return [...recordings].map(([name, recording]) => ({ name, recording }));
  },
  async replay(name) {
    const recording = (await allRecordings()).get(name);
    if (!recording) throw new Error(`There is no recording ${name}.`);
    return replay(name, recording);
  },
};

/** A bench that came by a link needs none of them. */
async function allRecordings() {
  const { recordings } = await import('../reference/recordings.ts');
  return recordings;
}

expose(worker);
