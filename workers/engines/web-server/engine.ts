// A web server that writes one line to its access log for each request it has answered, in the combined format of
// Apache httpd 2.4 (mod_log_config). Lines are written in the order in which requests end, so a slow request stands
// behind quicker ones that began after it: that is where disorder in event time is born.
//
// Simplified: the request itself is not simulated; its line comes ready-made from the scenario's input. A file is a list
// of whole lines; bytes and partial lines are not modelled. While the server is down its requests fail, and their lines
// are never written.

import { append, createAppendLog, type AppendLog } from '../../kernel/appendLog.ts';
import { assert, present } from '../../kernel/assert.ts';
import type { Engine, Graph } from '../../kernel/engine.ts';
import type { Environment, ProcessId } from '../../kernel/environment.ts';
import type { RecordId } from '../../trace/format.ts';
import type { WebServerConfig } from './config.ts';

interface ServedFile {
  readonly inode: number;
  path: string;
  readonly lines: AppendLog<RecordId>;
  modifiedUs: number;
}

export interface WebServerState {
  readonly output: WebServerConfig['output'];
  readonly process: ProcessId;
  readonly part: number;
  /** Number of the pipe and the process at the other end of a TCP output; −1 where nobody is there. */
  readonly tcpPipe: number;
  readonly tcpProcess: ProcessId;
  /** The next record to come, and the end of the input. */
  next: RecordId;
  readonly end: RecordId;
  written: number;
  up: boolean;
  /** Files that a reader can see, oldest first. */
  files: ServedFile[];
  /** The file being filled for the spool, not visible yet. */
  filling: ServedFile | null;
  inodes: number;
}

type WebServerEvent = { readonly type: 'line' } | { readonly type: 'rotate' };

const LINE: WebServerEvent = { type: 'line' };
const ROTATE: WebServerEvent = { type: 'rotate' };
const NOBODY = 'nobody listened at the source’s port';

