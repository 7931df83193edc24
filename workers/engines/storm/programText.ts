/**
 * The lane's topology as its user would write it in Java, with marks where the sliders' numbers stand.
 * It is shown, and it would run; imports are left out.
 */
import type { ProgramText } from '../../kernel/engine.ts';
import { aggregate } from '../../functions/aggregates.ts';
import { javaHelpers, stormExecute } from '../../functions/programText.ts';
import type { StormConfig } from './config.ts';

export function programTextOf(config: StormConfig): ProgramText {
  const writer = createWriter();
  writer.add(parseBolt(config));
  writer.add(config.program.windowIntervalMs === null ? runningBolt(config) : windowedBolt(config));
  writer.add(main(config));
  return { language: 'java', text: writer.text(), marks: writer.marks };
}

/** A piece of text, or a number with the field that a slider moves. */
type Piece = string | { readonly number: string; readonly knob: string };

function createWriter() {
  const marks: { start: number; end: number; knob: string }[] = [];
  let text = '';
  return {
    marks,
    text: () => text,
    add(pieces: readonly Piece[]) {
      for (const piece of pieces) {
        const start = text.length;
        text += typeof piece === 'string' ? piece : piece.number;
        if (typeof piece !== 'string') marks.push({ start, end: text.length, knob: piece.knob });
      }
    },
  };
}

const collectorField = `  OutputCollector collector;

  @Override
  public void prepare(Map<String, Object> conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
  }
`;

function parseBolt({ program }: StormConfig): Piece[] {
  // The windowed bolt needs the time beside the pair.
  const body = stormExecute(program.functions).map((line) =>
    line.replace('pair.value()))', 'pair.value(), tuple.getLongByField("time")))'),
  );
  return [
    `class Parse extends BaseRichBolt {
${collectorField}
  @Override
  public void execute(Tuple tuple) {
${indent(body, 4)}
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("key", "value", "time"));
  }

${indent(javaHelpers(program.functions), 2)}
}

`,
  ];
}

function windowedBolt({ program }: StormConfig): Piece[] {
  return [
    `class Count extends BaseWindowedBolt {
  @Override
  public void execute(TupleWindow window) {
    Map<String, Integer> totals = new HashMap<>();
    for (Tuple tuple : window.get()) {
      totals.merge(tuple.getStringByField("key"), tuple.getIntegerByField("value"), ${aggregate(program.aggregate).java});
    }
    totals.forEach((key, total) -> System.out.println(window.getEndTimestamp() + " " + key + " " + total));
  }
}

`,
  ];
}

function runningBolt({ program }: StormConfig): Piece[] {
  return [
    `class Count extends BaseRichBolt {
  final Map<String, Integer> totals = new HashMap<>();
${collectorField}
  @Override
  public void execute(Tuple tuple) {
    String key = tuple.getStringByField("key");
    System.out.println(key + " " + totals.merge(key, tuple.getIntegerByField("value"), ${aggregate(program.aggregate).java}));
    collector.ack(tuple);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}

`,
  ];
}

function main(config: StormConfig): Piece[] {
  const { source, processingGuarantee } = config;
  return [
    `class Topology {
  public static void main(String[] args) throws Exception {
    KafkaSpoutConfig<String, String> source = KafkaSpoutConfig.builder("${source.node}:9092", "${source.topic}")
        .setProp(ConsumerConfig.GROUP_ID_CONFIG, "${config.id}")
        .setProcessingGuarantee(ProcessingGuarantee.${processingGuarantee})
        .setOffsetCommitPeriodMs(`,
    { number: String(config.offsetCommitPeriodMs), knob: 'offsetCommitPeriodMs' },
    `)
        .setRecordTranslator(
            record -> new Values(record.value(), record.timestamp()), new Fields("value", "time"))
        .build();

    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("spout", new KafkaSpout<>(source), ${String(config.spoutParallelism)});
    builder.setBolt("parse", new Parse(), ${String(config.parseParallelism)}).shuffleGrouping("spout");
`,
    ...countBolt(config),
    `
    Config config = new Config();
    config.setNumWorkers(`,
    { number: String(config['topology.workers']), knob: 'topology.workers' },
    `);
    config.setMessageTimeoutSecs(`,
    {
      number: String(config['topology.message.timeout.secs']),
      knob: 'topology.message.timeout.secs',
    },
    ');\n',
    ...maxSpoutPending(config),
    ...ackers(config),
    `    config.put(Config.TOPOLOGY_DISABLE_LOADAWARE_MESSAGING, true);
    StormSubmitter.submitTopology("${config.id}", config, builder.createTopology());
  }
}
`,
  ];
}

function countBolt(config: StormConfig): Piece[] {
  const { windowIntervalMs, slideIntervalMs } = config.program;
  if (windowIntervalMs === null || slideIntervalMs === null) {
    return [
      '    builder.setBolt("count", new Count(), 1).fieldsGrouping("parse", new Fields("key"));\n',
    ];
  }
  return [
    '    builder.setBolt("count", new Count()\n            .withWindow(',
    ...duration(windowIntervalMs, 'windowIntervalMs'),
    ', ',
    ...duration(slideIntervalMs, 'slideIntervalMs'),
    ')',
    ...(config.windowTime === 'event-time' ? eventTime(config) : []),
    ', 1)\n        .fieldsGrouping("parse", new Fields("key"));\n',
  ];
}

function eventTime(config: StormConfig): Piece[] {
  const lag = 'topology.bolts.tuple.timestamp.max.lag.ms';
  const interval = 'topology.bolts.watermark.event.interval.ms';
  return [
    '\n            .withTimestampField("time")\n            .withLag(',
    ...duration(config[lag], lag),
    ')\n            .withWatermarkInterval(',
    ...duration(config[interval], interval),
    ')',
  ];
}

function maxSpoutPending(config: StormConfig): Piece[] {
  const limit = config['topology.max.spout.pending'];
  if (limit === null) return [];
  return [
    '    config.setMaxSpoutPending(',
    { number: String(limit), knob: 'topology.max.spout.pending' },
    ');\n',
  ];
}

function ackers(config: StormConfig): Piece[] {
  const executors = config['topology.acker.executors'];
  return executors === null ? [] : [`    config.setNumAckers(${String(executors)});\n`];
}

/** `Duration.seconds(8)`, or `Duration.of(2500)` where it is not whole seconds. */
function duration(ms: number, knob: string): Piece[] {
  const seconds = ms / 1000;
  return Number.isInteger(seconds)
    ? ['Duration.seconds(', { number: String(seconds), knob }, ')']
    : ['Duration.of(', { number: String(ms), knob }, ')'];
}

function indent(texts: readonly string[], by: number): string {
  return texts
    .flatMap((text) => text.split('\n'))
    .map((line) => (line === '' ? '' : ' '.repeat(by) + line))
    .join('\n');
}
