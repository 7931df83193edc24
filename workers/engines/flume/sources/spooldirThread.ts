/**
 * `SpoolDirectorySource` (Flume 1.11.0) as steps: take the next file, read it batch by batch, and
 * retire it when a read of it returns nothing. The position is stored after each committed batch.
 *
 * Simplification: a line that is longer than maxLineLength is delivered with all of its pieces in one
 * batch, which may then be larger than batchSize.
 */
import { nextInt } from '../../../kernel/random.ts';
import type { WireMessage } from '../../../wire/message.ts';
import { logAndMark } from '../agentLog.ts';
import type { AgentEnvironment } from '../agentLog.ts';
import type { AgentState, SourceThread, SpooldirWork } from '../agentState.ts';
import type { DeliveryOutcome } from '../channelProcessor.ts';
import { createEvent } from '../event.ts';
import type { FlumeEvent } from '../event.ts';
import { askForFiles, deliver, shortestSleepUs, wakeSource } from '../sourceSteps.ts';
import { firstBackoffMs, nextBackoffMs, nextSpooledFile, splitLine } from './spooldir.ts';
import type { SpooldirSettings } from './spooldir.ts';

export function spooldirWake(
  state: AgentState,
  thread: SourceThread,
  work: SpooldirWork,
  env: AgentEnvironment,
): void {
  if (work.step === 'answer') return sleep(state, thread, work, env);
  work.request = state.nextRequest++;
  const { current, request, inputPipe } = work;
  if (current === null) {
    return askForFiles(state, thread, { type: 'files.list', request }, env);
  }
  const { path, position } = current;
  const maxLines = settingsOf(thread).batchSize;
  askForFiles(
    state,
    thread,
    { type: 'files.read', request, path, position, maxLines, pipe: inputPipe },
    env,
  );
}

export function spooldirAnswer(
  state: AgentState,
  thread: SourceThread,
  work: SpooldirWork,
  message: WireMessage | null,
  env: AgentEnvironment,
): void {
  const settings = settingsOf(thread);
  if (message?.type === 'files.listing') {
    const random = env.random(`${thread.configured.name} consumeOrder`);
    const file = nextSpooledFile(settings, message.files, (count) => nextInt(random, count));
    if (file === null) return sleep(state, thread, work, env);
    work.current = { path: file.path, position: 0, empty: file.lines === 0 };
    return again(state, thread, work, env);
  }
  const { current } = work;
  if (message?.type !== 'files.lines' || current === null) return sleep(state, thread, work, env);
  if (message.lines.length === 0 && !(current.empty && current.position === 0)) {
    return retire(state, thread, work, current.path, env);
  }
  work.linesRead = Math.max(1, message.lines.length);
  deliver(state, thread, eventsOf(settings, current.path, message.lines, env), env);
}

/** An empty file gives one event with an empty body. */
function eventsOf(
  settings: SpooldirSettings,
  path: string,
  records: readonly number[],
  env: AgentEnvironment,
): FlumeEvent[] {
  const headers = (): Map<string, string | null> => {
    const found = new Map<string, string | null>();
    if (settings.fileHeader) found.set(settings.fileHeaderKey, path);
    if (settings.basenameHeader) {
      found.set(settings.basenameHeaderKey, path.slice(path.lastIndexOf('/') + 1));
    }
    return found;
  };
  if (records.length === 0) return [createEvent('', -1, headers())];
  return records.flatMap((record) =>
    splitLine(env.records.lines[record] as string, settings.maxLineLength).map((body) =>
      createEvent(body, record, headers()),
    ),
  );
}

export function spooldirDelivered(
  state: AgentState,
  thread: SourceThread,
  work: SpooldirWork,
  env: AgentEnvironment,
): void {
  if (work.current !== null) work.current.position += work.linesRead;
  work.backoffMs = firstBackoffMs;
  again(state, thread, work, env);
}

export function spooldirRefused(
  state: AgentState,
  thread: SourceThread,
  work: SpooldirWork,
  outcome: DeliveryOutcome & { is: 'failed' },
  env: AgentEnvironment,
): void {
  if (!outcome.channelException) {
    logAndMark(
      state,
      thread.part,
      'FATAL: Uncaught exception in SpoolDirectorySource thread. Restart or reconfigure Flume to ' +
        'continue processing.',
      env,
    );
    return;
  }
  logAndMark(
    state,
    thread.part,
    'The channel is full, and cannot write data now. The source will try again after ' +
      `${work.backoffMs} milliseconds`,
    env,
  );
  work.step = 'read';
  wakeSource(state, thread, Math.max(shortestSleepUs, work.backoffMs * 1000), env);
  work.backoffMs = nextBackoffMs(settingsOf(thread), work.backoffMs);
}

function retire(
  state: AgentState,
  thread: SourceThread,
  work: SpooldirWork,
  path: string,
  env: AgentEnvironment,
): void {
  const settings = settingsOf(thread);
  const to = path + settings.fileSuffix;
  work.current = null;
  env.send(
    state.process,
    state.machine,
    settings.deleteFiles ? { type: 'files.delete', path } : { type: 'files.rename', path, to },
  );
  if (!settings.deleteFiles) {
    logAndMark(state, thread.part, `Preparing to move file ${path} to ${to}`, env);
  }
  again(state, thread, work, env);
}

function again(
  state: AgentState,
  thread: SourceThread,
  work: SpooldirWork,
  env: AgentEnvironment,
): void {
  work.step = 'read';
  wakeSource(state, thread, 0, env);
}

function sleep(
  state: AgentState,
  thread: SourceThread,
  work: SpooldirWork,
  env: AgentEnvironment,
): void {
  work.step = 'poll';
  const delayUs = settingsOf(thread).pollDelayMs * 1000;
  wakeSource(state, thread, Math.max(shortestSleepUs, delayUs), env);
}

function settingsOf(thread: SourceThread): SpooldirSettings {
  return thread.configured.settings as SpooldirSettings;
}
