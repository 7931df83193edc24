import type { TraceIndex } from '../run/TraceIndex.ts';
import type { Ribbon, Token } from './frame.ts';
import { pointAt } from './polyline.ts';
import type { PlacedPipe, Scene } from './scene.ts';
import { hopsOnScreen, planHops, ribbonRate, type DrawnHops, type Hops } from './screenTime.ts';

interface PlannedPipe {
  readonly placed: PlacedPipe;
  readonly hops: Hops;
  readonly plan: DrawnHops;
}

/** What is on the ways of a scene at an instant, at one speed of watching. */
export class ScreenPlan {
  readonly #planned: readonly PlannedPipe[];
  readonly #speed: number;

  constructor(scene: Scene, index: TraceIndex, recordCount: number, speed: number) {
    this.#speed = speed;
    const laneOf = new Map(scene.nodes.map(({ node, lane }) => [node, lane]));
    const nodeOf = new Map(index.header.parts.map(({ id, node }) => [id, node]));
    const shared = new Float64Array(recordCount);
    const ready = new Map<string, Float64Array>();
    const leftToRight = [...scene.pipes].sort((a, b) => a.path.x[0]! - b.path.x[0]!);
    this.#planned = leftToRight.map((placed) => {
      const { to } = index.header.pipes[placed.number]!;
      const lane = laneOf.get(nodeOf.get(to) ?? '') ?? null;
      if (lane !== null && !ready.has(lane)) ready.set(lane, shared.slice());
      const hops = index.hops(placed.number);
      const plan = planHops(hops, speed, lane === null ? shared : ready.get(lane)!);
      return { placed, hops, plan };
    });
  }

  /** Records that are drawn one by one: those on ways that are no ribbon now. */
  tokensAt(timeUs: number): Token[] {
    const tokens: Token[] = [];
    for (const { placed, hops, plan } of this.#planned) {
      if (ribbonRate(hops, plan, timeUs, this.#speed) !== null) continue;
      for (const { hop, progress } of hopsOnScreen(plan, timeUs)) {
        const [x, y] = pointAt(placed.path, progress);
        tokens.push({ record: hops.record[hop]!, x, y });
      }
    }
    return tokens;
  }

  ribbonsAt(timeUs: number): Ribbon[] {
    const ribbons: Ribbon[] = [];
    for (const { placed, hops, plan } of this.#planned) {
      const perSecond = ribbonRate(hops, plan, timeUs, this.#speed);
      if (perSecond !== null) ribbons.push({ pipe: placed.number, perSecond });
    }
    return ribbons;
  }
}
