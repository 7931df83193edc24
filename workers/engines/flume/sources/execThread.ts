/**
 * `ExecSource` (Flume 1.11.0) as steps: `tail -F` begins with the last ten lines of its file and follows
 * it; lines wait until a batch is full, or until batchTimeout has passed since the last one. When the
 * read loop meets a full channel it ends: the waiting lines are lost and the command is killed.
 *
 * Simplification: tail notices new lines every 100 ms.
 */
import type { WireMessage } from '../../../wire/message.ts';
import { logAndMark } from '../agentLog.ts';
import type { AgentEnvironment } from '../agentLog.ts';
import type { AgentState, ExecWork, SourceThread } from '../agentState.ts';
import type { DeliveryOutcome } from '../channelProcessor.ts';
import { createEvent } from '../event.ts';
import { askForFiles, deliver, wakeSource } from '../sourceSteps.ts';
import { tailLines } from './exec.ts';
import type { ExecSettings } from './exec.ts';

const noticeUs = 100_000;
const linesARead = 1000;

export function execWake(
  state: AgentState,
  thread: SourceThread,
  work: ExecWork,
  env: AgentEnvironment,
): void {
  if (work.step === 'answer') return lookAgain(state, thread, work, env);
  work.request = state.nextRequest++;
  const { request, position, skipTo } = work;
  const { path } = settingsOf(thread);
  if (position < 0) return askForFiles(state, thread, { type: 'files.list', request }, env);
  // Lines that tail passes over are asked for only to know which they were.
  const skipping = position < skipTo;
  const maxLines = skipping ? skipTo - position : linesARead;
  const pipe = skipping ? -1 : work.inputPipe;
  askForFiles(state, thread, { type: 'files.read', request, path, position, maxLines, pipe }, env);
}

export function execAnswer(
  state: AgentState,
  thread: SourceThread,
  work: ExecWork,
  message: WireMessage | null,
  env: AgentEnvironment,
): void {
  if (message?.type === 'files.listing') {
    const { path } = settingsOf(thread);
    const file = message.files.find((candidate) => candidate.path === path);
    if (file === undefined) return lookAgain(state, thread, work, env);
    work.skipTo = Math.max(0, file.lines - tailLines);
    work.position = Math.min(work.readTo, work.skipTo);
    return readOn(state, thread, work, env);
  }
  if (message?.type !== 'files.lines') return lookAgain(state, thread, work, env);
  if (message.position < work.skipTo) {
    for (const record of message.lines) env.lost(record, thread.partId, 'tail -F was not running');
    work.position = work.skipTo;
    return readOn(state, thread, work, env);
  }
  for (const record of message.lines) {
    work.buffer.push(createEvent(env.records.lines[record] as string, record));
  }
  work.position += message.lines.length;
  work.readTo = Math.max(work.readTo, work.position);
  flushIfDue(state, thread, work, message.lines.length > 0, env);
}

/** @param reading whether the read loop asks, or only the timer */
function flushIfDue(
  state: AgentState,
  thread: SourceThread,
  work: ExecWork,
  reading: boolean,
  env: AgentEnvironment,
): void {
  const { batchTimeoutMs } = settingsOf(thread);
  // The real one looks at the size only after it has added a line.
  const batchSize = Math.max(1, settingsOf(thread).batchSize);
  const overdue = env.nowUs - work.pushedUs >= batchTimeoutMs * 1000;
  const due = work.buffer.length >= batchSize || (overdue && work.buffer.length > 0);
  if (!due) return lookAgain(state, thread, work, env);
  work.reading = reading;
  deliver(state, thread, work.buffer.slice(0, batchSize), env);
}

export function execDelivered(
  state: AgentState,
  thread: SourceThread,
  work: ExecWork,
  count: number,
  env: AgentEnvironment,
): void {
  work.buffer = work.buffer.slice(count);
  work.pushedUs = env.nowUs;
  flushIfDue(state, thread, work, work.reading, env);
}

export function execRefused(
  state: AgentState,
  thread: SourceThread,
  work: ExecWork,
  outcome: DeliveryOutcome & { is: 'failed' },
  env: AgentEnvironment,
): void {
  const { command, restart, restartThrottleMs } = settingsOf(thread);
  if (!work.reading) {
    const line = `Exception occurred when processing event batch: ${outcome.message}`;
    logAndMark(state, thread.part, line, env);
    return lookAgain(state, thread, work, env);
  }
  logAndMark(state, thread.part, `Failed while running command: ${command}`, env);
  for (const { recordId } of work.buffer) {
    env.trace.leave(thread.part, recordId);
    env.lost(recordId, thread.partId, 'the channel was full, and exec threw its lines away');
  }
  work.buffer = [];
  work.position = -1;
  if (!restart) {
    logAndMark(state, thread.part, `Command [${command}] exited with 143`, env);
    return;
  }
  logAndMark(state, thread.part, `Restarting in ${restartThrottleMs}ms, exit code 143`, env);
  work.step = 'poll';
  wakeSource(state, thread, restartThrottleMs * 1000, env);
}

function readOn(
  state: AgentState,
  thread: SourceThread,
  work: ExecWork,
  env: AgentEnvironment,
): void {
  work.step = 'read';
  wakeSource(state, thread, 0, env);
}

function lookAgain(
  state: AgentState,
  thread: SourceThread,
  work: ExecWork,
  env: AgentEnvironment,
): void {
  work.step = 'poll';
  wakeSource(state, thread, noticeUs, env);
}

function settingsOf(thread: SourceThread): ExecSettings {
  return thread.configured.settings as ExecSettings;
}
