import type { RecordId } from '../trace/format.ts';

/** One line on its way into a file. */
export interface HdfsLine {
  /** The row of the run's input that it carries, or −1. */
  readonly record: RecordId;
  readonly text: string;
  readonly bytes: number;
}

interface Addressed {
  /** The client's name, under which it holds its leases. */
  readonly client: string;
  readonly request: number;
}

/**
 * What an HDFS client asks of the cluster (`DFSClient`, 3.3). NameNode and write pipeline answer as
 * one: which DataNodes hold a block decides nothing that is modelled.
 */
export type HdfsRequest =
  | (Addressed & { readonly type: 'hdfs.create' | 'hdfs.close'; readonly path: string })
  /** A packet of lines with hflush: when it is answered, new readers see them. */
  | (Addressed & {
      readonly type: 'hdfs.hflush';
      readonly path: string;
      readonly lines: readonly HdfsLine[];
    })
  | (Addressed & { readonly type: 'hdfs.rename'; readonly path: string; readonly to: string });

/** `error` is the IOException's message, or null. */
export interface HdfsReply extends Addressed {
  readonly type: 'hdfs.reply';
  readonly error: string | null;
}

export type HdfsMessage = HdfsRequest | HdfsReply;
