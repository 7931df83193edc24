/** One step of the guided minute: what is said, which lanes are there, and what the learner does. */
export interface GuideStep {
  readonly id: 'watch' | 'predict' | 'unfold' | 'refuse' | 'yours';
  readonly title: string;
  readonly words: string;
  /** Lanes on the stage, by engine. */
  readonly lanes: readonly ('spark' | 'storm' | 'flink')[];
  /** Play stops here by itself; null runs on. */
  readonly haltUs: number | null;
  /** The word on the button that goes on; null while the step waits for the learner. */
  readonly next: string | null;
}

/** The second window of a 6 s window every 4 s ends here. */
const SECOND_WINDOW_END_US = 8_000_000;

export const GUIDE_STEPS: readonly GuideStep[] = [
  {
    id: 'watch',
    title: 'One web log, one Spark job.',
    words: 'Spark cuts the stream into batches of 2 s. Press Play.',
    lanes: ['spark'],
    haltUs: SECOND_WINDOW_END_US,
    next: null,
  },
  {
    id: 'predict',
    title: 'Window 6 s, slide 4 s.',
    words: 'The second result comes at 8 s. Click the records it will count.',
    lanes: ['spark'],
    haltUs: null,
    next: null,
  },
  {
    id: 'unfold',
    title: 'Now the same stream in Storm and in Flink.',
    words: 'Same lines, same window, same clock. Press Play and compare the three boards.',
    lanes: ['spark', 'storm', 'flink'],
    haltUs: 24_000_000,
    next: 'Go on',
  },
  {
    id: 'refuse',
    title: 'Same sliders, different answers.',
    words: 'Drag the slide to 3 s, while the batch is 2 s.',
    lanes: ['spark', 'storm', 'flink'],
    haltUs: null,
    next: null,
  },
  {
    id: 'yours',
    title: 'Now you drag it.',
    words:
      'The others went on without Spark. Slide and window move all three, the batch only Spark.',
    lanes: ['spark', 'storm', 'flink'],
    haltUs: null,
    next: 'The bench is yours',
  },
];

/** Which result the prediction is about: the second one to become visible. */
export const PREDICTED_RESULT = 1;
