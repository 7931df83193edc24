/** The benches of Trident's streams: their fields, and the groupings that Storm does not have. */
import * as v from 'valibot';
import { batchGlobalTask, globalTask, identityTasks } from '../../trident/groupings.ts';
import {
  aggregate,
  each,
  persistentAggregate,
  select,
  type Fields,
} from '../../trident/streamFields.ts';
import { benchOf } from '../../../../kernel/bench.ts';
import { natural, naturals } from '../schemas.ts';

export const tridentGrouping = benchOf({
  component: 'storm/trident-grouping',
  meaning:
    'A grouping that Trident has besides those of Storm. Configuration: kind, target tasks, and for identityPartition the source tasks. Each step is a tuple: its txid and attempt, and the task that it comes from. Answers: the tasks that it goes to.',
  config: v.variant('kind', [
    v.strictObject({ kind: v.picklist(['batchGlobal', 'global']), targets: naturals }),
    v.strictObject({
      kind: v.literal('identityPartition'),
      sources: naturals,
      targets: naturals,
    }),
  ]),
  step: v.strictObject({ txid: natural, attempt: natural, from: v.optional(natural) }),
  create: (config) =>
    config.kind === 'identityPartition' ? identityTasks(config.sources, config.targets) : null,
  play(identity, { txid, from }, { kind, targets }) {
    if (identity)
      return [...identity].filter(([source]) => source === from).map(([, task]) => task);
    return [kind === 'global' ? globalTask(targets) : batchGlobalTask(txid, targets)];
  },
});

const fields = v.array(v.string());

export const tridentStream = benchOf({
  component: 'storm/trident-stream',
  meaning:
    'A Trident stream under construction. Configuration: the fields of its spout. Each step is an operation with the fields that it takes in and puts out, and by which it groups. Answers: the fields of the stream after it.',
  config: v.strictObject({ fields }),
  step: v.variant('do', [
    v.strictObject({ do: v.picklist(['each', 'aggregate']), in: fields, out: fields }),
    v.strictObject({ do: v.picklist(['filter', 'project', 'partitionBy']), in: fields }),
    v.strictObject({
      do: v.picklist(['groupBy and aggregate', 'groupBy and persistentAggregate']),
      by: fields,
      in: fields,
      out: fields,
    }),
    v.strictObject({ do: v.literal('aggregate twice'), in: fields, out: fields, andOut: fields }),
  ]),
  create: (config): { stream: Fields } => ({ stream: config.fields }),
  play(bench, step) {
    const { stream } = bench;
    const input = step.in;
    switch (step.do) {
      case 'each':
        bench.stream = each(stream, input, step.out);
        break;
      case 'filter':
      case 'partitionBy':
        bench.stream = select(stream, input, stream);
        break;
      case 'project':
        bench.stream = select(stream, input, input);
        break;
      case 'aggregate':
        bench.stream = aggregate(stream, [], [{ input, output: step.out }]);
        break;
      case 'aggregate twice':
        bench.stream = aggregate(
          stream,
          [],
          [step.out, step.andOut].map((output) => ({ input, output })),
        );
        break;
      case 'groupBy and aggregate':
        bench.stream = aggregate(stream, step.by, [{ input, output: step.out }]);
        break;
      case 'groupBy and persistentAggregate':
        bench.stream = persistentAggregate(stream, step.by, input, step.out);
        break;
    }
    return bench.stream;
  },
});
