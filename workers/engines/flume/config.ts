/**
 * A Flume agent in a scenario: its real properties text, and what the machine around it would know
 * besides. Host names inside the text are names of the scenario: `kafka:9092` or
 * `broker-2.kafka:9092`, `hdfs://hdfs/…`, and for an avro sink another agent's node.
 */
import * as v from 'valibot';
import { readProperties, replaceProperty } from '../../jvm/properties.ts';
import { nodeId, text } from '../../scenario/common.ts';

export const flumeSchema = v.strictObject({
  id: nodeId,
  type: v.literal('flume'),
  /** `--name`: which agent of the text this is. */
  agent: text(64),
  /** The `.properties` file. */
  properties: text(32_000),
  /** The node on whose machine the agent runs: its sources read that node's files. */
  machine: v.nullable(nodeId),
  /** `fs.defaultFS` of the machine's core-site.xml: the HDFS node of a path without a host. */
  defaultFs: v.nullable(nodeId),
});

export type FlumeConfig = v.InferOutput<typeof flumeSchema>;

/** The value of a key, or null where the text does not set it. */
export function propertyOf(config: FlumeConfig, key: string): string | null {
  return readProperties(config.properties).values.get(key) ?? null;
}

/** The same agent with one line changed; comments and all other lines stay as they are. */
export function withProperty(config: FlumeConfig, key: string, value: string): FlumeConfig {
  return { ...config, properties: replaceProperty(config.properties, key, value) };
}
