/** Emptying a channel, to see what is in it. */
import { RefusedByBench } from '../../../kernel/bench.ts';
import { begin, commit, depth, take } from '../channels/channel.ts';
import type { Channel } from '../channels/channel.ts';

/** The bodies of all that the channel holds now, taken in one transaction. */
export function drainChannel(channel: Channel | undefined): string[] {
  if (channel === undefined) throw new RefusedByBench('there is no such channel');
  const transaction = begin(channel);
  const bodies: string[] = [];
  for (let held = depth(channel); held > 0; held--) {
    const event = take(channel, transaction);
    if (event === null) break;
    if ('refused' in event) throw new RefusedByBench(event.refused);
    bodies.push(event.body);
  }
  commit(channel, transaction);
  return bodies;
}
