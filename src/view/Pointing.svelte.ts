import type { RunModel } from '../run/RunModel.ts';
import type { Output } from '../run/Run.ts';

/** A window of a lane, by the lane's id and the window's number. */
export interface WindowRef {
  readonly lane: string;
  readonly window: number;
}

/** What the pointer is on and what was chosen: lit everywhere at once, kept until something else is. */
export class Pointing {
  window: WindowRef | null = $state.raw(null);
  record: number | null = $state(null);
  /** A chosen record keeps its line and its life in the inspector. */
  chosenRecord: number | null = $state(null);
  /** A chosen part shows its state and settings in the inspector. */
  chosenPart: string | null = $state(null);

  readonly #model: () => RunModel | null;

  constructor(model: () => RunModel | null) {
    this.#model = model;
  }

  /** The newest output of the window that is pointed at. */
  readonly output: Output | null = $derived.by(() => {
    const { window } = this;
    if (window === null) return null;
    const lane = this.#model()?.lanes.find(({ lane: { id } }) => id === window.lane);
    return lane?.outputs.findLast((output) => output.window === window.window) ?? null;
  });

  /** The records that are lit, or null when nothing is pointed at. */
  readonly litRecords: ReadonlySet<number> | null = $derived.by(() => {
    if (this.record !== null) return new Set([this.record]);
    const { window, output } = this;
    if (window === null || output === null) return null;
    const lane = this.#model()?.lanes.find(({ lane: { id } }) => id === window.lane);
    return lane === undefined ? null : new Set(lane.membersOf(output));
  });

  /** By lane, the windows that are lit. */
  readonly litWindows: ReadonlyMap<string, ReadonlySet<number>> | null = $derived.by(() => {
    if (this.window !== null) return new Map([[this.window.lane, new Set([this.window.window])]]);
    const record = this.record ?? this.chosenRecord;
    const model = this.#model();
    if (record === null || model === null) return null;
    return new Map(model.lanes.map((lane) => [lane.lane.id, lane.windowsOf(record)]));
  });

  chooseRecord(record: number | null): void {
    this.chosenRecord = record;
    this.chosenPart = null;
  }

  choosePart(part: string | null): void {
    this.chosenPart = part;
    this.chosenRecord = null;
  }
}
