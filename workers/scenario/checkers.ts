// What a scenario's schema cannot say: that names are given once, that what is named exists, and
// that the whole is not more than a browser can run.

import { chainProblem } from '../functions/chain.ts';
import { pathText, type Problem } from './problem.ts';
import type { Scenario } from './scenario.ts';

const RECORDS_LIMIT = 1_000_000;
const RESULTS_LIMIT = 100_000;
const WINDOWS_OF_A_RECORD_LIMIT = 5_000;

/** Everything that is wrong with a scenario whose shape is right. */
export function scenarioProblems(scenario: Scenario): Problem[] {
  return [
    ...repeatedIds(scenario),
    ...missingReferences(scenario),
    ...programProblems(scenario),
    ...faultProblems(scenario),
    ...recordsProblems(scenario),
    ...wishProblems(scenario),
    ...windowsProblems(scenario),
  ];
}

function repeatedIds(scenario: Scenario): Problem[] {
  return (['inputs', 'programs', 'nodes'] as const).flatMap((list) => {
    const seen = new Set<string>();
    return scenario[list].flatMap(({ id }, index) => {
      if (!seen.has(id)) {
        seen.add(id);
        return [];
      }
      return [problem([list, index, 'id'], `the id ${id} is given twice`)];
    });
  });
}

/** What nodes of any system may name. */
interface References {
  readonly id: string;
  readonly type: string;
  readonly input?: string;
  readonly output?: { readonly kind: string; readonly to?: string; readonly topic?: string };
  readonly program?: string;
  readonly source?: { readonly node: string; readonly topic: string };
  readonly machine?: string | null;
  readonly defaultFs?: string | null;
  readonly topics?: readonly { readonly name: string; readonly partitions: number }[];
}

function missingReferences({ inputs, programs, nodes, links, faults }: Scenario): Problem[] {
  const has = (list: readonly { readonly id: string }[], id: string) =>
    list.some((entry) => entry.id === id);
  const problems: Problem[] = [];
  const need = (found: boolean, path: readonly unknown[], what: string) => {
    if (!found) problems.push(problem(path, `there is no ${what}`));
  };
  for (const [index, node] of nodes.entries()) {
    const { input, output, program, source, machine, defaultFs }: References = node;
    const path = ['nodes', index];
    if (input !== undefined) need(has(inputs, input), [...path, 'input'], `input ${input}`);
    if (output?.topic !== undefined) {
      const found = topicNamed(nodes, output.to, output.topic) !== undefined;
      need(found, [...path, 'output'], `topic ${output.topic} on a node ${String(output.to)}`);
    } else if (output?.to !== undefined) {
      const [peer = ''] = output.to.split('/');
      need(has(nodes, peer), [...path, 'output', 'to'], `node ${peer}`);
    }
    if (program !== undefined) {
      need(has(programs, program), [...path, 'program'], `program ${program}`);
    }
    for (const [field, id] of Object.entries({ machine, defaultFs })) {
      if (typeof id === 'string') need(has(nodes, id), [...path, field], `node ${id}`);
    }
    if (source === undefined) continue;
    const found = topicNamed(nodes, source.node, source.topic) !== undefined;
    need(found, [...path, 'source'], `topic ${source.topic} on a node ${source.node}`);
  }
  for (const [index, { from, to }] of links.entries()) {
    need(has(nodes, from), ['links', index, 'from'], `node ${from}`);
    need(has(nodes, to), ['links', index, 'to'], `node ${to}`);
  }
  for (const [index, fault] of faults.entries()) {
    const targets = fault.type === 'cut' ? { from: fault.from, to: fault.to } : fault;
    for (const end of ['target', 'from', 'to'] as const) {
      const target = (targets as Record<typeof end, string | undefined>)[end];
      if (target === undefined) continue;
      const [node = ''] = target.split('/');
      need(has(nodes, node), ['faults', index, end], `node ${node}`);
    }
  }
  return problems;
}

