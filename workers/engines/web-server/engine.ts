// A web server that writes one line to its access log for each request it has answered, in the combined format of
// Apache httpd 2.4 (mod_log_config). Lines are written in the order in which requests end, so a slow request stands
// behind quicker ones that began after it: that is where disorder in event time is born.
//
// Simplified: the request itself is not simulated; its line comes ready-made from the scenario's input. A file is a list
// of whole lines; bytes and partial lines are not modelled. While the server is down its requests fail, and their lines
// are never written.

import { checkProducerConfig } from '../../clients/kafka/producerConfig.ts';
import { append, createAppendLog, type AppendLog } from '../../kernel/appendLog.ts';
import { assert, present } from '../../kernel/assert.ts';
import type { Engine, Graph, Refusal } from '../../kernel/engine.ts';
import type { Environment, ProcessId } from '../../kernel/environment.ts';
import type { RecordId } from '../../trace/format.ts';
import type { WebServerConfig } from './config.ts';
import {
  forgetProducer,
  hearOfKafka,
  pipesToTopic,
  producerAgain,
  producerSettings,
  type Producing,
  producerWakes,
  publish,
  startProducing,
} from './producing.ts';

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
  /** Its own producer; null for another output, and where there is no cluster. */
  readonly producing: Producing | null;
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

export type WebServerEvent =
  { readonly type: 'line' } | { readonly type: 'rotate' } | { readonly type: 'producer wakes' };

const LINE: WebServerEvent = { type: 'line' };
const ROTATE: WebServerEvent = { type: 'rotate' };
/** Of the file that a server opens when it starts. */
const OWN_INODE = 1;
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
  refusals,
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
  pipes: ({ id, output }, graph) => {
    if (output.kind === 'kafka') return pipesToTopic(id, output, graph);
    if (output.kind !== 'tcp' || !isSource(graph, output.to)) return [];
    const from = `${id}/log`;
    return [{ id: `${from} > ${output.to}`, from, to: output.to, takes: false }];
  },
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
      producing: output.kind === 'kafka' ? startProducing(output, env) : null,
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
    if (event.type === 'producer wakes') {
      producerWakes(present(state.producing, 'its producer'), state.process, env);
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
    } else if (output.kind === 'kafka') {
      if (state.producing) publish(state.producing, record, state.process, env);
      else env.lost(record, `${env.node}/log`, 'there was no cluster to publish it to');
    } else {
      const file =
        output.kind === 'file'
          ? fileOf(state, output.path, env.records.files?.[record] ?? null, env.nowUs)
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
    } else if (state.producing) {
      hearOfKafka(state.producing, process, from, message, env);
    } else if (
      (message.type === 'connection-refused' || message.type === 'connection-reset') &&
      message.undelivered.type === 'line'
    ) {
      assert(state.output.kind === 'tcp', 'only a TCP output sends lines');
      env.lost(message.undelivered.record, state.output.to, NOBODY);
    }
  },

  crash(state, _process, env) {
    state.up = false;
    if (state.producing) forgetProducer(state.producing, env);
  },

  restart(state, _process, env) {
    state.up = true;
    if (state.producing && state.output.kind === 'kafka')
      producerAgain(state.producing, state.output, env);
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
    settings: settingsOf(state.output),
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

/**
 * The file that a line is appended to: the one that it names, or the server's own, which stays open and so is the same
 * by whatever name it goes now.
 */
function fileOf(
  state: WebServerState,
  ownPath: string,
  named: string | null,
  nowUs: number,
): ServedFile {
  if (named !== null && named !== ownPath) return fileAt(state, named, nowUs);
  for (const file of state.files) if (file.inode === OWN_INODE) return file;
  return fileAt(state, ownPath, nowUs);
}

/** The file of this path, made when its first line comes. */
function fileAt(state: WebServerState, path: string, nowUs: number): ServedFile {
  for (const file of state.files) if (file.path === path) return file;
  const file = newFile(state, path, nowUs);
  state.files.push(file);
  return file;
}

function newFile(state: WebServerState, path: string, nowUs: number): ServedFile {
  state.inodes += 1;
  return { inode: state.inodes, path, lines: createAppendLog(), modifiedUs: nowUs };
}

function settingsOf(output: WebServerConfig['output']): { key: string; value: string }[] {
  switch (output.kind) {
    case 'file':
      return [{ key: 'CustomLog', value: `${output.path} combined` }];
    case 'kafka':
      return [
        { key: 'bootstrap.servers', value: output.to },
        ...Object.entries(output.producer).map(([key, value]) => ({ key, value: String(value) })),
      ];
    default:
      return [{ key: 'CustomLog', value: output.kind }];
  }
}

/** `new KafkaProducer(settings)` throws. */
function refusals({ output }: WebServerConfig): Refusal[] {
  if (output.kind !== 'kafka') return [];
  const message = checkProducerConfig(producerSettings(output));
  const source = 'org.apache.kafka.common.config.ConfigException (KafkaProducer, 3.9)';
  return message === null ? [] : [{ field: 'output', message, source }];
}

/** Whether the part is a source of an agent that runs. */
function isSource(graph: Graph, part: string): boolean {
  return graph.parts(nodeOf(part)).some(({ id, glyph }) => id === part && glyph === 'source');
}

function nodeOf(part: string): string {
  return part.slice(0, part.indexOf('/'));
}
