import { describe, expect, it } from 'vitest';
import type { FileOperation } from '../../../workers/clients/hdfs/client.ts';
import { createReport } from '../../../workers/engines/flume/configuration/report.ts';
import { createEvent } from '../../../workers/engines/flume/event.ts';
import { escapePath, noRounding } from '../../../workers/engines/flume/sinks/bucketPath.ts';
import type { Escaping } from '../../../workers/engines/flume/sinks/bucketPath.ts';
import {
  appendToBucket,
  closeBucket,
  createBucketWriter,
} from '../../../workers/engines/flume/sinks/bucketWriter.ts';
import { isKnownFileType, readHdfsSink } from '../../../workers/engines/flume/sinks/hdfs.ts';
import { splitHdfsPath } from '../../../workers/engines/flume/sinks/hdfsOutlet.ts';
import { kafkaTarget, readKafkaSink } from '../../../workers/engines/flume/sinks/kafka.ts';
import { loggerLine } from '../../../workers/engines/flume/sinks/loggerLine.ts';

const map = (properties: Record<string, string>) => new Map(Object.entries(properties));
const plain: Escaping = { ...noRounding, nowMs: 0 };
const rounded = (unit: 'second' | 'minute' | 'hour', value: number): Escaping => ({
  ...plain,
  round: { unit, value },
});

/** A time of 2012 in UTC as the header's text. */
const at = (month: number, day: number, hour: number, minute: number, second: number) =>
  String(Date.UTC(2012, month - 1, day, hour, minute, second, 234));

describe('escapes in paths', () => {
  const noonish = at(6, 23, 13, 46, 33);

  it.each<[string, string, Escaping, string, string]>([
    [
      'F25 TestBucketPath %c, 12 hours',
      '%c',
      rounded('hour', 12),
      noonish,
      'Sat Jun 23 12:00:00 2012',
    ],
    [
      'F25 TestBucketPath %s, 5 minutes',
      '%s',
      rounded('minute', 5),
      noonish,
      String(Date.UTC(2012, 5, 23, 13, 45) / 1000),
    ],
    [
      'F25 TestBucketPath %s, 5 seconds',
      '%s',
      rounded('second', 5),
      noonish,
      String(Date.UTC(2012, 5, 23, 13, 46, 30) / 1000),
    ],
    ['F25 TestBucketPath %n-%e', '%n-%e', plain, at(5, 3, 0, 0, 0), '5-3'],
    [
      'the exercise',
      '/flume/events/%y-%m-%d/%H%M/%S',
      rounded('minute', 10),
      at(6, 12, 11, 44, 34),
      '/flume/events/12-06-12/1140/00',
    ],
    ['a field that does not divide', '%M', rounded('minute', 7), at(6, 12, 11, 44, 34), '42'],
    ['rounding by the whole field', '%M', rounded('minute', 60), at(6, 12, 11, 44, 34), '00'],
    [
      'the header itself is not rounded',
      '%t',
      rounded('hour', 1),
      '1339501474234',
      '1339501474234',
    ],
    [
      'letters',
      '%a %A %b %B %d %j %k %I %l %p %D %Y %z %% %q.',
      plain,
      at(2, 9, 0, 5, 6),
      'Thu Thursday Feb February 09 040 0 12 12 AM 02/09/12 2012 +0000 % .',
    ],
    ['headers and hosts', '%{x}-%{none}-%{a b}-%[localhost]', plain, '0', 'X--%{a b}-localhost'],
  ])('%s', (_name, path, escaping, timestamp, expected) => {
    expect(escapePath(path, map({ timestamp, x: 'X' }), escaping)).toBe(expected);
  });

  it('needs the timestamp header for every letter, even %%, and for no header', () => {
    const missing = 'Expected timestamp in the Flume event headers, but it was null';
    expect(() => escapePath('%Y', new Map(), plain)).toThrow(missing);
    expect(() => escapePath('%%', new Map(), plain)).toThrow(missing);
    expect(() => escapePath('%Y', map({ timestamp: 'noon' }), plain)).toThrow(
      "Flume wasn't able to parse",
    );
    expect(escapePath('%{x}', new Map(), plain)).toBe('');
    expect(escapePath('%s', new Map(), { ...plain, nowMs: 5000, useLocalTimeStamp: true })).toBe(
      '5',
    );
  });

  it('F25 TestBucketPath: an unknown static escape throws', () => {
    expect(() => escapePath('%[abcdefg]', new Map(), plain)).toThrow(
      "The static escape string 'abcdefg'",
    );
  });

  it.each([
    ['/logs/x', null, '/logs/x'],
    ['hdfs://cluster:8020/logs', 'cluster', '/logs'],
    ['hdfs:///logs', null, '/logs'],
  ])('%s has host %s and path %s', (path, host, rest) => {
    expect(splitHdfsPath(path)).toEqual({ host, path: rest });
  });
});

