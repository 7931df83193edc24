/** What the inspector shows of a component: its state, its settings, and the agent's log. */
import type { PartTable, PartView } from '../../kernel/engine.ts';
import type { AgentState, Sink, SinkThread, SourceThread } from './agentState.ts';
import { depth, heldEvents, usedSlots } from './channels/channel.ts';
import type { Channel } from './channels/channel.ts';
import { settingsView } from './settingsTable.ts';

const rowsShown = 20;

export function viewOf(state: Readonly<AgentState>, part: string): PartView {
  const view = componentView(state, part);
  return state.up ? view : { ...view, facts: [['agent', 'down'], ...view.facts] };
}

function componentView(state: Readonly<AgentState>, part: string): PartView {
  for (const thread of state.sources) {
    const { name, type } = thread.configured;
    if (thread.partId !== part) continue;
    return {
      title: `Source ${name} (${type})`,
      facts: sourceFacts(thread),
      settings: settingsView(state.config, 'source', name),
      tables: sourceTables(thread),
      log: state.log,
    };
  }
  for (const channel of state.channels) {
    if (channel.partId === part) return channelView(state, channel);
  }
  for (const thread of state.sinks) {
    const sink = thread.sinks.find(({ partId: id }) => id === part);
    if (sink !== undefined) return sinkView(state, thread, sink);
  }
  return { title: part, facts: [], settings: [], tables: [], log: state.log };
}

function channelView(state: Readonly<AgentState>, channel: Channel): PartView {
  const { settings } = channel.store;
  return {
    title: `Channel ${channel.name} (${settings.kind})`,
    facts: [
      ['events', String(depth(channel))],
      ['slots in use', `${usedSlots(channel)} of ${settings.capacity}`],
      ['kept when the agent dies', settings.kind === 'file' ? 'yes' : 'no'],
    ],
    settings: settingsView(state.config, 'channel', channel.name),
    tables: [
      {
        title: 'Oldest events',
        columns: ['headers', 'body'],
        rows: heldEvents(channel)
          .slice(0, rowsShown)
          .map(({ headers, body }) => [headersText(headers), body]),
      },
    ],
    log: state.log,
  };
}

function headersText(headers: ReadonlyMap<string, string | null>): string {
  return [...headers].map(([key, value]) => `${key}=${String(value)}`).join(', ');
}

function sourceFacts(thread: SourceThread): [string, string][] {
  const { work } = thread;
  const state: [string, string] = [
    'state',
    thread.waitsFor === null ? work.step : `waits for room in ${thread.waitsFor}`,
  ];
  switch (work.kind) {
    case 'TAILDIR':
      return [state, ['retry after', `${work.reader.retryMs} ms`]];
    case 'spooldir':
      return [state, ['file', work.reader.current?.path ?? 'none']];
    case 'exec':
      return [state, ['lines waiting for a batch', String(work.buffer.length)]];
    case 'seq':
      return [state, ['next number', String(work.sent)]];
    default:
      return [state, ['requests waiting', String(work.arrivals.length)]];
  }
}

function sourceTables({ work }: SourceThread): PartTable[] {
  if (work.kind !== 'TAILDIR') return [];
  const written = new Map(work.positionFile.map(({ inode, pos }) => [inode, pos]));
  return [
    {
      title: 'Positions, in lines',
      columns: ['inode', 'file', 'committed', 'in taildir_position.json'],
      rows: [...work.reader.tailFiles.values()].map(({ inode, path, pos }) => [
        String(inode),
        path,
        String(pos),
        String(written.get(inode) ?? 'not yet'),
      ]),
    },
  ];
}

function sinkView(state: Readonly<AgentState>, thread: SinkThread, sink: Sink): PartView {
  const isCalled = thread.sinks[thread.called] === sink;
  const { outlet } = sink;
  const facts: [string, string][] = [
    ['state', isCalled ? thread.step : 'asleep'],
    [
      'events in the take transaction',
      String(isCalled ? (thread.transaction?.takes.length ?? 0) : 0),
    ],
    ['backoffs in a row', String(thread.backoff.consecutive)],
  ];
  if (outlet.kind === 'kafka') {
    facts.push(['records not acknowledged', String(outlet.producer.unfinished)]);
  }
  return {
    title: `Sink ${sink.configured.name} (${sink.configured.type})`,
    facts,
    settings: settingsView(state.config, 'sink', sink.configured.name),
    tables: outlet.kind === 'hdfs' ? [openFiles(outlet.writers)] : [],
    log: state.log,
  };
}

function openFiles(
  writers: ReadonlyMap<string, { bucketPath: string; eventCounter: number; processSize: number }>,
): PartTable {
  return {
    title: 'Open files',
    columns: ['file', 'events', 'body bytes'],
    rows: [...writers.values()].map(({ bucketPath, eventCounter, processSize }) => [
      bucketPath,
      String(eventCounter),
      String(processSize),
    ]),
  };
}
