/**
 * HDFS (Hadoop 3.3) as the place where files and renames become visible: a name space with leases, and
 * a write pipeline that answers an hflush after the time that it costs.
 *
 * Simplifications: NameNode and DataNodes are one process, and blocks are always fully replicated;
 * the name space survives a crash, as edit log and fsimage make it; a lease whose holder died is never
 * recovered, so its file stays open under its name, as it does for the first hour (hard limit).
 */
import type { Engine } from '../../kernel/engine.ts';
import type { Environment, ProcessId } from '../../kernel/environment.ts';
import type { HdfsRequest } from '../../wire/hdfs.ts';
import type { HdfsConfig } from './config.ts';
import {
  appendLines,
  closeFile,
  createFile,
  createNamespace,
  filesUnder,
  listedBytes,
  renameFile,
} from './namespace.ts';
import type { Namespace } from './namespace.ts';

interface Directory {
  readonly path: string;
  readonly partId: string;
  readonly part: number;
  readonly filesGauge: number;
  readonly closedGauge: number;
}

export interface HdfsState {
  readonly config: HdfsConfig;
  readonly process: ProcessId;
  namespace: Namespace;
  readonly directories: readonly Directory[];
}

/** A request that has been carried out, and is answered when the pipeline is through. */
export interface HdfsEvent {
  readonly type: 'answer';
  readonly to: ProcessId;
  readonly message: HdfsRequest;
}

type HdfsEnvironment = Environment<HdfsEvent>;

export const hdfsEngine: Engine<HdfsConfig, HdfsState, HdfsEvent> = {
  type: 'hdfs',
  version: 'Apache Hadoop 3.3 HDFS',
  omissions: [
    'NameNode and DataNodes are one process; blocks, replicas and racks are not modelled.',
    'Leases of dead writers are not recovered: the hard limit is an hour (20 minutes since 3.3.0).',
    'Only what a writer needs: create, hflush, close, rename.',
  ],
  knobs: [],
  claims: [
    {
      name: 'a file has as many bytes as its lines',
      holds: ({ namespace }) =>
        [...namespace.files.values()].every(
          (file) => file.bytes === file.lines.reduce((sum, line) => sum + line.bytes, 0),
        ),
    },
  ],
  refusals: () => [],
  processes: () => ['namenode'],
  anatomy: (config) => ({
    parts: config.directories.map(({ name, path }) => ({
      id: `${config.id}/${name}`,
      node: config.id,
      process: `${config.id}/namenode`,
      glyph: 'directory',
      label: name,
      detail: path,
      holds: 'log',
      capacity: null,
      changedDefaults: [],
    })),
    gauges: config.directories.flatMap(({ name }) => {
      const part = `${config.id}/${name}`;
      return [
        { id: `${part}:files`, part, label: 'files', unit: 'count' as const },
        { id: `${part}:closed`, part, label: 'lines in closed files', unit: 'records' as const },
      ];
    }),
    series: [],
  }),
  pipes: () => [],
  programText: () => null,

  start: (config, env) => ({
    config,
    process: env.process(`${config.id}/namenode`),
    namespace: createNamespace(config['dfs.blocksize']),
    directories: config.directories.map(({ name, path }) => {
      const partId = `${config.id}/${name}`;
      return {
        path,
        partId,
        part: env.trace.part(partId),
        filesGauge: env.trace.gaugeId(`${partId}:files`),
        closedGauge: env.trace.gaugeId(`${partId}:closed`),
      };
    }),
  }),

  receive(_state, process, from, message, env) {
    switch (message.type) {
      case 'hdfs.create':
      case 'hdfs.hflush':
      case 'hdfs.close':
      case 'hdfs.rename': {
        const busyUs = message.type === 'hdfs.hflush' ? env.costs.hdfsWriteUs : 0;
        const event: HdfsEvent = { type: 'answer', to: from, message };
        env.after(process, busyUs * env.slowness(process), event);
        return;
      }
      default:
    }
  },

  handle(state, process, { to, message }, env) {
    const error = carryOut(state.namespace, message);
    tellDirectories(state, message, env);
    const { client, request } = message;
    env.send(process, to, { type: 'hdfs.reply', client, request, error });
  },

  crash: () => undefined,
  restart: () => undefined,

  view: ({ namespace, directories, config }, part) => {
    const directory = directories.find(({ partId }) => partId === part);
    const files = filesUnder(namespace, directory?.path ?? '/');
    return {
      title: `HDFS ${directory?.path ?? '/'}`,
      facts: [
        ['files', String(files.length)],
        ['open files', String(files.filter(({ lease }) => lease !== null).length)],
      ],
      settings: [{ key: 'dfs.blocksize', value: String(config['dfs.blocksize']) }],
      tables: [
        {
          title: 'Files',
          columns: ['path', 'lines', 'length as listed', 'written by'],
          rows: files
            .slice(-50)
            .map((file) => [
              file.path,
              String(file.lines.length),
              String(listedBytes(namespace, file)),
              file.lease ?? 'closed',
            ]),
        },
      ],
      log: [],
    };
  },
};

function carryOut(namespace: Namespace, message: HdfsRequest): string | null {
  switch (message.type) {
    case 'hdfs.create':
      return createFile(namespace, message.path, message.client);
    case 'hdfs.hflush':
      return appendLines(namespace, message.path, message.client, message.lines);
    case 'hdfs.close':
      return closeFile(namespace, message.path, message.client);
    case 'hdfs.rename':
      renameFile(namespace, message.path, message.to);
      return null;
  }
}

function tellDirectories(state: HdfsState, message: HdfsRequest, env: HdfsEnvironment): void {
  for (const directory of state.directories) {
    if (!message.path.startsWith(`${directory.path}/`)) continue;
    const files = filesUnder(state.namespace, directory.path);
    const closed = files.filter(({ lease }) => lease === null);
    env.trace.gauge(directory.filesGauge, files.length);
    env.trace.gauge(
      directory.closedGauge,
      closed.reduce((sum, { lines }) => sum + lines.length, 0),
    );
    if (message.type === 'hdfs.rename')
      env.trace.mark(directory.part, `${message.path} is now ${message.to}`);
  }
}