describe('rolling', () => {
  /** File names that events of these sizes lead to: closed ones, then those still open. */
  function files(properties: Record<string, string>, bodies: readonly string[]) {
    const settings = readHdfsSink(map({ 'hdfs.path': '/d', ...properties }), createReport());
    const writer = createBucketWriter('/d', settings.filePrefix, 1000);
    const operations: FileOperation[] = [];
    for (const body of bodies) appendToBucket(writer, createEvent(body), settings, operations);
    const closed = operations.flatMap((entry) => (entry.operation === 'rename' ? [entry.to] : []));
    return { closed, open: writer.isOpen ? writer.bucketPath : null, settings, writer, operations };
  }
  const bodies = (count: number, body = 'foo') => Array.from({ length: count }, () => body);

  it('E3 ten events leave one open file, the eleventh closes it', () => {
    expect(files({}, bodies(10))).toMatchObject({ closed: [], open: '/d/FlumeData.1001.tmp' });
    const eleven = files({}, bodies(11));
    expect(eleven).toMatchObject({ closed: ['/d/FlumeData.1001'], open: '/d/FlumeData.1002.tmp' });
    expect(eleven.writer.eventCounter).toBe(1);
  });

  it('E4 rollSize 25 with bodies of 10 bytes: three a file', () => {
    const six = files({ 'hdfs.rollSize': '25', 'hdfs.rollCount': '0' }, bodies(6, '0123456789'));
    expect(six.closed).toHaveLength(1);
    expect(six.writer.eventCounter).toBe(3);
  });

  it.each([
    ['F24 testEventCountingRoller', { 'hdfs.rollCount': '100', 'hdfs.rollSize': '0' }],
    ['F24 testSizeRoller', { 'hdfs.rollCount': '0', 'hdfs.rollSize': '300' }],
  ])('%s: 1000 times "foo" fill ten files', (_name, properties) => {
    const { closed, open } = files(properties, bodies(1000));
    expect(closed.length + (open === null ? 0 : 1)).toBe(10);
  });

  it.each([
    ['F24 testFileSuffixNotGiven', {}, '/d/FlumeData.1001.tmp'],
    ['F24 testFileSuffixGiven', { 'hdfs.fileSuffix': '.avro' }, '/d/FlumeData.1001.avro.tmp'],
    [
      'codec extension',
      { 'hdfs.codeC': 'gzip', 'hdfs.fileType': 'CompressedStream' },
      '/d/FlumeData.1001.gz.tmp',
    ],
    [
      'in-use marks',
      { 'hdfs.inUsePrefix': '_', 'hdfs.emptyInUseSuffix': 'true' },
      '/d/_FlumeData.1001',
    ],
  ])('%s', (_name, properties, open) => {
    expect(files(properties, ['x']).open).toBe(open);
  });

  it('F22 testTextAppend: six events in batches of two, rollCount 3, stop: two files', () => {
    const { closed, operations, writer } = files(
      { 'hdfs.rollCount': '3', 'hdfs.batchSize': '2' },
      bodies(6),
    );
    closeBucket(writer, operations);
    expect(closed).toHaveLength(1);
    expect(operations.filter(({ operation }) => operation === 'rename')).toHaveLength(2);
    // A flush for each full batch of a file and one before each close that has something unflushed.
    expect(operations.map(({ operation }) => operation).join(' ')).toBe(
      'create write write hflush write hflush close rename create write write hflush write hflush close rename',
    );
  });

  it.each([
    [{}, 'hdfs.path is required'],
    [{ 'hdfs.path': '/d', 'hdfs.batchSize': '0' }, 'batchSize must be greater than 0'],
    [
      { 'hdfs.path': '/d', 'hdfs.fileType': 'DataStream', 'hdfs.codeC': 'gzip' },
      'does NOT support compressed output',
    ],
    [
      { 'hdfs.path': '/d', 'hdfs.fileType': 'CompressedStream' },
      "It's essential to set compress codec when fileType is: CompressedStream",
    ],
    [{ 'hdfs.path': '/d', 'hdfs.codeC': 'zzz' }, 'Unsupported compression codec zzz'],
    [
      { 'hdfs.path': '/d', 'hdfs.round': 'true', 'hdfs.roundValue': '61' },
      'Round valuemust be > 0 and <= 60',
    ],
  ])('refuses %o', (properties, message) => {
    expect(() => readHdfsSink(map(properties as Record<string, string>), createReport())).toThrow(
      message,
    );
  });

  it('takes a bad file type at start, and switches a bad rounding unit off', () => {
    const report = createReport();
    const properties = {
      'hdfs.path': '/d',
      'hdfs.fileType': 'foo',
      'hdfs.round': 'true',
      'hdfs.roundUnit': 'day',
    };
    const settings = readHdfsSink(map(properties), report);
    expect([isKnownFileType(settings), settings.round, report.log.length]).toEqual([
      false,
      null,
      1,
    ]);
  });
});

