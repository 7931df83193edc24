/** Sources alone: which files and lines they read, and what a client hears. */
import * as v from 'valibot';
import { benchOf } from '../../../kernel/bench.ts';
import type { FileInfo } from '../../../wire/files.ts';
import { advanceDelivery, createDelivery } from '../channelProcessor.ts';
import { createChannel } from '../channels/channel.ts';
import { readMemoryChannel } from '../channels/memoryChannel.ts';
import { createReport } from '../configuration/report.ts';
import { createEvent } from '../event.ts';
import { readSelector } from '../selectors/selector.ts';
import { failedReply, lineFits, readNetcat, tooLongReply } from '../sources/netcat.ts';
import { nextSpooledFile, readSpooldir, type SpooldirSettings } from '../sources/spooldir.ts';
import {
  commitRead,
  createSpoolingReader,
  isEmptyFile,
  nextLine,
  openFile,
  retireFile,
  type SpoolingReader,
} from '../sources/spoolingReader.ts';
import {
  commitLines,
  createTaildirReader,
  loadPositions,
  positionsOf,
  readTaildir,
  taildirHeaders,
  updateTailFiles,
} from '../sources/taildir.ts';
import type { Position, TaildirReader } from '../sources/taildir.ts';
import { drainChannel } from './drain.ts';
import { properties, writtenEvent } from './schemas.ts';

export const spooldirOrderBench = benchOf({
  component: 'flume/spooldir-order',
  meaning:
    'A spooldir source’s choice among the files of its directory: its properties (`consumeOrder`, `includePattern` …). A ' +
    'step {files} of {name, modifiedMs} answers with the names in the order in which they are read.',
  config: properties,
  step: v.strictObject({
    files: v.array(v.strictObject({ name: v.string(), modifiedMs: v.number() })),
  }),
  create: readSpooldir,
  play: (settings, { files }) => {
    let rest = files.map(({ name, modifiedMs }, inode) => {
      return {
        path: `${settings.spoolDir}/${name}`,
        inode,
        lines: 1,
        modifiedUs: modifiedMs * 1000,
      };
    });
    const read: string[] = [];
    for (;;) {
      const next = nextSpooledFile(settings, rest, () => 0);
      if (next === null) return read;
      read.push(next.path.slice(settings.spoolDir.length + 1));
      rest = rest.filter(({ inode }) => inode !== next.inode);
    }
  },
});

interface Spool {
  readonly settings: SpooldirSettings;
  readonly files: Map<string, FileInfo & { readonly text: readonly string[] }>;
  clock: number;
  reader: SpoolingReader;
}

export const spoolingReaderBench = benchOf({
  component: 'flume/spooling-reader',
  meaning:
    'The reader of a spooldir source: its properties. Steps: {write, lines} of a file; {read} at most so many events, which ' +
    'are committed unless {commit: false}; {call: "kill and start"}. A read answers with the bodies, or the message of the exception.',
  config: properties,
  step: v.union([
    v.strictObject({ write: v.string(), lines: v.array(v.string()) }),
    v.strictObject({
      read: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
      commit: v.optional(v.boolean(), true),
    }),
    v.strictObject({ call: v.literal('kill and start') }),
  ]),
  create: (context): Spool => ({
    settings: readSpooldir(context),
    files: new Map(),
    clock: 0,
    reader: createSpoolingReader(),
  }),
  play: (spool, step) => {
    if ('read' in step) return readSpool(spool, step.read, step.commit);
    if ('call' in step) spool.reader = createSpoolingReader(spool.reader.tracker);
    else writeSpooled(spool, step.write, step.lines);
    return 'ok';
  },
});

function writeSpooled(spool: Spool, path: string, text: readonly string[]): void {
  spool.clock += 1;
  const inode = spool.files.get(path)?.inode ?? spool.files.size + 1;
  spool.files.set(path, { path, inode, lines: text.length, modifiedUs: spool.clock, text });
}

/** `readEvents`: at a file's end it goes on with the next one, until there are events or no more files. */
function readSpool(spool: Spool, most: number, isCommitted: boolean): readonly string[] | string {
  const { files, reader, settings } = spool;
  if (reader.isClosed) return 'Serializer has been closed';
  for (;;) {
    if (reader.current === null) {
      const next = nextSpooledFile(settings, [...files.values()], () => 0);
      if (next === null) return [];
      openFile(reader, next);
    }
    const from = nextLine(reader);
    const text = files.get(reader.current?.path ?? '')?.text ?? [];
    const read = isEmptyFile(reader) ? [''] : text.slice(from, from + most);
    if (read.length > 0) {
      if (isCommitted) commitRead(reader, read.length);
      return read;
    }
    const retired = retireFile(reader, settings, [...files.values()]);
    if (retired.is === 'refused') return retired.message;
    const file = files.get(retired.path);
    files.delete(retired.path);
    if (retired.is === 'renamed' && file) files.set(retired.to, { ...file, path: retired.to });
  }
}

