/**
 * `SpoolDirectorySource` (Flume 1.11.0) as steps: take the next file, read it batch by batch, and
 * retire it when a read of it returns nothing. The position is stored after each committed batch.
 *
 * Simplification: a line that is longer than maxLineLength is delivered with all of its pieces in one
 * batch, which may then be larger than batchSize.
 */
import { nextInt } from '../../../kernel/random.ts';
import type { FileInfo } from '../../../wire/files.ts';
import type { WireMessage } from '../../../wire/message.ts';
import { logAndMark } from '../agentLog.ts';
import type { AgentEnvironment } from '../agentLog.ts';
import type { AgentState, SourceThread, SpooldirWork } from '../agentState.ts';
import type { DeliveryOutcome } from '../channelProcessor.ts';
import { createEvent } from '../event.ts';
import type { FlumeEvent } from '../event.ts';
import { askForFiles, deliver, shortestSleepUs, wakeSource } from '../sourceSteps.ts';
import { firstBackoffMs, nextBackoffMs, nextSpooledFile, splitLine } from './spooldir.ts';
import { commitRead, isEmptyFile, nextLine, openFile, retireFile } from './spoolingReader.ts';
import type { SpooldirSettings } from './spooldir.ts';

const fatal =
  'FATAL: Uncaught exception in SpoolDirectorySource thread. Restart or reconfigure Flume to continue processing.';

export function spooldirWake(
  state: AgentState,
  thread: SourceThread,
  work: SpooldirWork,
  env: AgentEnvironment,
): void {
  if (work.step === 'answer') return sleep(state, thread, work, env);
  const { reader, inputPipe } = work;
  if (reader.isClosed) return; // The thread's exception ended it.
  work.request = state.nextRequest++;
  const { request } = work;
  if (reader.current === null || work.isRetiring) {
    return askForFiles(state, thread, { type: 'files.list', request }, env);
  }
  const { path } = reader.current;
  const position = nextLine(reader);
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
  const { reader } = work;
  if (message?.type === 'files.listing' && work.isRetiring) {
    return retire(state, thread, work, message.files, env);
  }
  if (message?.type === 'files.listing') {
    const random = env.random(`${thread.configured.name} consumeOrder`);
    const file = nextSpooledFile(settings, message.files, (count) => nextInt(random, count));
    if (file === null) return sleep(state, thread, work, env);
    openFile(reader, file);
    return again(state, thread, work, env);
  }
  const { current } = reader;
  if (message?.type !== 'files.lines' || current === null) return sleep(state, thread, work, env);
  if (message.lines.length === 0 && !isEmptyFile(reader)) {
    work.isRetiring = true;
    return again(state, thread, work, env);
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
  commitRead(work.reader, work.linesRead);
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
    logAndMark(state, thread.part, fatal, env);
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
  files: readonly FileInfo[],
  env: AgentEnvironment,
): void {
  work.isRetiring = false;
  const retired = retireFile(work.reader, settingsOf(thread), files);
  if (retired.is === 'refused') {
    logAndMark(state, thread.part, `${fatal} ${retired.message}`, env);
    return;
  }
  if (retired.is === 'renamed') {
    const { path, to } = retired;
    env.send(state.process, state.machine, { type: 'files.rename', path, to });
    logAndMark(state, thread.part, `Preparing to move file ${path} to ${to}`, env);
  } else {
    env.send(state.process, state.machine, { type: 'files.delete', path: retired.path });
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