describe('logger sink', () => {
  // Lines that the real sink printed.
  it.each([
    ['hello', '{ headers:{} body: 68 65 6C 6C 6F                                  hello }'],
    [
      'Hello world!\r',
      '{ headers:{} body: 48 65 6C 6C 6F 20 77 6F 72 6C 64 21 0D          Hello world!. }',
    ],
    ['', '{ headers:{} body: }'],
  ])('prints %j', (body, line) => {
    expect(loggerLine(createEvent(body))).toBe(line);
  });

  it('cuts at 16 bytes of UTF-8, whatever maxBytesToLog says', () => {
    // An é is two bytes, C3 A9, so fifteen letters and half an é fit.
    expect(loggerLine(createEvent('abcdefghijklmnoé', -1, map({ k: 'v' })))).toBe(
      '{ headers:{k=v} body: 61 62 63 64 65 66 67 68 69 6A 6B 6C 6D 6E 6F C3 abcdefghijklmno. }',
    );
  });
});

describe('Kafka sink', () => {
  const settings = (properties: Record<string, string> = {}) =>
    readKafkaSink(
      map({ 'kafka.bootstrap.servers': 'broker-2.kafka:9092,kafka:9092', ...properties }),
    );

  it('has acks 1, no idempotence, and the sticky partitioner of 2.7', () => {
    const { producer, topic, batchSize } = settings();
    expect([topic, batchSize, producer.acks]).toEqual(['default-flume-topic', 100, '1']);
    expect(producer['bootstrap.servers']).toEqual(['kafka/broker-2', 'kafka/broker-1']);
    expect([producer['enable.idempotence'], producer['partitioner.sticky']]).toEqual([
      false,
      'KIP-480',
    ]);
    expect(
      settings({ 'kafka.producer.acks': 'all', 'kafka.producer.linger.ms': '5' }).producer,
    ).toMatchObject({ acks: 'all', 'linger.ms': 5 });
  });

  it.each([
    ['the configured topic', {}, {}, { topic: 't', partition: null, key: null }],
    [
      'a header over it',
      {},
      { topic: 'other', key: 'k' },
      { topic: 'other', partition: null, key: 'k' },
    ],
    [
      'unless that is off',
      { allowTopicOverride: 'false' },
      { topic: 'other' },
      { topic: 't', partition: null, key: null },
    ],
    [
      'a topic with its escapes, where no header may change it',
      { allowTopicOverride: 'false', 'kafka.topic': 't-%{host}' },
      { host: 'web1' },
      { topic: 't-%{host}', partition: null, key: null },
    ],
    [
      'an escape',
      { 'kafka.topic': 't-%{host}' },
      { host: 'web1' },
      { topic: 't-web1', partition: null, key: null },
    ],
    ['a fixed partition', { defaultPartitionId: '2' }, {}, { topic: 't', partition: 2, key: null }],
    [
      'a partition header',
      { partitionIdHeader: 'p', defaultPartitionId: '2' },
      { p: '1' },
      { topic: 't', partition: 1, key: null },
    ],
  ])('sends to %s', (_name, properties, headers, target) => {
    const event = createEvent('x', -1, map(headers));
    expect(
      kafkaTarget(
        settings({ 'kafka.topic': 't', ...(properties as Record<string, string>) }),
        event,
        0,
      ),
    ).toEqual(target);
  });

  it('throws for a partition header that is no number, and wants bootstrap servers', () => {
    const event = createEvent('x', -1, map({ p: 'x' }));
    expect(() => kafkaTarget(settings({ partitionIdHeader: 'p' }), event, 0)).toThrow(
      'Non integer partition id specified',
    );
    expect(() => readKafkaSink(new Map())).toThrow('Bootstrap Servers must be specified');
  });
});
