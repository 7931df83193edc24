/**
 * `TaildirSource.process` (Flume 1.11.0) as steps: look at the files, then read each that has
 * something new, batch by batch, until a batch comes back short. The answer is BACKOFF even after
 * reading, so the runner sleeps 1 s, 2 s … 5 s between two looks unless told otherwise.
 *
 * Simplification: a machine whose web server process is down shows no files, since that process is
 * what serves them here.
 */
import type { AgentEnvironment } from '../agentLog.ts';
import { logAndMark } from '../agentLog.ts';
import type { AgentState, SourceThread, TaildirWork } from '../agentState.ts';
import type { DeliveryOutcome } from '../channelProcessor.ts';
import type { FlumeEvent } from '../event.ts';
import { askForFiles, deliver, endPoll, wakeSource } from '../sourceSteps.ts';
import type { WireMessage } from '../../../wire/message.ts';
import {
  commitLines,
  loadPositions,
  nextRetryMs,
  positionsOf,
  taildirHeaders,
  updateTailFiles,
} from './taildir.ts';
import type { TailFile } from './taildir.ts';

export function taildirWake(
  state: AgentState,
  thread: SourceThread,
  work: TaildirWork,
  env: AgentEnvironment,
): void {
  switch (work.step) {
    case 'poll':
      work.moreLines = false;
      work.request = state.nextRequest++;
      return askForFiles(state, thread, { type: 'files.list', request: work.request }, env);
    case 'read':
      return readOn(state, thread, work, env);
    default:
      // No answer came: there is nothing to read for now.
      return endPoll(state, thread, 'BACKOFF', env);
  }
}

export function taildirAnswer(
  state: AgentState,
  thread: SourceThread,
  work: TaildirWork,
  message: WireMessage | null,
  env: AgentEnvironment,
): void {
  if (message?.type === 'files.listing') {
    updateTailFiles(work.reader, message.files);
    if (!work.reader.loaded) {
      loadPositions(work.reader, work.positionFile);
      updateTailFiles(work.reader, message.files);
      tellPositions(state, thread, work, env);
    }
    work.fileAt = 0;
    work.batchCount = 0;
    return readOn(state, thread, work, env);
  }
  const file = currentFile(work);
  if (message?.type !== 'files.lines' || file === null) {
    return endPoll(state, thread, 'BACKOFF', env);
  }
  if (message.lines.length === 0) return nextFile(state, thread, work, env);
  deliver(state, thread, eventsOf(thread, work, file, message, env), env);
}

function eventsOf(
  thread: SourceThread,
  { reader: { settings } }: TaildirWork,
  file: TailFile,
  { lines, position }: WireMessage & { type: 'files.lines' },
  env: AgentEnvironment,
): FlumeEvent[] {
  // Only interceptors change an event's headers; without any, lines with the same headers can share them.
  const isShared = !settings.byteOffsetHeader && thread.configured.interceptors.length === 0;
  if (isShared) file.sharedHeaders ??= taildirHeaders(settings, file, position);
  return lines.map((record, i): FlumeEvent => {
    return {
      headers: isShared ? file.sharedHeaders! : taildirHeaders(settings, file, position + i),
      body: env.records.lines[record] as string,
      bodyBytes: env.records.sizeBytes[record] as number,
      recordId: record,
      inode: file.inode,
      line: position + i,
    };
  });
}

/** Where a new life begins to read. */
function tellPositions(
  state: AgentState,
  thread: SourceThread,
  work: TaildirWork,
  env: AgentEnvironment,
): void {
  for (const { path, inode, pos } of work.reader.tailFiles.values()) {
    const line = `Opening file: ${path}, inode: ${inode}, pos: ${pos}`;
    logAndMark(state, thread.part, line, env);
  }
  env.trace.gauge(work.positionGauge, linesCommitted(work));
}

/** Reads the next batch of the next file that needs it; after the last file `process` is over. */
function readOn(
  state: AgentState,
  thread: SourceThread,
  work: TaildirWork,
  env: AgentEnvironment,
): void {
  let file = currentFile(work);
  while (file !== null && !file.needTail) {
    work.fileAt++;
    work.batchCount = 0;
    file = currentFile(work);
  }
  if (file === null) return endPoll(state, thread, work.moreLines ? 'READY' : 'BACKOFF', env);
  work.request = state.nextRequest++;
  const { path, pos } = file;
  const { batchSize } = work.reader.settings;
  const pipe = work.inputPipe;
  askForFiles(
    state,
    thread,
    { type: 'files.read', request: work.request, path, position: pos, maxLines: batchSize, pipe },
    env,
  );
}

function nextFile(
  state: AgentState,
  thread: SourceThread,
  work: TaildirWork,
  env: AgentEnvironment,
): void {
  work.fileAt++;
  work.batchCount = 0;
  readOn(state, thread, work, env);
}

export function taildirDelivered(
  state: AgentState,
  thread: SourceThread,
  work: TaildirWork,
  events: readonly FlumeEvent[],
  env: AgentEnvironment,
): void {
  const { settings } = work.reader;
  const inode = work.reader.existingInodes[work.fileAt] as number;
  commitLines(work.reader, inode, events.length);
  env.trace.gauge(work.positionGauge, linesCommitted(work));
  work.batchCount++;
  if (events.length < settings.batchSize) return nextFile(state, thread, work, env);
  if (work.batchCount >= settings.maxBatchCount) {
    work.moreLines = true;
    return nextFile(state, thread, work, env);
  }
  readOn(state, thread, work, env);
}

/** The position stays, so that the same lines are read again after the wait. */
export function taildirRefused(
  state: AgentState,
  thread: SourceThread,
  work: TaildirWork,
  outcome: DeliveryOutcome & { is: 'failed' },
  env: AgentEnvironment,
): void {
  if (!outcome.channelException) {
    logAndMark(state, thread.part, `Unable to tail files: ${outcome.message}`, env);
    return endPoll(state, thread, 'BACKOFF', env);
  }
  const waitMs = nextRetryMs(work.reader);
  logAndMark(
    state,
    thread.part,
    `The channel is full or unexpected failure. The source will try again after ${waitMs} ms`,
    env,
  );
  work.step = 'read';
  wakeSource(state, thread, waitMs * 1000, env);
}

/** The timer that writes the position file: what it has not yet written is read again after a crash. */
export function writePositionFile(
  state: AgentState,
  thread: SourceThread,
  work: TaildirWork,
  env: AgentEnvironment,
): void {
  work.positionFile = positionsOf(work.reader);
  env.trace.gauge(
    work.persistedGauge,
    work.positionFile.reduce((sum, { pos }) => sum + pos, 0),
  );
  const delayUs = work.reader.settings.writePosIntervalMs * 1000;
  env.after(state.process, delayUs, { type: 'position writer', thread: thread.index });
}

/** Whether the line that the event came from lies behind the written position, so that it comes again. */
export function willBeReadAgain(work: TaildirWork, event: FlumeEvent): boolean {
  if (event.inode < 0) return false;
  const entry = work.positionFile.find(({ inode }) => inode === event.inode);
  return (entry?.pos ?? 0) <= event.line;
}

function currentFile(work: TaildirWork): TailFile | null {
  const inode = work.reader.existingInodes[work.fileAt];
  return inode === undefined ? null : (work.reader.tailFiles.get(inode) ?? null);
}

function linesCommitted(work: TaildirWork): number {
  let lines = 0;
  for (const file of work.reader.tailFiles.values()) lines += file.pos;
  return lines;
}
