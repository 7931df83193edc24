import {
  advanceProcessingTime,
  advanceWatermark,
  createWindowOperator,
  processElement,
  type Firing,
  type WindowOperator,
  type WindowOperatorConfig,
} from '../../../../workers/engines/flink/windows/windowOperator.ts';
import {
  restoreWindows,
  snapshotWindows,
} from '../../../../workers/engines/flink/windows/windowSnapshot.ts';
import {
  assignWindows,
  type WindowAssigner,
} from '../../../../workers/engines/flink/windows/assigner.ts';

/**
 * Drives a window operator with words: `k2:1@3999` is a record (key, value, timestamp), `WM999` a watermark, `PT5` the
 * clock, `restore` a snapshot followed by a restore. What comes out is written `k1:3[0,3000)`, late records `late`.
 */
export class WindowScript {
  readonly config: WindowOperatorConfig;
  readonly gapOf: (key: string, value: number) => number;
  operator: WindowOperator = createWindowOperator();

  constructor(
    assigner: WindowAssigner,
    changes: Partial<WindowOperatorConfig> = {},
    gapOf: (key: string, value: number) => number = () => 0,
  ) {
    this.config = {
      assigner,
      trigger: { kind: 'EventTimeTrigger' },
      allowedLatenessMs: 0,
      sideOutputLateData: false,
      fold: 'sum',
      evictor: null,
      ...changes,
    };
    this.gapOf = gapOf;
  }

  /** Runs the words of a line and returns what came out, in order. */
  run(line: string): string {
    return line
      .split(' ')
      .filter((word) => word !== '')
      .flatMap((word) => this.step(word))
      .join(', ');
  }

  private step(word: string): string[] {
    const { config, operator } = this;
    const firings: Firing[] = [];
    const record = /^(\w+):(-?\d+)@(-?\d+)$/.exec(word);
    if (record !== null) {
      const [, key = '', value, timestamp] = record;
      const gap = this.gapOf(key, Number(value));
      const atMs = Number(timestamp);
      const run = assignWindows(config.assigner, atMs, operator.timers.processingTimeMs, gap);
      const acceptance = processElement(config, operator, run, key, Number(value), atMs, firings);
      return [...firings.map(write), ...(acceptance === 'side output' ? ['late'] : [])];
    }
    if (word === 'restore') this.operator = restoreWindows(snapshotWindows(operator), 128);
    else if (word.startsWith('WM'))
      advanceWatermark(config, operator, Number(word.slice(2)), firings);
    else if (word.startsWith('PT'))
      advanceProcessingTime(config, operator, Number(word.slice(2)), firings);
    else throw new Error(`what is ${word}?`);
    return firings.map(write);
  }
}

function write({ key, startMs, endMs, value, elements }: Firing): string {
  if (elements !== null) return `[${elements.map((element) => element.value).join(' ')}]`;
  return `${key}:${value}[${startMs},${endMs})`;
}

export const tumbling = (sizeMs: number): WindowAssigner => ({
  kind: 'TumblingEventTimeWindows',
  sizeMs,
  offsetMs: 0,
});
export const sliding = (sizeMs: number, slideMs: number): WindowAssigner => ({
  kind: 'SlidingEventTimeWindows',
  sizeMs,
  slideMs,
  offsetMs: 0,
});
export const session = (gapMs: number): WindowAssigner => ({
  kind: 'EventTimeSessionWindows',
  gapMs,
});
