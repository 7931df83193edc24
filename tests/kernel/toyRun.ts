import { recordsFromRows } from '../../workers/input/records.ts';
import { costsWith } from '../../workers/kernel/costs.ts';
import type { Engine } from '../../workers/kernel/engine.ts';
import type { Fault } from '../../workers/kernel/faults.ts';
import {
  createKernel,
  type Kernel,
  type KernelSetup,
  type Keyframe,
} from '../../workers/kernel/kernel.ts';
import { nextUint32 } from '../../workers/kernel/random.ts';
import { createLossBook } from '../../workers/results/losses.ts';
import { createRecorder, type OwnedRecorder } from '../../workers/trace/recorder.ts';

/**
 * Two processes that play ping-pong over a link of 10 µs: `left` serves a ball every 100 µs, `right` returns it. What each
 * hears stands in the state, so that a test can read the story.
 */
export interface ToyState {
  readonly heard: string[];
  served: number;
  rolls: number[];
}

type ToyEvent = { readonly type: 'serve' };

const toy: Engine<null, ToyState, ToyEvent> = {
  type: 'toy',
  version: 'none',
  omissions: [],
  knobs: [],
  claims: [],
  refusals: () => [],
  processes: () => ['left', 'right'],
  anatomy: () => ({ parts: [], gauges: [], series: [] }),
  pipes: () => [],
  programText: () => null,
  start(_config, env) {
    env.after(0, 100, { type: 'serve' });
    return { heard: [], served: 0, rolls: [] };
  },
  handle(state, process, _event, env) {
    state.served += 1;
    state.rolls.push(nextUint32(env.random('die')));
    env.send(process, 1, { type: 'line', record: state.served });
    env.after(process, 100, { type: 'serve' });
  },
  receive(state, process, from, message, env) {
    const what = message.type === 'line' ? `ball ${String(message.record)}` : message.type;
    state.heard.push(`${String(env.nowUs)} ${env.processName(process)}: ${what}`);
    env.trace.mark(0, what);
    if (message.type === 'line' && process === 1) env.send(1, from, message);
  },
  crash(state, process, env) {
    state.heard.push(`${String(env.nowUs)} ${env.processName(process)} dies`);
  },
  restart(state, process, env) {
    state.heard.push(`${String(env.nowUs)} ${env.processName(process)} is back`);
    if (process === 0) env.after(0, 100, { type: 'serve' });
  },
  view: () => ({ title: '', facts: [], settings: [], tables: [], log: [] }),
};

export interface ToyRun {
  readonly kernel: Kernel;
  readonly recorder: OwnedRecorder;
  readonly state: ToyState;
}

export function toyRun(faults: readonly Fault[] = [], from?: Keyframe): ToyRun {
  const part = {
    id: 'toy/table',
    node: 'toy',
    process: 'toy/left',
    glyph: 'operator',
    label: 'table',
    detail: '',
    holds: 'nothing',
    capacity: null,
    changedDefaults: [],
  } as const;
  const down = ['left', 'right'].map((name) => ({
    id: `toy/${name}:down`,
    node: 'toy',
    what: 'down' as const,
    label: name,
  }));
  const recorder = createRecorder({ parts: [part], pipes: [], gauges: [], series: down });
  const setup: KernelSetup = {
    seed: 1,
    startEpochMs: 0,
    graph: {
      node: () => undefined,
      parts: () => [],
      partitions: () => [],
      processes: () => [],
    },
    records: recordsFromRows('none', []),
    costs: costsWith({}),
    members: [{ node: 'toy', engine: toy, config: null, results: null }],
    processNames: ['toy/left', 'toy/right'],
    memberOf: [0, 0],
    markPartOf: [0, 0],
    downSeriesOf: [0, 1],
    faults,
    speed: () => ({ latencyUs: 10, bytesPerSecond: 1e9 }),
    recorder,
    shared: createLossBook(() => recorder.nowUs),
  };
  const kernel = createKernel(setup, from);
  return { kernel, recorder, state: kernel.state('toy') as ToyState };
}
