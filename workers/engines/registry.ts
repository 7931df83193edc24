import type { AnyEngine } from '../kernel/kernel.ts';
import { flinkEngine } from './flink/engine.ts';
import { flumeEngine } from './flume/engine.ts';
import { hdfsEngine } from './hdfs/engine.ts';
import { kafkaEngine } from './kafka/engine.ts';
import { sparkEngine } from './spark/engine.ts';
import { stormEngine } from './storm/engine.ts';
import { webServerEngine } from './web-server/engine.ts';

/** Every system that a scenario can name, one row each. */
export const engines: readonly AnyEngine[] = [
  webServerEngine,
  flumeEngine,
  kafkaEngine,
  hdfsEngine,
  sparkEngine,
  stormEngine,
  flinkEngine,
].map((engine) => engine as unknown as AnyEngine);

/** The engine of a node type; undefined when there is none. */
export function engineOf(type: string): AnyEngine | undefined {
  return engines.find((engine) => engine.type === type);
}
