// The lines of this lesson one by one: when each happened, and when it comes.

import type { Scenario } from '../../../workers/scenario/scenario.ts';
import { edited, property } from '../../edits.ts';

/** In seconds: the stamp, and when the line comes, if not at once. */
type Line = readonly [stampS: number, comesS?: number];

/** Lines that come as they happen, every so many seconds. */
export function evenly(firstS: number, everyS: number, count: number): Line[] {
  return Array.from({ length: count }, (_, i) => [Math.round((firstS + i * everyS) * 10) / 10]);
}

/** A scene with just these lines. */
export function stamped(scene: Scenario, lines: readonly Line[]): Scenario {
  return withRecords(
    scene,
    lines.map((line) => recordOf(line, 0)),
  );
}

/** A scene in which one host writes into partition 0 and another into partition 1, and lines are counted by host. */
export function twoPartitions(
  scene: Scenario,
  first: readonly Line[],
  second: readonly Line[],
): Scenario {
  // The agent reads the partition from the last number of the host.
  const interceptor = 'a1.sources.r1.interceptors';
  const placed = edited(scene, [
    property(interceptor, 'i1'),
    property(`${interceptor}.i1.type`, 'regex_extractor'),
    property(`${interceptor}.i1.regex`, '^10\\.0\\.0\\.(\\d)'),
    property(`${interceptor}.i1.serializers`, 's1'),
    property(`${interceptor}.i1.serializers.s1.name`, 'partition'),
    property('a1.sinks.k1.partitionIdHeader', 'partition'),
  ]);
  const nodes = placed.nodes.map((node) =>
    node.type === 'kafka'
      ? { ...node, topics: node.topics.map((topic) => ({ ...topic, partitions: 2 })) }
      : node,
  );
  const programs = placed.programs.map((program) => ({
    ...program,
    functions: program.functions.map((name) =>
      name === 'status-class-as-key' ? 'host-as-key' : name,
    ),
  }));
  return withRecords({ ...placed, nodes, programs }, [
    ...first.map((line) => recordOf(line, 0)),
    ...second.map((line) => recordOf(line, 1)),
  ]);
}

interface ListedRecord {
  readonly arrivalMs: number;
  readonly eventTimeMs: number;
  readonly value: string;
}

function recordOf([stampS, comesS = stampS]: Line, host: number): ListedRecord {
  const seconds = String(Math.floor(stampS)).padStart(2, '0');
  const value = `10.0.0.${String(host)} - - [05/Jan/2026:09:00:${seconds} +0000] "GET / HTTP/1.1" 200 512`;
  return { arrivalMs: Math.round(comesS * 1000), eventTimeMs: Math.round(stampS * 1000), value };
}

function withRecords(scene: Scenario, records: readonly ListedRecord[]): Scenario {
  const inOrder = records.toSorted((a, b) => a.arrivalMs - b.arrivalMs);
  return { ...scene, inputs: [{ id: 'weblog', type: 'records', records: inOrder }] };
}
