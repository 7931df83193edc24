/**
 * A Storm topology (2.8.8) that reads a topic: KafkaSpout → parsing bolt → windowed bolt, with ackers.
 *
 * Each record that the spout emits becomes the root of a tree of tuples. Bolts ack what they are done
 * with, ackers fold the acks into one number a tree, and the spout commits an offset when the trees up
 * to it are complete. There are no batches and no snapshots: a tuple flows through by itself, and what a
 * worker held when it died is read again from the last committed offset.
 */
import { assert, present } from '../../kernel/assert.ts';
import { clonePlain } from '../../kernel/clone.ts';
import type { Engine } from '../../kernel/engine.ts';
import {
  anatomyOf,
  gaugesOf,
  countPart,
  partOf,
  pipeId,
  pipesOf,
  placedTasks,
  resultsPart,
  workerName,
  workerNames,
} from './anatomy.ts';
import { claims } from './claims.ts';
import type { StormConfig } from './config.ts';
import { executeCount } from './countBolt.ts';
import { stormKnobs } from './knobs.ts';
import { omissions } from './omissions.ts';
import { executeParse } from './parseBolt.ts';
import { programTextOf } from './programText.ts';
import { refusalsOf } from './refusals.ts';
import { atAcker, atSpout, onTick, wakeSpout } from './reliability.ts';
import { receiveMessage, wakeClient } from './spoutClient.ts';
import { createTreeLog, createTupleLog } from './logs.ts';
import { nextTuple, onCommitTimer, onConsumerEvent } from './spoutExecutor.ts';
import type { StormEnvironment, StormEvent, StormState } from './state.ts';
import { tasksOf, type PlacedTask } from './topology/placement.ts';
import { countOf, processOf, receiveTuple, spoutOf } from './transfer.ts';
import { viewOf } from './view.ts';
import { onWatermark, onWindowTimer } from './windowCount.ts';
import { killWorker } from './workerCrash.ts';
import { startWorker } from './workers.ts';

export const stormEngine: Engine<StormConfig, StormState, StormEvent> = {
  type: 'storm',
  version: 'Apache Storm 2.8.8',
  omissions,
  knobs: stormKnobs,
  claims,

  refusals: refusalsOf,
  processes: workerNames,
  anatomy: anatomyOf,
  pipes: pipesOf,
  gauges: gaugesOf,
  programText: programTextOf,

  start(config, env) {
    const placed = placedTasks(config);
    const parts = placed.map(({ task }) => partOf(config, placed, task));
    const count = countPart(config.id);
    const isAtLeastOnce = config.processingGuarantee === 'AT_LEAST_ONCE';
    const ackerTasks = tasksOf(placed, '__acker').map(({ task }) => task);
    const state: StormState = {
      config,
      isAtLeastOnce,
      areTreesAcked: isAtLeastOnce && ackerTasks.length > 0,
      placed,
      workerOf: [-1, ...placed.map(({ worker }) => worker)],
      processOf: [
        -1,
        ...placed.map(({ worker }) => env.process(`${config.id}/${workerName(worker)}`)),
      ],
      ackerTasks,
      spoutTasks: tasksOf(placed, 'spout').map(({ task }) => task),
      trees: createTreeLog(env.records.count),
      tuples: createTupleLog(env.records.count),
      random: clonePlain(env.random('ids and groupings')),
      workers: workerNames(config).map((name) => ({
        process: env.process(`${config.id}/${name}`),
        isUp: false,
        life: 0,
      })),
      tasks: [null, ...placed.map(() => null)],
      parts: [-1, ...parts.map((part) => env.trace.part(part))],
      pipes: pipeNumbers(config, placed, env),
      openGauges: [
        -1,
        ...placed.map(({ component }, i) =>
          component === '__acker' ? env.trace.gaugeId(`${present(parts[i], 'the part')}:open`) : -1,
        ),
      ],
      resultsPart: env.trace.part(resultsPart(config.id)),
      stateGauge: env.trace.gaugeId(`${count}:state`),
      watermarkGauge: env.trace.gaugeId(`${count}:watermark`),
      untracked: new Map(),
      firedWindow: 0,
      log: [],
    };
    state.workers.forEach((_, worker) => startWorker(state, env, worker));
    return state;
  },

  handle(state, _process, event, env) {
    switch (event.type) {
      case 'worker started':
        return startWorker(state, env, event.worker);
      case 'client wakes':
        return wakeClient(state, env, event.clientId, onConsumerEvent);
      case 'next tuple':
        return nextTuple(state, env, spoutOf(state, event.task));
      case 'commit timer':
        return onCommitTimer(state, env, spoutOf(state, event.task));
      case 'retry':
        return wakeSpout(state, env, spoutOf(state, event.task));
      case 'arrive':
        return receiveTuple(state, env, event.task, event.tuple);
      case 'execute':
        return executeTask(state, env, event.task);
      case 'to acker':
        return atAcker(state, env, event.task, event.tree, event.value, event.spoutTask);
      case 'to spout':
        return atSpout(state, env, event.task, event.tree);
      case 'tick':
        return onTick(state, env, event.task);
      case 'watermark timer':
        env.after(processOf(state, event.task), watermarkIntervalUs(state), event);
        return onWatermark(state, env, countOf(state, event.task));
      case 'window timer':
        env.after(
          processOf(state, event.task),
          present(state.config.program.slideIntervalMs, 'the slide') * 1000,
          event,
        );
        return onWindowTimer(state, env, countOf(state, event.task));
    }
  },

  receive(state, process, from, message, env) {
    receiveMessage(state, env, process, from, message, onConsumerEvent);
  },

  crash(state, process, env) {
    killWorker(state, env, workerIndex(state, process));
  },

  restart(state, process, env) {
    env.after(process, env.costs.stormStartUs, {
      type: 'worker started',
      worker: workerIndex(state, process),
    });
  },

  view: viewOf,
};

function executeTask(state: StormState, env: StormEnvironment, task: number): void {
  const found = state.tasks[task];
  if (found?.kind === 'parse') executeParse(state, env, found);
  if (found?.kind === 'count') executeCount(state, env, found);
}

function watermarkIntervalUs(state: StormState): number {
  return state.config['topology.bolts.watermark.event.interval.ms'] * 1000;
}

function workerIndex(state: StormState, process: number): number {
  const index = state.workers.findIndex((worker) => worker.process === process);
  assert(index >= 0, 'the process is one of its workers');
  return index;
}

/** Numbers of the pipes between the lane's tasks: from, to; −1 where there is none. */
function pipeNumbers(
  config: StormConfig,
  placed: readonly PlacedTask[],
  env: StormEnvironment,
): number[][] {
  const ids = [0, ...placed.map(({ task }) => task)];
  const numbers = ids.map(() => ids.map(() => -1));
  const join = (fromComponent: string, toComponent: string) => {
    for (const { task: from } of tasksOf(placed, fromComponent)) {
      const row = present(numbers[from], 'the row of the task');
      for (const { task: to } of tasksOf(placed, toComponent)) {
        row[to] = env.trace.pipe(pipeId(partOf(config, placed, from), partOf(config, placed, to)));
      }
    }
  };
  join('spout', 'parse');
  join('parse', 'count');
  return numbers;
}