function topicNamed(nodes: readonly References[], node: string | undefined, topic: string) {
  return nodes.find(({ id }) => id === node)?.topics?.find(({ name }) => name === topic);
}

/** What a record asks for, and the web server that reads it out has no way to give. */
function wishProblems({ inputs, nodes }: Scenario): Problem[] {
  return nodes.flatMap((node: References) => {
    const at = inputs.findIndex(({ id }) => id === node.input);
    const input = inputs[at];
    if (input?.type !== 'records' || !node.output) return [];
    const { kind, to, topic } = node.output;
    const partitions = topicNamed(nodes, to, topic ?? '')?.partitions ?? Infinity;
    const report = (index: number, field: string, message: string) =>
      problem(['inputs', at, 'records', index, field], message);
    for (const [index, { key, partition, file }] of input.records.entries()) {
      const field = partition === undefined ? 'key' : 'partition';
      if ((partition ?? key) !== undefined && kind !== 'kafka')
        return [
          report(index, field, `${node.id} writes no records to Kafka, so nobody takes a ${field}`),
        ];
      if (file !== undefined && kind !== 'file')
        return [report(index, 'file', `${node.id} does not append to files`)];
      if (partition !== undefined && partition >= partitions)
        return [
          report(
            index,
            'partition',
            `the topic ${String(topic)} has ${String(partitions)} partitions, from 0 on`,
          ),
        ];
    }
    return [];
  });
}

function programProblems({ programs }: Scenario): Problem[] {
  return programs.flatMap(({ functions, windowIntervalMs, slideIntervalMs }, index) => {
    const chain = chainProblem(functions);
    const path = ['programs', index];
    return [
      ...(chain ? [problem([...path, 'functions', chain.at], chain.message)] : []),
      ...((windowIntervalMs === null) === (slideIntervalMs === null)
        ? []
        : [problem(path, 'a window has both a window interval and a slide interval')]),
    ];
  });
}

function faultProblems({ faults }: Scenario): Problem[] {
  return faults.flatMap((fault, index) =>
    fault.type !== 'crash' && fault.untilMs <= fault.atMs
      ? [problem(['faults', index, 'untilMs'], 'a fault ends after it begins')]
      : [],
  );
}

function recordsProblems({ inputs, durationMs }: Scenario): Problem[] {
  const records = inputs.reduce((sum, input) => {
    if (input.type === 'records') return sum + input.records.length;
    const ratePerSecond =
      input.type !== 'file'
        ? input.ratePerSecond
        : input.arrival.mode === 'fixed-rate'
          ? input.arrival.ratePerSecond
          : 0;
    return sum + (ratePerSecond * durationMs) / 1000;
  }, 0);
  return records > RECORDS_LIMIT
    ? [
        problem(
          ['inputs'],
          `these would make about ${String(Math.round(records))} records; ${String(RECORDS_LIMIT)} are the most`,
        ),
      ]
    : [];
}

/** A window of a day that slides by a millisecond is right for the engines, and too much for a browser. */
function windowsProblems({ programs, durationMs }: Scenario): Problem[] {
  return programs.flatMap(({ windowIntervalMs, slideIntervalMs }, index) => {
    if (windowIntervalMs === null || slideIntervalMs === null) return [];
    const path = ['programs', index, 'slideIntervalMs'];
    const tooMany = (count: number, limit: number, what: string) =>
      count > limit
        ? [
            problem(
              path,
              `this makes about ${String(Math.round(count))} ${what}; ${String(limit)} are the most`,
            ),
          ]
        : [];
    return [
      ...tooMany(durationMs / slideIntervalMs, RESULTS_LIMIT, 'results'),
      ...tooMany(windowIntervalMs / slideIntervalMs, WINDOWS_OF_A_RECORD_LIMIT, 'windows a record'),
    ];
  });
}

function problem(path: readonly unknown[], message: string): Problem {
  return { path: pathText(path), message };
}
