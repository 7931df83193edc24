/** The agent that a node of a scenario describes: its text, read once for all who ask. */
import type { FlumeConfig } from '../config.ts';
import { materializeConfiguration } from './materialize.ts';
import type { MaterializedConfiguration } from './materialize.ts';

/** The agent of a scenario, its text read once. */
export function readAgent(config: FlumeConfig): MaterializedConfiguration {
  let agent = agents.get(config);
  if (!agent) {
    agent = materializeConfiguration(config.properties, config.agent);
    agents.set(config, agent);
  }
  return agent;
}

/** Refusals, parts, pipes and the start of a run all ask for it, and reading the text takes longest. */
const agents = new WeakMap<FlumeConfig, MaterializedConfiguration>();
