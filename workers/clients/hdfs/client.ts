/**
 * An HDFS client as plain data that another engine embeds (`DFSClient`, `DFSOutputStream`, Hadoop
 * 3.3): operations run in order, one at a time; written lines stay in the client until an hflush or a
 * close, and die with it.
 *
 * Simplification: a full packet of 64 KiB leaves the client by itself in reality; here only an hflush
 * or a close sends lines.
 */
import type { HdfsLine, HdfsReply, HdfsRequest } from '../../wire/hdfs.ts';

export type FileOperation =
  | { readonly operation: 'write'; readonly path: string; readonly line: HdfsLine }
  | { readonly operation: 'create' | 'hflush' | 'close'; readonly path: string }
  | { readonly operation: 'rename'; readonly path: string; readonly to: string };

export interface HdfsClient {
  /** Holder of the leases of the files that it writes. */
  readonly name: string;
  queue: FileOperation[];
  /** Lines written and not yet flushed, by file. */
  buffers: Map<string, HdfsLine[]>;
  /** The request that is being answered, or −1, and its file. */
  request: number;
  path: string;
  nextRequest: number;
}

export interface HdfsClientPort {
  send(request: HdfsRequest): void;
}

export function createHdfsClient(name: string): HdfsClient {
  return { name, queue: [], buffers: new Map(), request: -1, path: '', nextRequest: 0 };
}

/** Adds operations behind those that wait, and begins the next one. */
export function perform(
  client: HdfsClient,
  operations: readonly FileOperation[],
  port: HdfsClientPort,
): void {
  client.queue.push(...operations);
  sendNext(client, port);
}

/** Whether every operation has been answered. */
export function isIdle(client: HdfsClient): boolean {
  return client.request < 0 && client.queue.length === 0;
}

/** The cluster answered. @returns the IOException's message, after which all that waits is dropped */
export function onHdfsReply(
  client: HdfsClient,
  reply: HdfsReply,
  port: HdfsClientPort,
): string | null {
  if (reply.request !== client.request) return null;
  client.request = -1;
  if (reply.error !== null) return giveUp(client, reply.error);
  sendNext(client, port);
  return null;
}

/** Nobody will answer: the connection broke, or the call took too long. @returns `problem` */
export function giveUp(client: HdfsClient, problem: string): string {
  client.request = -1;
  client.queue = [];
  client.buffers.clear();
  return problem;
}

function sendNext(client: HdfsClient, port: HdfsClientPort): void {
  let done = 0;
  while (client.request < 0 && done < client.queue.length) {
    begin(client, client.queue[done] as FileOperation, port);
    done++;
  }
  client.queue.splice(0, done);
}

function begin(client: HdfsClient, operation: FileOperation, port: HdfsClientPort): void {
  const { path } = operation;
  const address = { client: client.name, request: client.nextRequest };
  switch (operation.operation) {
    case 'write':
      return buffer(client, path, operation.line);
    case 'create':
      return ask(client, port, { type: 'hdfs.create', ...address, path });
    case 'hflush': {
      const lines = client.buffers.get(path) ?? [];
      client.buffers.delete(path);
      return ask(client, port, { type: 'hdfs.hflush', ...address, path, lines });
    }
    case 'close':
      return ask(client, port, { type: 'hdfs.close', ...address, path });
    case 'rename':
      return ask(client, port, { type: 'hdfs.rename', ...address, path, to: operation.to });
  }
}

function buffer(client: HdfsClient, path: string, line: HdfsLine): void {
  const lines = client.buffers.get(path);
  if (lines === undefined) client.buffers.set(path, [line]);
  else lines.push(line);
}

function ask(client: HdfsClient, port: HdfsClientPort, message: HdfsRequest): void {
  client.request = client.nextRequest++;
  client.path = message.path;
  port.send(message);
}
