/** Pieces of properties texts that several tests put together. */
export const tail = `sources = r1
sources.r1.type = TAILDIR
sources.r1.filegroups = f1
sources.r1.filegroups.f1 = /var/log/httpd/access_log
sources.r1.backoffSleepIncrement = 200
sources.r1.maxBackoffSleep = 200
sources.r1.channels = c1`;
export const memory = `channels = c1
channels.c1.type = memory
channels.c1.capacity = 1000`;
export const onDisk = `channels = c1
channels.c1.type = file
channels.c1.capacity = 20000`;
export const toKafka = `sinks = k1
sinks.k1.type = org.apache.flume.sink.kafka.KafkaSink
sinks.k1.kafka.bootstrap.servers = kafka:9092
sinks.k1.kafka.topic = weblog
sinks.k1.channel = c1`;
export const toNull = `sinks = k1
sinks.k1.type = null
sinks.k1.channel = c1`;
export const outlet = 'a1/k1 > kafka/weblog-0';
export const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_unused, i) => from + i);
export const recordsOf = (sent: readonly { record: number }[]) => sent.map(({ record }) => record);
