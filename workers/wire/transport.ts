import type { WireMessage } from './message.ts';

/**
 * What TCP tells a process about its peer. Nobody sends these: the kernel delivers them.
 * A process that dies resets its connections; one that is down refuses new ones. A cut link says nothing at all, so
 * only a client's own timeout finds out.
 */
export type TransportMessage =
  | {
      readonly type: 'connection-refused' | 'connection-reset';
      /** What did not get through, so that the sender knows which request failed. */
      readonly undelivered: WireMessage;
    }
  /** Sent to every process that exchanged messages with one that died. */
  | { readonly type: 'peer-died' };

/** Whether a message is of the connection, and not from the peer itself. */
export function isOfConnection(message: WireMessage): message is TransportMessage {
  const { type } = message;
  return type === 'peer-died' || type === 'connection-reset' || type === 'connection-refused';
}
