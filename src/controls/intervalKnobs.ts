import { commonKnobs, knobValue, turnKnob } from '../../workers/scenario/knobs.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';

/** An interval that a person drags: which knob it is, and how its slider is drawn. In seconds. */
export interface IntervalKnob {
  /** The knob's name in a link. */
  readonly name: 'batch' | 'slide' | 'window' | 'lag';
  /** As it is read on the slider; a screen reader hears `accessibleName`. */
  readonly label: string;
  readonly accessibleName: string;
  /** Spark's name of it: the others have none of their own. */
  readonly officialKey: string;
  /** The field that a refusal names. */
  readonly field: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** More cannot be typed: far beyond, a scenario cannot be read, and windows are too many for a browser. */
  readonly limit: number;
}

export const INTERVAL_KNOBS: readonly IntervalKnob[] = [
  {
    name: 'batch',
    label: 'Batch',
    accessibleName: 'Batch interval',
    officialKey: 'batchDuration',
    field: 'batchIntervalMs',
    min: 0.5,
    max: 8,
    step: 0.5,
    limit: 600,
  },
  {
    name: 'slide',
    label: 'Slide',
    accessibleName: 'Slide interval',
    officialKey: 'slideDuration',
    field: 'slideIntervalMs',
    min: 1,
    max: 16,
    step: 1,
    limit: 3600,
  },
  {
    name: 'window',
    label: 'Window',
    accessibleName: 'Window interval',
    officialKey: 'windowDuration',
    field: 'windowIntervalMs',
    min: 1,
    max: 32,
    step: 1,
    limit: 3600,
  },
  {
    name: 'lag',
    label: 'Watermark delay',
    accessibleName: 'Watermark delay',
    officialKey: '',
    field: 'outOfOrdernessMs',
    min: 0,
    max: 8,
    step: 0.5,
    limit: 3600,
  },
];

/** The interval's value in seconds; null where the scenario has none. */
export function intervalSeconds(knob: IntervalKnob, scenario: Scenario): number | null {
  const common = commonKnobs.find(({ name }) => name === knob.name);
  const valueMs = common === undefined ? null : knobValue(common, scenario);
  return valueMs === null ? null : valueMs / 1000;
}

/** The scenario with the interval at `seconds`. */
export function withInterval(knob: IntervalKnob, scenario: Scenario, seconds: number): Scenario {
  const common = commonKnobs.find(({ name }) => name === knob.name);
  return common === undefined ? scenario : turnKnob(common, scenario, Math.round(seconds * 1000));
}
