/**
 * The settings of `HDFSEventSink` (Flume 1.11.0) under their official keys.
 *
 * Simplifications: files are counted in bytes of bodies, so compression and the format of a
 * SequenceFile change names and messages only; no Kerberos; the time zone is UTC.
 */
import { getBoolean, getInteger, getLong, refuse } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';
import { warn } from '../configuration/report.ts';
import type { Report } from '../configuration/report.ts';
import type { Escaping } from './bucketPath.ts';

export interface HdfsSinkSettings {
  readonly kind: 'hdfs';
  readonly path: string;
  readonly filePrefix: string;
  /** Written by the user with its dot, or the codec's. */
  readonly fileSuffix: string;
  readonly inUsePrefix: string;
  readonly inUseSuffix: string;
  /** 0 switches each of the three off. */
  readonly rollIntervalS: number;
  readonly rollSizeBytes: number;
  readonly rollCount: number;
  readonly idleTimeoutS: number;
  readonly batchSize: number;
  readonly fileType: string;
  readonly maxOpenFiles: number;
  readonly callTimeoutMs: number;
  readonly round: Escaping['round'];
  readonly useLocalTimeStamp: boolean;
}

const codecExtensions = new Map([
  ['gzip', '.gz'],
  ['bzip2', '.bz2'],
  ['deflate', '.deflate'],
  ['snappy', '.snappy'],
]);

/** @throws ConfigurationRefusal */
export function readHdfsSink(context: Context, report: Report): HdfsSinkSettings {
  const path = context.get('hdfs.path');
  if (path === undefined) return refuse('NullPointerException', 'hdfs.path is required');
  const batchSize = getLong(context, 'hdfs.batchSize', 100);
  if (batchSize <= 0) refuse('IllegalArgumentException', 'batchSize must be greater than 0');
  const fileType = context.get('hdfs.fileType') ?? 'SequenceFile';
  const emptyInUseSuffix = getBoolean(context, 'hdfs.emptyInUseSuffix', false);
  return {
    kind: 'hdfs',
    path,
    filePrefix: context.get('hdfs.filePrefix') ?? 'FlumeData',
    fileSuffix: context.get('hdfs.fileSuffix') ?? codecExtension(context, fileType),
    inUsePrefix: context.get('hdfs.inUsePrefix') ?? '',
    inUseSuffix: emptyInUseSuffix ? '' : (context.get('hdfs.inUseSuffix') ?? '.tmp'),
    rollIntervalS: getLong(context, 'hdfs.rollInterval', 30),
    rollSizeBytes: getLong(context, 'hdfs.rollSize', 1024),
    rollCount: getLong(context, 'hdfs.rollCount', 10),
    idleTimeoutS: getInteger(context, 'hdfs.idleTimeout', 0),
    batchSize,
    fileType,
    maxOpenFiles: Math.max(1, getInteger(context, 'hdfs.maxOpenFiles', 5000)),
    callTimeoutMs: getLong(context, 'hdfs.callTimeout', 30_000),
    round: readRounding(context, report),
    useLocalTimeStamp: getBoolean(context, 'hdfs.useLocalTimeStamp', false),
  };
}

/** @throws ConfigurationRefusal for a codec and a file type that do not go together */
function codecExtension(context: Context, fileType: string): string {
  const codec = context.get('hdfs.codeC');
  if (codec === undefined) {
    if (fileType.toLowerCase() === 'compressedstream') {
      refuse(
        'NullPointerException',
        `It's essential to set compress codec when fileType is: ${fileType}`,
      );
    }
    return '';
  }
  if (fileType.toLowerCase() === 'datastream') {
    refuse(
      'IllegalArgumentException',
      `fileType: ${fileType} which does NOT support compressed output. Please don't set codeC or ` +
        'change the fileType if compressed output is desired.',
    );
  }
  return (
    codecExtensions.get(codec.toLowerCase()) ??
    refuse('IllegalArgumentException', `Unsupported compression codec ${codec}.`)
  );
}

function readRounding(context: Context, report: Report): Escaping['round'] {
  if (!getBoolean(context, 'hdfs.round', false)) return null;
  const unit = (context.get('hdfs.roundUnit') ?? 'second').toLowerCase();
  const value = getInteger(context, 'hdfs.roundValue', 1);
  if (unit !== 'second' && unit !== 'minute' && unit !== 'hour') {
    warn(
      report,
      'Rounding unit is not valid, please set one ofminute, hour, or second. Rounding will be disabled',
    );
    return null;
  }
  const most = unit === 'hour' ? 24 : 60;
  if (value <= 0 || value > most) {
    refuse('IllegalArgumentException', `Round valuemust be > 0 and <= ${most}`);
  }
  return { unit, value };
}

/** Any other name fails at each `process()`, not at start. */
export function isKnownFileType(settings: HdfsSinkSettings): boolean {
  return ['sequencefile', 'datastream', 'compressedstream'].includes(
    settings.fileType.toLowerCase(),
  );
}
