/** The bench of a Trident stream's window: what it emits with which batch. */
import * as v from 'valibot';
import {
  commitWindows,
  createWindowsStore,
  finishBatch,
  openTridentWindow,
  refuseTridentWindow,
  type EmittedWindow,
  type TridentWindow,
  type TridentWindowConfig,
} from '../../trident/tridentWindow.ts';
import { benchOf } from '../../../../kernel/bench.ts';
import { natural } from '../schemas.ts';

interface WindowBench {
  window: TridentWindow;
  nowMs: number;
  emitted: readonly EmittedWindow[];
}

const positive = v.pipe(natural, v.minValue(1));
const storesTuples = v.optional(v.boolean(), false);

export const tridentWindow = benchOf({
  component: 'storm/trident-window',
  meaning:
    'The window of a Trident stream, with an aggregator that lists its tuples. Configuration: window, windowLength and slideLength (tuples, or milliseconds), storesTuples, whether a store outside the worker keeps the tuples. Steps: batch of txid and attempt with its tuples, at a time; commit of txid; restart. Answers: the windows that the batch emits, by the number of their firing, and the firings whose results are stored.',
  config: v.variant('window', [
    v.strictObject({
      window: v.picklist(['TumblingCountWindow', 'TumblingDurationWindow']),
      windowLength: positive,
      storesTuples,
    }),
    v.strictObject({
      window: v.picklist(['SlidingCountWindow', 'SlidingDurationWindow']),
      windowLength: positive,
      slideLength: positive,
      storesTuples,
    }),
  ]),
  step: v.variant('do', [
    v.strictObject({
      do: v.literal('batch'),
      txid: natural,
      attempt: natural,
      tuples: v.array(v.string()),
      nowMs: v.optional(natural),
    }),
    v.strictObject({ do: v.literal('commit'), txid: natural }),
    v.strictObject({ do: v.literal('restart'), nowMs: v.optional(natural) }),
  ]),
  refusal: (config) => refuseTridentWindow(windowConfig(config)),
  create: (config): WindowBench => ({
    window: openTridentWindow(windowConfig(config), createWindowsStore(), config.storesTuples, 0),
    nowMs: 0,
    emitted: [],
  }),
  play(bench, step, config) {
    const { window } = bench;
    if (step.do === 'commit') {
      commitWindows(window.store, step.txid, bench.emitted);
      return { stored: storedIn(window) };
    }
    bench.nowMs = step.nowMs ?? bench.nowMs;
    if (step.do === 'restart') {
      // What is only in memory goes with the worker.
      const store = window.storesTuples ? window.store : createWindowsStore();
      bench.window = openTridentWindow(
        windowConfig(config),
        store,
        window.storesTuples,
        bench.nowMs,
      );
      bench.emitted = [];
      return { stored: storedIn(bench.window) };
    }
    bench.emitted = finishBatch(window, step, step.tuples, bench.nowMs);
    const emitted = bench.emitted.map(({ trigger, values }) => [trigger, values]);
    return { emitted, stored: storedIn(window) };
  },
});

function windowConfig(config: {
  readonly window: string;
  readonly windowLength: number;
  readonly slideLength?: number;
}): TridentWindowConfig {
  const { window, windowLength, slideLength = windowLength } = config;
  return { windowLength, slideLength, isDuration: window.endsWith('DurationWindow') };
}

function storedIn({ store }: TridentWindow): number[] {
  return [...store.results.keys()].toSorted((a, b) => a - b);
}
