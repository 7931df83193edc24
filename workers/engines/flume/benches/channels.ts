/** Channels alone, driven transaction by transaction. */
import * as v from 'valibot';
import { benchOf, RefusedByBench } from '../../../kernel/bench.ts';
import {
  begin,
  commit,
  createChannel,
  isDurable,
  put,
  restartChannel,
  rollback,
  take,
} from '../channels/channel.ts';
import type { Channel, ChannelSettings } from '../channels/channel.ts';
import { readFileChannel, writeCheckpoint } from '../channels/fileChannel.ts';
import type { FileChannel } from '../channels/fileChannel.ts';
import { readMemoryChannel } from '../channels/memoryChannel.ts';
import type { Transaction } from '../channels/transaction.ts';
import type { Context } from '../configuration/context.ts';
import { createReport } from '../configuration/report.ts';
import type { Report } from '../configuration/report.ts';
import { createEvent } from '../event.ts';
import { properties } from './schemas.ts';

const step = v.variant('call', [
  v.strictObject({
    call: v.picklist(['begin', 'take', 'commit', 'rollback']),
    transaction: v.string(),
  }),
  v.strictObject({ call: v.literal('put'), transaction: v.string(), body: v.string() }),
  v.strictObject({ call: v.picklist(['checkpoint', 'crash']) }),
]);

interface OpenChannel {
  channel: Channel;
  transactions: Map<string, Transaction>;
}

function channelBench(
  kind: 'memory' | 'file',
  read: (context: Context, report: Report) => ChannelSettings,
) {
  return benchOf({
    component: `flume/${kind}-channel`,
    meaning:
      `The ${kind} channel as its properties say, with keep-alive 0. Steps: begin, put (body), take, commit and ` +
      'rollback of a named transaction; checkpoint; crash (kill -9 and a new start). Answers: the body taken or null, ' +
      'the message of a ChannelException, or "ok".',
    config: properties,
    step,
    create: (context): OpenChannel => ({
      channel: createChannel('channel', read(context, createReport())),
      transactions: new Map(),
    }),
    play: ({ channel, transactions }, input) => {
      if (!('transaction' in input)) {
        if (input.call === 'crash') transactions.clear();
        return crashOrSave(channel, input.call);
      }
      if (input.call === 'begin') {
        transactions.set(input.transaction, begin(channel));
        return 'ok';
      }
      const transaction = transactions.get(input.transaction);
      if (transaction === undefined) {
        throw new RefusedByBench(`the transaction ${input.transaction} was not begun`);
      }
      if (input.call === 'put') return put(channel, transaction, createEvent(input.body)) ?? 'ok';
      return finishOrTake(channel, transaction, input.call);
    },
  });
}

function crashOrSave(channel: Channel, call: 'crash' | 'checkpoint'): string {
  if (call === 'crash') {
    restartChannel(channel);
  } else {
    if (!isDurable(channel)) throw new RefusedByBench('a memory channel has no checkpoint');
    writeCheckpoint(channel.store as FileChannel);
  }
  return 'ok';
}

function finishOrTake(
  channel: Channel,
  transaction: Transaction,
  call: 'take' | 'commit' | 'rollback',
): string | null {
  if (call === 'rollback') return rollback(channel, transaction) ?? 'ok';
  if (call === 'commit') {
    const answer = commit(channel, transaction);
    return answer === 'committed' ? 'ok' : answer.refused;
  }
  const event = take(channel, transaction);
  if (event === null) return null;
  return 'refused' in event ? event.refused : event.body;
}

export const memoryChannelBench = channelBench('memory', readMemoryChannel);
export const fileChannelBench = channelBench('file', readFileChannel);
