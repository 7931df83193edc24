/**
 * The lane's job as its user would write it in Java (DataStream API of Flink 1.20), with marks where the numbers of the
 * sliders stand. It is shown, never run; imports are left out. Timestamps are those that the records have in Kafka.
 */
import { aggregate } from '../../functions/aggregates.ts';
import { flinkChain, javaHelpers } from '../../functions/programText.ts';
import type { ProgramText } from '../../kernel/engine.ts';
import type { FlinkConfig } from './config.ts';

/** A piece of text, or a number with the field that moves it. */
type Piece = string | { readonly text: string; readonly knob: string };

export function programText(config: FlinkConfig): ProgramText {
  const marks: { start: number; end: number; knob: string }[] = [];
  let text = '';
  for (const piece of piecesOf(config)) {
    const start = text.length;
    text += typeof piece === 'string' ? piece : piece.text;
    if (typeof piece !== 'string') marks.push({ start, end: text.length, knob: piece.knob });
  }
  return { language: 'java', text, marks };
}

function piecesOf(config: FlinkConfig): Piece[] {
  return [
    'public class Job {\n',
    ...javaHelpers(config.program.functions).map((helper) => `${indented(helper, 2)}\n\n`),
    '  public static void main(String[] args) throws Exception {\n',
    ...environmentOf(config),
    ...sourceOf(config),
    '    env.fromSource(source, watermarks, "',
    config.source.topic,
    '")\n',
    ...flinkChain(config.program.functions).map((line) => `        ${line}\n`),
    '        .keyBy(Pair::key)\n',
    ...windowOf(config),
    ...sinkOf(config),
    `    env.execute("${config.id}");\n  }\n}\n`,
  ];
}

function environmentOf(config: FlinkConfig): Piece[] {
  const checkpointingMs = config['execution.checkpointing.interval'];
  const mode = config['execution.checkpointing.mode'];
  return [
    '    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();\n',
    '    env.setParallelism(',
    { text: String(config['parallelism.default']), knob: 'parallelism.default' },
    ');\n    env.setBufferTimeout(',
    {
      text: String(config['execution.buffer-timeout.interval']),
      knob: 'execution.buffer-timeout.interval',
    },
    ');\n',
    ...(checkpointingMs === null
      ? []
      : [
          '    env.enableCheckpointing(',
          { text: String(checkpointingMs), knob: 'execution.checkpointing.interval' },
          `, CheckpointingMode.${mode});\n`,
        ]),
    '\n',
  ];
}

function sourceOf({
  source,
  startingOffsets,
  outOfOrdernessMs,
  idleTimeoutMs,
}: FlinkConfig): Piece[] {
  return [
    '    KafkaSource<String> source = KafkaSource.<String>builder()\n',
    `        .setBootstrapServers("${source.node}:9092")\n`,
    `        .setTopics("${source.topic}")\n`,
    `        .setStartingOffsets(OffsetsInitializer.${startingOffsets}())\n`,
    '        .setValueOnlyDeserializer(new SimpleStringSchema())\n',
    '        .build();\n\n',
    '    WatermarkStrategy<String> watermarks = WatermarkStrategy\n',
    '        .<String>forBoundedOutOfOrderness(',
    ...duration(outOfOrdernessMs, 'outOfOrdernessMs'),
    ')',
    ...(idleTimeoutMs === null
      ? []
      : ['\n        .withIdleness(', ...duration(idleTimeoutMs, 'idleTimeoutMs'), ')']),
    ';\n\n',
  ];
}

function windowOf(config: FlinkConfig): Piece[] {
  const { program, windowTime, allowedLatenessMs, sideOutputLateData } = config;
  const { windowIntervalMs, slideIntervalMs } = program;
  const combine = aggregate(program.aggregate).java.replace('::', '.');
  const reduce = `        .reduce((a, b) -> new Pair(a.key(), ${combine}(a.value(), b.value())))\n`;
  if (windowIntervalMs === null || slideIntervalMs === null) return [reduce];
  const assigner =
    windowTime === 'event-time' ? 'SlidingEventTimeWindows' : 'SlidingProcessingTimeWindows';
  return [
    `        .window(${assigner}.of(`,
    ...duration(windowIntervalMs, 'windowIntervalMs'),
    ', ',
    ...duration(slideIntervalMs, 'slideIntervalMs'),
    '))\n',
    ...(allowedLatenessMs === 0
      ? []
      : ['        .allowedLateness(', ...duration(allowedLatenessMs, 'allowedLatenessMs'), ')\n']),
    ...(sideOutputLateData
      ? ['        .sideOutputLateData(new OutputTag<Pair>("late") {})\n']
      : []),
    reduce,
  ];
}

function sinkOf({ deliveryGuarantee, id, source }: FlinkConfig): Piece[] {
  if (deliveryGuarantee === 'NONE') return ['        .print();\n\n'];
  return [
    '        .sinkTo(KafkaSink.<Pair>builder()\n',
    `            .setBootstrapServers("${source.node}:9092")\n`,
    `            .setRecordSerializer(new PairSchema("${id}-results"))\n`,
    `            .setDeliveryGuarantee(DeliveryGuarantee.${deliveryGuarantee})\n`,
    ...(deliveryGuarantee === 'EXACTLY_ONCE'
      ? [`            .setTransactionalIdPrefix("${id}")\n`]
      : []),
    '            .build());\n\n',
  ];
}

function duration(ms: number, knob: string): Piece[] {
  return ms % 1000 === 0
    ? ['Duration.ofSeconds(', { text: String(ms / 1000), knob }, ')']
    : ['Duration.ofMillis(', { text: String(ms), knob }, ')'];
}

function indented(text: string, spaces: number): string {
  const indent = ' '.repeat(spaces);
  return text
    .split('\n')
    .map((line) => (line === '' ? line : indent + line))
    .join('\n');
}
