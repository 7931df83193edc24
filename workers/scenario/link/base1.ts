// FROZEN. The base scenario of links of version 1, and their dictionary: see version1.ts.

export const BASE_1 =
  '{"version":1,"title":"One input, three engines, one clock","seed":7,"durationMs":120000,' +
  '"startEpochMs":1767603600000,"inputs":[{"id":"weblog","type":"generated","ratePerSecond"' +
  ':50,"bursts":{"everyMs":20000,"lengthMs":3000,"factor":3},"delayedShare":0.1,"delayMs":2' +
  '000,"eventTime":"as-arrived","errorShare":0.2}],"programs":[{"id":"status-counts","funct' +
  'ions":["parse-access-log","status-class-as-key","pair-with-one"],"aggregate":"sum","wind' +
  'owIntervalMs":8000,"slideIntervalMs":4000}],"nodes":[{"id":"web","type":"web-server","in' +
  'put":"weblog","output":{"kind":"file","path":"/var/log/httpd/access_log"}},{"id":"a1","t' +
  'ype":"flume","agent":"a1","properties":"# One agent, a1: a web server\'s log goes to Kaf' +
  'ka.\\na1.sources = r1\\na1.channels = c1\\na1.sinks = k1\\n\\na1.sources.r1.type = TAILD' +
  'IR\\na1.sources.r1.filegroups = f1\\na1.sources.r1.filegroups.f1 = /var/log/httpd/access' +
  '_log\\na1.sources.r1.channels = c1\\n# Shortened for this scene: by default the source w' +
  'aits 1 s, 2 s and up to 5 s between two looks.\\na1.sources.r1.backoffSleepIncrement = 2' +
  '00\\na1.sources.r1.maxBackoffSleep = 200\\n\\n# What the channel holds is lost when the ' +
  'agent dies.\\na1.channels.c1.type = memory\\na1.channels.c1.capacity = 1000\\na1.channel' +
  's.c1.transactionCapacity = 100\\n\\na1.sinks.k1.type = org.apache.flume.sink.kafka.Kafka' +
  'Sink\\na1.sinks.k1.kafka.bootstrap.servers = kafka:9092\\na1.sinks.k1.kafka.topic = webl' +
  'og\\na1.sinks.k1.flumeBatchSize = 20\\na1.sinks.k1.channel = c1\\n","machine":"web","def' +
  'aultFs":null},{"id":"kafka","type":"kafka","brokers":1,"topics":[{"name":"weblog","parti' +
  'tions":3,"replicationFactor":1}],"placementSeed":0,"min.insync.replicas":1,"unclean.lead' +
  'er.election.enable":false,"replica.lag.time.max.ms":30000,"broker.heartbeat.interval.ms"' +
  ':2000,"broker.session.timeout.ms":9000,"leader.imbalance.check.interval.seconds":300,"au' +
  'to.leader.rebalance.enable":true,"group.initial.rebalance.delay.ms":3000},{"id":"spark",' +
  '"type":"spark","program":"status-counts","source":{"node":"kafka","topic":"weblog"},"api' +
  '":"python","batchIntervalMs":2000,"inverseFunction":false,"filterZeros":false,"checkpoin' +
  't":false,"auto.offset.reset":"latest","spark.streaming.concurrentJobs":1,"spark.streamin' +
  'g.backpressure.enabled":false,"spark.streaming.backpressure.initialRate":0,"spark.stream' +
  'ing.backpressure.pid.minRate":100,"spark.streaming.kafka.maxRatePerPartition":0,"spark.s' +
  'treaming.kafka.minRatePerPartition":1},{"id":"storm","type":"storm","program":"status-co' +
  'unts","source":{"node":"kafka","topic":"weblog"},"windowTime":"event-time","processingGu' +
  'arantee":"AT_LEAST_ONCE","offsetCommitPeriodMs":30000,"spoutParallelism":1,"parseParalle' +
  'lism":1,"topology.workers":1,"topology.acker.executors":null,"topology.message.timeout.s' +
  'ecs":30,"topology.enable.message.timeouts":true,"topology.max.spout.pending":null,"topol' +
  'ogy.bolts.tuple.timestamp.max.lag.ms":2000,"topology.bolts.watermark.event.interval.ms":' +
  '1000},{"id":"flink","type":"flink","program":"status-counts","source":{"node":"kafka","t' +
  'opic":"weblog"},"startingOffsets":"earliest","outOfOrdernessMs":2000,"idleTimeoutMs":nul' +
  'l,"windowTime":"event-time","allowedLatenessMs":0,"sideOutputLateData":false,"deliveryGu' +
  'arantee":"NONE","parallelism.default":1,"pipeline.auto-watermark-interval":200,"executio' +
  'n.buffer-timeout.interval":100,"execution.checkpointing.interval":5000,"execution.checkp' +
  'ointing.mode":"EXACTLY_ONCE","execution.checkpointing.timeout":600000,"execution.checkpo' +
  'inting.min-pause":0,"execution.checkpointing.max-concurrent-checkpoints":1,"execution.ch' +
  'eckpointing.tolerable-failed-checkpoints":0,"restart-strategy.exponential-delay.initial-' +
  'backoff":1000,"restart-strategy.exponential-delay.max-backoff":60000}],"links":[],"fault' +
  's":[],"costs":{}}';
