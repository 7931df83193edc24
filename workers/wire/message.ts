import type { AvroMessage } from './avro.ts';
import type { FilesMessage, LineMessage } from './files.ts';
import type { HdfsMessage } from './hdfs.ts';
import type { KafkaMessage } from './kafka.ts';
import type { TransportMessage } from './transport.ts';

/** Everything that travels between processes. Messages are never changed once sent. */
export type WireMessage =
  AvroMessage | FilesMessage | HdfsMessage | KafkaMessage | LineMessage | TransportMessage;
