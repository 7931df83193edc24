/** What the inspector shows of a Storm lane's parts. */
import { present } from '../../kernel/assert.ts';
import type { PartTable, PartView } from '../../kernel/engine.ts';
import { openTrees } from './acking/acker.ts';
import { ageOf, keysOf } from './acking/rotatingMap.ts';
import { partOf, workerName } from './anatomy.ts';
import { settings } from './changedDefaults.ts';
import { ACKED, IN_TOPOLOGY, offsetsWith } from './kafkaSpout/offsetMarks.ts';
import type {
  AckerTask,
  CountTask,
  ParseTask,
  SpoutTask,
  StormEnvironment,
  StormState,
  Task,
  Windows,
} from './state.ts';
import type { PlacedTask } from './topology/placement.ts';
import { queuedCount } from './windowing/eventQueue.ts';

type Facts = readonly (readonly [string, string])[];

export function viewOf(state: Readonly<StormState>, part: string, env: StormEnvironment): PartView {
  const placed = state.placed.find(({ task }) => partOf(state.config, state.placed, task) === part);
  if (!placed) return { title: 'Results', facts: [], settings: [], tables: [], log: [] };
  const task = state.tasks[placed.task] ?? null;
  return {
    title: `${placed.component} (task ${String(placed.task)})`,
    facts: [
      ['worker', workerName(placed.worker)],
      ...(task === null ? ([['state', 'its worker is down']] as const) : factsOf(task, state, env)),
    ],
    settings: settingsOf(state, placed),
    tables: task === null ? [] : tablesOf(task, state, env),
    log: state.log,
  };
}

function settingsOf(state: Readonly<StormState>, placed: PlacedTask): PartView['settings'] {
  return settings
    .filter(({ component }) => component === placed.component)
    .map((setting) => {
      const { key, fallback } = setting;
      const value = setting.value(state.config);
      return value === fallback ? { key, value } : { key, value, fallback };
    });
}

function factsOf(task: Task, state: Readonly<StormState>, env: StormEnvironment): Facts {
  switch (task.kind) {
    case 'spout':
      return spoutFacts(task);
    case 'parse':
      return [queueFact(task)];
    case 'count':
      return countFacts(task, state, env);
    case 'acker':
      return ackerFacts(task);
  }
}

function spoutFacts(spout: SpoutTask): Facts {
  return [
    ['open trees', String(spout.pending.size)],
    ['waits for a commit', spout.awaitsCommit ? 'yes' : 'no'],
  ];
}

function countFacts(count: CountTask, state: Readonly<StormState>, env: StormEnvironment): Facts {
  if (count.windows === null) return [queueFact(count), ['keys', String(count.totals.size)]];
  const { manager, waterMarks } = count.windows.bolt;
  const { trigger } = manager;
  const facts: (readonly [string, string])[] = [
    queueFact(count),
    ['tuples in the window', String(queuedCount(manager.queue))],
  ];
  if (waterMarks !== null) facts.push(['watermark', timeText(waterMarks.lastWaterMarkMs, env)]);
  if (trigger.kind === 'WatermarkTimeTriggerPolicy')
    facts.push(['next window ends', timeText(trigger.nextWindowEndMs, env)]);
  facts.push(['windows fired up to number', String(state.firedWindow)]);
  return facts;
}

function ackerFacts({ acker }: AckerTask): Facts {
  return [['open trees', String(openTrees(acker))]];
}

function queueFact({ executor: { queue } }: ParseTask | CountTask): readonly [string, string] {
  return ['receive queue', String(queue.size)];
}

/** The rows of a table that is meant to be read, not to be complete. */
const rowsShown = 50;

function tablesOf(task: Task, state: Readonly<StormState>, env: StormEnvironment): PartTable[] {
  if (task.kind === 'spout') return [offsetsTable(task, state)];
  if (task.kind === 'acker') return [ledgerTable(task, state)];
  if (task.kind === 'count' && task.windows !== null) return [queueTable(task.windows, state, env)];
  return [];
}

function offsetsTable(spout: SpoutTask, state: Readonly<StormState>): PartTable {
  return {
    title: 'Partitions',
    columns: ['partition', 'committed', 'in the topology', 'acked, not committed', 'failed'],
    rows: spout.partitions.map(({ number, offsets, failures }) => [
      `${state.config.source.topic}-${String(number)}`,
      String(offsets.committedOffset),
      String(offsetsWith(offsets.marks, IN_TOPOLOGY).length),
      String(offsetsWith(offsets.marks, ACKED).length),
      String(failures.size),
    ]),
  };
}

function ledgerTable({ acker }: AckerTask, { trees }: Readonly<StormState>): PartTable {
  const { pending, columns } = acker;
  const open = keysOf(pending).sort((a, b) => ageOf(pending, a) - ageOf(pending, b) || a - b);
  return {
    title: 'Ledger, the newest',
    columns: ['root', 'value', 'spout task', 'bucket'],
    rows: open.slice(-rowsShown).map((tree) => {
      const spoutTask = present(columns.spoutTask[tree], 'its spout task');
      return [
        present(trees.columns.root[tree], 'its root').toString(16),
        present(columns.value[tree], 'its value').toString(16),
        spoutTask < 0 ? 'unknown' : String(spoutTask),
        String(ageOf(pending, tree)),
      ];
    }),
  };
}

function queueTable(
  windows: Windows,
  state: Readonly<StormState>,
  env: StormEnvironment,
): PartTable {
  const { tuples, columns, head } = windows.bolt.manager.queue;
  const from = Math.max(head, tuples.length - rowsShown);
  return {
    title: 'Queue, in order of arrival, the newest',
    columns: ['time', 'record', 'line'],
    rows: tuples.slice(from).map((tuple, i) => {
      const record = present(state.tuples.columns.record[tuple], 'its record');
      const time = timeText(present(columns.tsMs[from + i], 'its time'), env);
      return [time, String(record), env.records.lines[record] ?? ''];
    }),
  };
}

/** Both clocks: the run's, and the one that Storm sees. A bolt's times are 0 before its first tuple. */
function timeText(epochMs: number, env: StormEnvironment): string {
  if (epochMs === 0) return 'none yet';
  return `${String((epochMs - env.startEpochMs) / 1000)} s (${String(epochMs)})`;
}
