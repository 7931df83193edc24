/** What the inspector shows of a Flink lane's parts, in the words of Flink's own dashboard. */
import { itemAt } from '../../kernel/appendLog.ts';
import type { PartTable, PartView } from '../../kernel/engine.ts';
import { checkpointsPart, resultsPart, sourcePart } from './anatomy.ts';
import type { FlinkConfig } from './config.ts';
import type { FlinkEnvironment, FlinkState } from './job.ts';
import { latestCheckpoint } from './jobManager.ts';
import { keyGroupRange } from './keyGroups.ts';
import { LONG_MIN } from './long.ts';

const ROWS = 50;

type Setting = PartView['settings'][number];

export function viewOf(state: Readonly<FlinkState>, part: string, env: FlinkEnvironment): PartView {
  const { id } = state.config;
  if (part === checkpointsPart(id)) return viewOfCheckpoints(state);
  if (part === resultsPart(id)) return viewOfResults(state);
  for (let subtask = 0; subtask < state.parallelism; subtask++)
    if (part === sourcePart(id, subtask)) return viewOfSource(state, subtask, env);
  const subtask = Number(part.slice(part.lastIndexOf('-') + 1)) - 1;
  return viewOfWindows(state, subtask, env);
}

function viewOfSource(state: FlinkState, subtask: number, env: FlinkEnvironment): PartView {
  const task = state.sources[subtask] ?? null;
  const { config } = state;
  const waiting = task?.outputs.reduce((sum, { elements }) => sum + elements.length, 0) ?? 0;
  return {
    title: `Source: ${config.source.topic} (${subtask + 1}/${state.parallelism})`,
    facts: [
      ['status', statusOf(state, task !== null)],
      ['watermark', watermarkText(task?.watermarks.combinedMs ?? LONG_MIN, env)],
      ['in output buffers', `${waiting} elements`],
    ],
    settings: [
      setting(config, 'execution.buffer-timeout.interval', '100 ms'),
      setting(config, 'pipeline.auto-watermark-interval', '200 ms'),
      { key: 'forBoundedOutOfOrderness', value: `${config.outOfOrdernessMs} ms` },
    ],
    tables: [
      {
        title: 'Splits',
        columns: ['partition', 'next offset', 'watermark'],
        rows: (task?.splits ?? []).map(({ id, partition, nextOffset }) => [
          `${config.source.topic}-${partition}`,
          nextOffset === null ? config.startingOffsets : String(nextOffset),
          watermarkText(
            task?.watermarks.splits.find(({ split }) => split === id)?.watermarkMs ?? LONG_MIN,
            env,
          ),
        ]),
      },
    ],
    log: [],
  };
}

function viewOfWindows(state: FlinkState, subtask: number, env: FlinkEnvironment): PartView {
  const task = state.windows[subtask] ?? null;
  const { config, parallelism, maxParallelism } = state;
  const { first, last } = keyGroupRange(subtask, parallelism, maxParallelism);
  const aligning = task?.aligner?.blocked.flatMap((is, channel) => (is ? [channel + 1] : [])) ?? [];
  return {
    title: `Window (${subtask + 1}/${parallelism})`,
    facts: [
      ['status', statusOf(state, task !== null)],
      ['currentInputWatermark', watermarkText(task?.valve.lastWatermarkMs ?? LONG_MIN, env)],
      ['numLateRecordsDropped', String(task?.operator.numLateRecordsDropped ?? 0)],
      ['state entries', String((task?.operator.stateEntries ?? 0) + (task?.totals.size ?? 0))],
      ['key groups', `${first} to ${last} of ${maxParallelism}`],
      ['channels waiting for a barrier', aligning.length === 0 ? 'none' : aligning.join(', ')],
    ],
    settings: [
      { key: 'allowedLateness', value: `${config.allowedLatenessMs} ms`, fallback: '0 ms' },
      { key: 'state.backend.type', value: 'hashmap' },
    ],
    tables: task === null ? [] : [panesTable(state, subtask, env)],
    log: [],
  };
}

