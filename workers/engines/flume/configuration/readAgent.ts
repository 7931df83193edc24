/** The agent that a node of a scenario describes: its text, read once for all who ask. */
import type { FlumeConfig } from '../config.ts';
import type { ComponentKind } from './componentTypes.ts';
import { materializeConfiguration } from './materialize.ts';
import type { ConfiguredSink, MaterializedConfiguration } from './materialize.ts';

export interface Agent extends MaterializedConfiguration {
  /** Those of all runners. */
  readonly sinks: readonly ConfiguredSink[];
  readonly partIds: PartIds;
}

/** The names of the components' parts, by the components' own names. */
export type PartIds = Readonly<Record<ComponentKind, ReadonlyMap<string, string>>>;

/** The agent of a scenario, its text read once. */
export function readAgent(config: FlumeConfig): Agent {
  const known = lastRead.find((read) => isSameText(read.config, config));
  if (known) return known.agent;
  const materialized = materializeConfiguration(config.properties, config.agent);
  const sinks = materialized.runners.flatMap((runner) => runner.sinks);
  const partIds = partIdsOf(config, { ...materialized, sinks });
  const agent: Agent = { ...materialized, sinks, partIds };
  lastRead.unshift({ config, agent });
  lastRead.length = Math.min(lastRead.length, REMEMBERED);
  return agent;
}

/**
 * Refusals, parts, pipes and the start of a run all ask for it, reading the text takes longest, and a slider of another
 * node's leaves the text as it is.
 */
const lastRead: { readonly config: FlumeConfig; readonly agent: Agent }[] = [];

/** Texts that are remembered: more than a scene has agents. */
const REMEMBERED = 16;

function isSameText(a: FlumeConfig, b: FlumeConfig): boolean {
  return a.id === b.id && a.agent === b.agent && a.properties === b.properties;
}

/**
 * Components of different kinds may share a name; then the later of source, channel, sink is told
 * apart by its kind.
 */
function partIdsOf(
  config: FlumeConfig,
  { sources, channels, sinks }: Pick<Agent, 'sources' | 'channels' | 'sinks'>,
): PartIds {
  const taken = new Set<string>();
  const idsOf = (kind: ComponentKind, components: readonly { readonly name: string }[]) => {
    const ids = new Map<string, string>();
    for (const { name } of components) {
      let id = name;
      while (taken.has(id)) id = `${kind}-${id}`;
      taken.add(id);
      ids.set(name, `${config.id}/${id}`);
    }
    return ids;
  };
  return {
    source: idsOf('source', sources),
    channel: idsOf('channel', channels),
    sink: idsOf('sink', sinks),
  };
}