export const webServerEngine: Engine<WebServerConfig, WebServerState, WebServerEvent> = {
  type: 'web-server',
  version: 'a web server with the combined log format',
  omissions: [
    'Requests are not simulated: each line comes ready-made from the input.',
    'A file is a list of whole lines; readers never meet half a line.',
  ],
  knobs: [],
  claims: [
    {
      name: 'never more lines than records of the input',
      holds: (state) => state.next <= state.end,
    },
  ],
  refusals: () => [],
  processes: () => ['server'],
  anatomy: (config) => ({
    parts: [
      {
        id: `${config.id}/log`,
        node: config.id,
        process: `${config.id}/server`,
        glyph: 'web-server',
        label: 'Web server',
        detail: config.output.kind === 'file' ? config.output.path : config.output.kind,
        holds: 'log',
        capacity: null,
        changedDefaults: [],
      },
    ],
    gauges: [],
    series: [],
  }),
  pipes: (config, graph) =>
    config.output.kind === 'tcp' && isSource(graph, config.output.to)
      ? [
          {
            id: `${config.id}/log > ${config.output.to}`,
            from: `${config.id}/log`,
            to: config.output.to,
            takes: false,
          },
        ]
      : [],
  programText: () => null,

  start(config, env) {
    const span = present(
      env.records.spans.find(({ input }) => input === config.input),
      `the input ${config.input}`,
    );
    const { output } = config;
    const process = env.process(`${config.id}/server`);
    const peer = output.kind === 'tcp' && isSource(env.graph, output.to) ? output.to : null;
    const state: WebServerState = {
      output,
      process,
      part: env.trace.part(`${config.id}/log`),
      tcpPipe: peer === null ? -1 : env.trace.pipe(`${config.id}/log > ${peer}`),
      tcpProcess: peer === null ? -1 : env.process(`${nodeOf(peer)}/agent`),
      next: span.first,
      end: span.first + span.count,
      written: 0,
      up: true,
      files: [],
      filling: null,
      inodes: 0,
    };
    if (output.kind === 'file') state.files.push(newFile(state, output.path, 0));
    if (output.kind === 'spool') env.after(process, output.everyMs * 1000, ROTATE);
    awaitNext(state, env);
    return state;
  },

  handle(state, _process, event, env) {
    if (event.type === 'rotate') {
      rotate(state, env);
      return;
    }
    const record = state.next;
    state.next += 1;
    state.written += 1;
    env.trace.write(state.part, record);
    const { output } = state;
    if (output.kind === 'tcp' && state.tcpProcess < 0) {
      env.lost(record, `${env.node}/log`, NOBODY);
    } else if (output.kind === 'tcp') {
      const bytes = env.records.sizeBytes[record]! + 1;
      const dueUs = env.send(state.process, state.tcpProcess, { type: 'line', record }, bytes);
      if (dueUs >= 0) env.trace.send(state.tcpPipe, record, dueUs);
      else env.lost(record, output.to, 'the link was cut');
    } else {
      const file =
        output.kind === 'file'
          ? state.files[0]!
          : (state.filling ??= newFile(state, '', env.nowUs));
      append(file.lines, record);
      file.modifiedUs = env.nowUs;
    }
    awaitNext(state, env);
  },

  receive(state, process, from, message, env) {
    if (message.type === 'files.list') {
      const files = state.files.map((file) => ({
        path: file.path,
        inode: file.inode,
        lines: file.lines.length,
        modifiedUs: file.modifiedUs,
      }));
      env.send(process, from, { type: 'files.listing', request: message.request, files });
    } else if (message.type === 'files.read') {
      const file = state.files.find(({ path }) => path === message.path);
      const until = Math.min(file?.lines.length ?? 0, message.position + message.maxLines);
      const lines = file ? file.lines.items.slice(message.position, until) : [];
      const { request, path, position } = message;
      const dueUs = env.send(process, from, {
        type: 'files.lines',
        request,
        path,
        position,
        lines,
      });
      if (message.pipe >= 0)
        for (const record of lines) env.trace.send(message.pipe, record, dueUs);
    } else if (message.type === 'files.rename') {
      const file = state.files.find(({ path }) => path === message.path);
      if (file) file.path = message.to;
    } else if (message.type === 'files.delete') {
      state.files = state.files.filter(({ path }) => path !== message.path);
    } else if (
      (message.type === 'connection-refused' || message.type === 'connection-reset') &&
      message.undelivered.type === 'line'
    ) {
      assert(state.output.kind === 'tcp', 'only a TCP output sends lines');
      env.lost(message.undelivered.record, state.output.to, NOBODY);
    }
  },

  crash(state) {
    state.up = false;
  },

  restart(state, _process, env) {
    state.up = true;
    while (state.next < state.end && env.records.arrivalUs[state.next]! < env.nowUs) {
      env.lost(state.next, `${env.node}/log`, 'the web server was down');
      state.next += 1;
    }
    if (state.output.kind === 'spool')
      env.after(state.process, state.output.everyMs * 1000, ROTATE);
    awaitNext(state, env);
  },

  view: (state) => ({
    title: 'Web server',
    facts: [
      ['lines written', String(state.written)],
      ['lines still to come', String(state.end - state.next)],
    ],
    settings: [
      {
        key: 'CustomLog',
        value: state.output.kind === 'file' ? `${state.output.path} combined` : state.output.kind,
      },
    ],
    tables: [
      {
        title: 'Files',
        columns: ['path', 'inode', 'lines'],
        rows: state.files.map((file) => [file.path, String(file.inode), String(file.lines.length)]),
      },
    ],
    log: [],
  }),
};

function awaitNext(state: WebServerState, env: Environment<WebServerEvent>): void {
  if (state.next < state.end) {
    env.at(state.process, Math.max(env.nowUs, env.records.arrivalUs[state.next]!), LINE);
  }
}

function rotate(state: WebServerState, env: Environment<WebServerEvent>): void {
  const { output } = state;
  assert(output.kind === 'spool', 'only a spool rotates');
  if (state.filling) {
    state.filling.path = `${output.directory}/access_log.${String(state.filling.inode)}`;
    state.files.push(state.filling);
    state.filling = null;
  }
  if (state.next < state.end) env.after(state.process, output.everyMs * 1000, ROTATE);
}

function newFile(state: WebServerState, path: string, nowUs: number): ServedFile {
  state.inodes += 1;
  return { inode: state.inodes, path, lines: createAppendLog(), modifiedUs: nowUs };
}

/** Whether the part is a source of an agent that runs. */
function isSource(graph: Graph, part: string): boolean {
  return graph.parts(nodeOf(part)).some(({ id, glyph }) => id === part && glyph === 'source');
}

function nodeOf(part: string): string {
  return part.slice(0, part.indexOf('/'));
}
