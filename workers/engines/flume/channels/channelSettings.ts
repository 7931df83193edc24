/** Every channel that is modelled, one row each. */
import type { Context } from '../configuration/context.ts';
import type { Report } from '../configuration/report.ts';
import type { ChannelSettings } from './channel.ts';
import { readFileChannel } from './fileChannel.ts';
import { readMemoryChannel } from './memoryChannel.ts';

const readers = {
  'org.apache.flume.channel.MemoryChannel': readMemoryChannel,
  'org.apache.flume.channel.file.FileChannel': readFileChannel,
};

/** The settings of a channel of this class, or null when the class is not modelled. */
export function readChannelSettings(
  className: string,
  context: Context,
  report: Report,
): ChannelSettings | null {
  if (!Object.hasOwn(readers, className)) return null;
  return readers[className as keyof typeof readers](context, report);
}
