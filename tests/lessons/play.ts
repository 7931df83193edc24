import { modelOf, type RunModel } from '../../src/run/RunModel.ts';
import { runOf } from '../../src/simulation/runOf.ts';
import { buildInputs } from '../../workers/input/build.ts';
import { pictureOf } from '../../workers/picture.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';
import { createSimulation } from '../../workers/simulation.ts';

/** The run of a scenario as the page has it. */
export function play(scenario: Scenario): RunModel {
  const { records, fileReports } = buildInputs(scenario, new Map());
  const simulation = createSimulation(scenario, records);
  simulation.advance();
  const picture = pictureOf(simulation, fileReports);
  return modelOf(runOf(picture, picture.blocks, scenario));
}
