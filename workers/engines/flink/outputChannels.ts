/**
 * A task's way to the next tasks: records gather in a network buffer per channel, and a buffer goes when it is full, when
 * a barrier follows it, or at the next flush (`execution.buffer-timeout.interval`). Watermarks travel in the same
 * buffers and wait with them. A channel may have only so many buffers under way or unread (credit); beyond that they
 * pile up at the sender until it stops reading its own input: back-pressure, all the way to the source.
 *
 * Follows Flink 1.20 `RecordWriter`, `OutputFlusher`, `PipelinedSubpartition` and credit-based flow control with 2
 * exclusive buffers a channel and 8 floating ones a gate. Simplified: the receiver's credit is known at once; the
 * floating buffers are shared out evenly; a record's size is estimated.
 */
import type { Barrier, ChannelItem, OutputChannel, StreamElement } from './job.ts';

/** `taskmanager.memory.segment-size`. */
const BUFFER_BYTES = 32_768;
/** `taskmanager.network.memory.buffers-per-channel`, `.floating-buffers-per-gate`, `.max-buffers-per-channel`. */
const EXCLUSIVE_BUFFERS = 2;
const FLOATING_BUFFERS = 8;
const MAX_BUFFERS_PER_CHANNEL = 10;

/** Length prefix, tag, timestamp, number and the key's bytes. */
const RECORD_BYTES = 40;
const WATERMARK_BYTES = 13;

export function createOutputChannel(): OutputChannel {
  return { elements: [], bytes: 0, barriers: 0, blocked: false, inFlight: 0 };
}

export function emitElement(channel: OutputChannel, element: StreamElement): void {
  channel.elements.push(element);
  if (isBarrier(element)) channel.barriers++;
  else channel.bytes += sizeOf(element);
}

/** Buffers that a channel may have under way or waiting at a receiver with so many channels. */
export function creditOf(channels: number): number {
  return EXCLUSIVE_BUFFERS + Math.floor(FLOATING_BUFFERS / channels);
}

/** Whether the sender has no buffer left to write into, and must stop. */
export function isExhausted(channel: OutputChannel): boolean {
  return channel.bytes >= MAX_BUFFERS_PER_CHANNEL * BUFFER_BYTES;
}

/**
 * Takes the next item that may be sent now out of the channel, or null. A barrier needs no credit, but stays behind the
 * data before it.
 *
 * @param waiting buffers of this channel that wait at the receiver
 * @param flush whether a buffer goes that is not full
 * @param blocks whether nothing may follow a barrier until the receiver resumes (aligned checkpoints)
 */
export function takeItem(
  channel: OutputChannel,
  waiting: number,
  credit: number,
  flush: boolean,
  blocks: boolean,
): ChannelItem | null {
  const head = channel.elements[0];
  if (head === undefined || channel.blocked) return null;
  if (isBarrier(head)) {
    channel.elements.shift();
    channel.barriers--;
    channel.blocked = blocks;
    return head;
  }
  const goes = flush || channel.barriers > 0 || channel.bytes >= BUFFER_BYTES;
  if (!goes || channel.inFlight + waiting >= credit) return null;
  channel.inFlight++;
  return { kind: 'buffer', elements: takeBuffer(channel) };
}

/** As much as fits into one buffer, up to the next barrier. */
function takeBuffer(channel: OutputChannel): StreamElement[] {
  const { elements } = channel;
  if (channel.barriers === 0 && channel.bytes <= BUFFER_BYTES) {
    channel.elements = [];
    channel.bytes = 0;
    return elements;
  }
  let bytes = 0;
  let count = 0;
  for (const element of elements) {
    if (isBarrier(element) || bytes + sizeOf(element) > BUFFER_BYTES) break;
    bytes += sizeOf(element);
    count++;
  }
  channel.bytes -= bytes;
  return elements.splice(0, count);
}

function isBarrier(element: StreamElement): element is Barrier {
  return typeof element !== 'number' && element.kind === 'barrier';
}

/** Of anything but a barrier. */
function sizeOf(element: StreamElement): number {
  return typeof element === 'number' ? RECORD_BYTES : WATERMARK_BYTES;
}
