import { secondsText } from '../stage/glyphs/units.ts';
import type { LaneIndex } from '../run/LaneIndex.ts';

/** One step of the guided minute: what is said, which lanes are there, and what the learner does. */
export interface GuideStep {
  readonly id: 'watch' | 'predict' | 'unfold' | 'refuse' | 'yours';
  /** Words that name an interval ask the lane for it: the sliders are there from the first step on. */
  readonly title: (spark: LaneIndex) => string;
  readonly words: (spark: LaneIndex) => string;
  /** Lanes on the stage, by engine. */
  readonly lanes: readonly ('spark' | 'storm' | 'flink')[];
  /** Play stops here by itself; null runs on. */
  readonly haltUs: number | null;
  /** The word on the button that goes on; null while the step waits for the learner. */
  readonly next: string | null;
}

/** Which result the prediction is about: the second one to become visible. */
export const PREDICTED_RESULT = 1;

/** The second window of the guided scene, 6 s every 4 s, ends here. */
const SECOND_WINDOW_END_US = 8_000_000;

export const GUIDE_STEPS: readonly GuideStep[] = [
  {
    id: 'watch',
    title: () => 'One web log, one Spark job.',
    words: ({ lane }) =>
      `Spark cuts the stream into batches of ${secondsText(lane.batchUs ?? 0)} s. Press Play.`,
    lanes: ['spark'],
    haltUs: SECOND_WINDOW_END_US,
    next: null,
  },
  {
    id: 'predict',
    title: ({ lane }) =>
      `Window ${secondsText(lane.sizeUs ?? 0)} s, slide ${secondsText(lane.slideUs ?? 0)} s.`,
    words: ({ outputs }) => {
      const second = outputs[PREDICTED_RESULT];
      return second === undefined
        ? 'With these intervals no second result comes. Move window and slide back.'
        : `The second result comes at ${secondsText(second.endUs)} s. Click the records it will count.`;
    },
    lanes: ['spark'],
    haltUs: null,
    next: null,
  },
  {
    id: 'unfold',
    title: () => 'Now the same stream in Storm and in Flink.',
    words: () =>
      'Same lines, same window, same clock. Press Play and compare what the three count.',
    lanes: ['spark', 'storm', 'flink'],
    haltUs: 24_000_000,
    next: 'Go on',
  },
  {
    id: 'refuse',
    title: () => 'Same sliders, different answers.',
    words: ({ lane }) => {
      const batchUs = lane.batchUs ?? 0;
      return `Drag the slide to ${secondsText(1.5 * batchUs)} s, while the batch is ${secondsText(batchUs)} s.`;
    },
    lanes: ['spark', 'storm', 'flink'],
    haltUs: null,
    next: null,
  },
  {
    id: 'yours',
    title: () => 'Now you drag it.',
    words: () =>
      'The others went on without Spark. Slide and window move all three, the batch only Spark.',
    lanes: ['spark', 'storm', 'flink'],
    haltUs: null,
    next: 'The bench is yours',
  },
];