function panesTable(state: FlinkState, subtask: number, env: FlinkEnvironment): PartTable {
  const rows: string[][] = [];
  const task = state.windows[subtask];
  for (const [key, panes] of task?.operator.panesByKey ?? [])
    for (const { startMs, endMs, value, size } of panes) {
      if (size === 0 || rows.length === ROWS) continue;
      rows.push([key, `[${seconds(startMs, env)}, ${seconds(endMs, env)})`, String(value)]);
    }
  for (const [key, total] of task?.totals ?? [])
    if (rows.length < ROWS) rows.push([key, 'all', String(total)]);
  return { title: 'window-contents', columns: ['key', 'window', 'value'], rows };
}

function viewOfCheckpoints(state: FlinkState): PartView {
  const { jobManager, config } = state;
  const { completed, coordinator } = jobManager;
  const latest = latestCheckpoint(state);
  const rows: string[][] = [];
  for (let i = completed.length - 1; i >= 0 && rows.length < ROWS; i--) {
    const { id, triggeredMs, completedMs, offsets, stateEntries } = itemAt(completed, i);
    rows.push([
      String(id),
      `${triggeredMs / 1000} s`,
      `${completedMs - triggeredMs} ms`,
      offsets.map(({ partition, offset }) => `${partition}: ${offset ?? '–'}`).join(', '),
      String(stateEntries),
    ]);
  }
  return {
    title: 'JobManager',
    facts: [
      ['job status', jobManager.status],
      ['latest completed checkpoint', latest === null ? 'none' : String(latest.id)],
      ['in progress', coordinator.pending.map(({ id }) => String(id)).join(', ') || 'none'],
      ['failures in a row', String(coordinator.consecutiveFailures)],
      ['restart attempts', String(jobManager.restarts.attempt)],
    ],
    settings: [
      setting(config, 'execution.checkpointing.interval', 'none'),
      setting(config, 'execution.checkpointing.mode', 'EXACTLY_ONCE'),
      setting(config, 'execution.checkpointing.unaligned.enabled', 'false'),
      setting(config, 'execution.checkpointing.timeout', '600000 ms'),
      setting(config, 'execution.checkpointing.min-pause', '0 ms'),
      setting(config, 'execution.checkpointing.tolerable-failed-checkpoints', '0'),
    ],
    tables: [
      {
        title: 'Completed checkpoints',
        columns: ['id', 'triggered', 'duration', 'offsets', 'state entries'],
        rows,
      },
    ],
    log: jobManager.log,
  };
}

function viewOfResults(state: FlinkState): PartView {
  const { resultTable, config, windows } = state;
  const open = windows.reduce((sum, task) => sum + (task?.sink.open.length ?? 0), 0);
  const pending = windows.reduce((sum, task) => sum + (task?.sink.pending.length ?? 0), 0);
  return {
    title: 'Sink',
    facts: [
      ['windows with a result', String(resultTable.newest.size)],
      ['results in the open transaction', String(open)],
      ['transactions waiting for a checkpoint', String(pending)],
    ],
    settings: [{ key: 'setDeliveryGuarantee', value: config.deliveryGuarantee, fallback: 'NONE' }],
    tables: [],
    log: [],
  };
}

function statusOf(state: FlinkState, runs: boolean): string {
  return runs ? 'RUNNING' : state.jobManager.status === 'FAILED' ? 'FAILED' : 'CANCELED';
}

function watermarkText(watermarkMs: number, env: FlinkEnvironment): string {
  return watermarkMs === LONG_MIN ? 'No Watermark' : seconds(watermarkMs, env);
}

/** A moment of event time, in seconds of the run. */
function seconds(epochMs: number, env: FlinkEnvironment): string {
  return `${(epochMs - env.startEpochMs) / 1000} s`;
}

function setting(config: FlinkConfig, key: keyof FlinkConfig, fallback: string): Setting {
  const value = written(key, config[key]);
  return value === fallback ? { key, value } : { key, value, fallback };
}

function written(key: string, value: FlinkConfig[keyof FlinkConfig]): string {
  if (typeof value === 'number') return key.endsWith('checkpoints') ? String(value) : `${value} ms`;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : 'none';
}
