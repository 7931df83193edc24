/**
 * The names under which a properties file may ask for a component (1.11.0: `SourceType`, `SinkType`,
 * `ChannelType`, …): an alias in any case, or a fully qualified class name. A name that is neither
 * stops the whole agent, unlike nearly every other mistake.
 */
const sources = new Map([
  ['seq', 'org.apache.flume.source.SequenceGeneratorSource'],
  ['netcat', 'org.apache.flume.source.NetcatSource'],
  ['netcatudp', 'org.apache.flume.source.NetcatUdpSource'],
  ['exec', 'org.apache.flume.source.ExecSource'],
  ['avro', 'org.apache.flume.source.AvroSource'],
  ['thrift', 'org.apache.flume.source.ThriftSource'],
  ['syslogtcp', 'org.apache.flume.source.SyslogTcpSource'],
  ['multiport_syslogtcp', 'org.apache.flume.source.MultiportSyslogTCPSource'],
  ['syslogudp', 'org.apache.flume.source.SyslogUDPSource'],
  ['spooldir', 'org.apache.flume.source.SpoolDirectorySource'],
  ['http', 'org.apache.flume.source.http.HTTPSource'],
  ['jms', 'org.apache.flume.source.jms.JMSSource'],
  ['taildir', 'org.apache.flume.source.taildir.TaildirSource'],
]);

/** Classes on the class path that have no alias. */
const sourceClasses = [
  'org.apache.flume.source.StressSource',
  'org.apache.flume.source.kafka.KafkaSource',
  'org.apache.flume.source.scribe.ScribeSource',
  'org.apache.flume.source.twitter.TwitterSource',
];

const sinks = new Map([
  ['null', 'org.apache.flume.sink.NullSink'],
  ['logger', 'org.apache.flume.sink.LoggerSink'],
  ['file_roll', 'org.apache.flume.sink.RollingFileSink'],
  ['hdfs', 'org.apache.flume.sink.hdfs.HDFSEventSink'],
  ['irc', 'org.apache.flume.sink.irc.IRCSink'],
  ['avro', 'org.apache.flume.sink.AvroSink'],
  ['thrift', 'org.apache.flume.sink.ThriftSink'],
  ['elasticsearch', 'org.apache.flume.sink.elasticsearch.ElasticSearchSink'],
  ['hbase', 'org.apache.flume.sink.hbase.HBaseSink'],
  ['asynchbase', 'org.apache.flume.sink.hbase.AsyncHBaseSink'],
  ['hbase2', 'org.apache.flume.sink.hbase2.HBase2Sink'],
  ['morphline_solr', 'org.apache.flume.sink.solr.morphline.MorphlineSolrSink'],
  ['hive', 'org.apache.flume.sink.hive.HiveSink'],
  ['http', 'org.apache.flume.sink.http.HttpSink'],
]);

const sinkClasses = [
  'org.apache.flume.sink.kafka.KafkaSink',
  'org.apache.flume.sink.kudu.KuduSink',
];

const channels = new Map([
  ['memory', 'org.apache.flume.channel.MemoryChannel'],
  ['file', 'org.apache.flume.channel.file.FileChannel'],
  ['jdbc', 'org.apache.flume.channel.jdbc.JdbcChannel'],
  ['spillablememory', 'org.apache.flume.channel.SpillableMemoryChannel'],
]);

const channelClasses = [
  'org.apache.flume.channel.kafka.KafkaChannel',
  'org.apache.flume.channel.PseudoTxnMemoryChannel',
];

/** Aliases whose class left the distribution: known by name, yet they cannot be loaded. */
const goneClasses = new Set(['org.apache.flume.sink.elasticsearch.ElasticSearchSink']);

export type ComponentKind = 'source' | 'sink' | 'channel';

const tables = {
  source: { aliases: sources, classes: sourceClasses },
  sink: { aliases: sinks, classes: sinkClasses },
  channel: { aliases: channels, classes: channelClasses },
};

/** The class that a written type asks for: that of its alias, or the type itself. */
export function classOf(kind: ComponentKind, type: string): string {
  const { aliases } = tables[kind];
  const byAlias = aliases.get(type.toLowerCase());
  if (byAlias !== undefined) return byAlias;
  for (const name of aliases.values()) {
    if (name.toLowerCase() === type.toLowerCase()) return name;
  }
  return type;
}

/** Whether the class can be loaded from Flume 1.11.0's own class path. */
export function isOnClassPath(kind: ComponentKind, className: string): boolean {
  if (goneClasses.has(className)) return false;
  const { aliases, classes } = tables[kind];
  return classes.includes(className) || [...aliases.values()].includes(className);
}