interface Disk {
  /** By path; what was changed longest ago has the smallest `changed`. */
  readonly files: Map<string, { readonly inode: number; lines: string[]; changed: number }>;
  clock: number;
  positionFile: readonly Position[];
  reader: TaildirReader;
}

const text = v.string();

export const taildirSourceBench = benchOf({
  component: 'flume/taildir-source',
  meaning:
    'A TAILDIR source over files that the script changes: its properties. Steps: {append, lines}, {write, lines} anew, ' +
    '{rename, to}; {call: "process"} answers with the events that are read and committed, {call: "write positions"} is ' +
    'the position file’s timer, {call: "kill and start"} a kill -9 and a new start.',
  config: properties,
  step: v.union([
    v.strictObject({ append: text, lines: v.array(text) }),
    v.strictObject({ write: text, lines: v.array(text) }),
    v.strictObject({ rename: text, to: text }),
    v.strictObject({ call: v.picklist(['process', 'write positions', 'kill and start']) }),
  ]),
  create: (context): Disk => ({
    files: new Map(),
    clock: 0,
    positionFile: [],
    reader: createTaildirReader(readTaildir(context, createReport())),
  }),
  play: (disk, step) => {
    if (!('call' in step)) {
      changeFile(disk, step);
      return 'ok';
    }
    if (step.call === 'process') return processFiles(disk);
    if (step.call === 'write positions') disk.positionFile = positionsOf(disk.reader);
    else disk.reader = createTaildirReader(disk.reader.settings);
    return 'ok';
  },
});

type Change =
  | { readonly append: string; readonly lines: string[] }
  | { readonly write: string; readonly lines: string[] }
  | { readonly rename: string; readonly to: string };

function changeFile(disk: Disk, change: Change): void {
  disk.clock++;
  const path =
    'append' in change ? change.append : 'write' in change ? change.write : change.rename;
  const file = disk.files.get(path) ?? { inode: disk.files.size + 1, lines: [], changed: 0 };
  if ('to' in change) {
    disk.files.delete(path);
    disk.files.set(change.to, file);
    return;
  }
  file.lines = 'append' in change ? [...file.lines, ...change.lines] : change.lines;
  file.changed = disk.clock;
  disk.files.set(path, file);
}

function processFiles({ files, reader, positionFile }: Disk): unknown[] {
  const listing = [...files].map(([path, { inode, lines, changed }]) => {
    return { path, inode, lines: lines.length, modifiedUs: changed };
  });
  updateTailFiles(reader, listing);
  if (!reader.loaded) {
    loadPositions(reader, positionFile);
    updateTailFiles(reader, listing);
  }
  return reader.existingInodes.flatMap((inode) => {
    const file = reader.tailFiles.get(inode);
    if (file?.needTail !== true) return [];
    const from = file.pos;
    const lines = files.get(file.path)?.lines.slice(from) ?? [];
    commitLines(reader, inode, lines.length);
    return lines.map((line, i) =>
      writtenEvent(createEvent(line, -1, taildirHeaders(reader.settings, file, from + i))),
    );
  });
}

export const netcatSourceBench = benchOf({
  component: 'flume/netcat-source',
  meaning:
    'A netcat source on a memory channel, each with its properties: a step {line}, without its newline, answers with what ' +
    'the client hears of it; {call: "drain"} takes all that the channel holds.',
  config: v.strictObject({ properties, channel: properties }),
  step: v.union([
    v.strictObject({ line: v.string() }),
    v.strictObject({ call: v.literal('drain') }),
  ]),
  create: (config) => ({
    settings: readNetcat(config.properties),
    channel: createChannel('c1', readMemoryChannel(config.channel, createReport())),
    selector: readSelector(new Map(), ['c1']),
  }),
  play: ({ settings, channel, selector }, step) => {
    if ('call' in step) return drainChannel(channel);
    if (!lineFits(settings, step.line)) return tooLongReply(settings);
    const delivery = createDelivery([], selector, [createEvent(step.line)], { nowMs: 0, host: '' });
    const outcome = advanceDelivery(delivery, [channel], false);
    if (outcome.is === 'failed') return failedReply(outcome.message);
    return settings.ackEveryEvent ? 'OK' : null;
  },
});
