import { buildInputs } from '../../../workers/input/build.ts';
import { decodeLink } from '../../../workers/scenario/link/link.ts';
import { opening } from '../../../workers/scenario/opening.ts';
import { createSimulation } from '../../../workers/simulation.ts';

/** Runs what a link says here, without a browser, and returns the fingerprint of the run. */
export function traceHashInNode(link: string): string {
  const { content } = decodeLink(link);
  if (!content.ok) throw new Error(`${link} cannot be read`);
  const scenario = content.value.scenario ?? opening;
  if ('kind' in scenario) throw new Error(`${link} is about a bench`);
  const simulation = createSimulation(scenario, buildInputs(scenario, new Map()).records);
  simulation.advance();
  return simulation.hash();
}
