import { opening } from '../workers/scenario/opening.ts';
import type { Scenario } from '../workers/scenario/scenario.ts';

/** The opening scene, slow enough to follow single lines, with the lanes of these engines only. */
export function slowScene(
  title: string,
  durationMs: number,
  ratePerSecond: number,
  engines: readonly ('spark' | 'storm' | 'flink')[],
): Scenario {
  const isLane = (type: string): type is 'spark' | 'storm' | 'flink' =>
    type === 'spark' || type === 'storm' || type === 'flink';
  return {
    ...opening,
    title,
    durationMs,
    inputs: opening.inputs.map((input) =>
      input.type === 'generated' ? { ...input, ratePerSecond, bursts: null } : input,
    ),
    nodes: opening.nodes.filter(({ type }) => !isLane(type) || engines.includes(type)),
  };
}

/** The topic with one partition: its offsets are the order of the lines. */
export function onePartition(scene: Scenario): Scenario {
  return {
    ...scene,
    nodes: scene.nodes.map((node) =>
      node.type === 'kafka'
        ? { ...node, topics: node.topics.map((topic) => ({ ...topic, partitions: 1 })) }
        : node,
    ),
  };
}

/** The program without windows: every line gives a row. */
export function withoutWindows(scene: Scenario): Scenario {
  return {
    ...scene,
    programs: scene.programs.map((program) => ({
      ...program,
      windowIntervalMs: null,
      slideIntervalMs: null,
    })),
  };
}
