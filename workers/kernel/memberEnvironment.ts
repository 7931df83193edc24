import type { Records } from '../input/records.ts';
import type { LaneBook } from '../results/laneBook.ts';
import type { RecordId } from '../trace/format.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { WireMessage } from '../wire/message.ts';
import { assert, present } from './assert.ts';
import type { Costs } from './costs.ts';
import type { Graph } from './engine.ts';
import type { Environment, ProcessId } from './environment.ts';
import type { KernelSetup, Member } from './kernel.ts';
import type { Life } from './life.ts';
import { addTimer, type Pending } from './pending.ts';
import { createRandom, type RandomStream } from './random.ts';

/** What all nodes of a run share. */
export interface World {
  readonly setup: KernelSetup;
  readonly pending: Pending;
  readonly lives: readonly Life[];
  readonly slowness: readonly number[];
  readonly processIds: ReadonlyMap<string, ProcessId>;
  readonly randoms: Map<string, RandomStream>;
  send(sender: ProcessId, to: ProcessId, message: WireMessage, bytes?: number): number;
}

/**
 * The world as the kernel shows it to one node's engine. A class, so that every run has the same functions: the
 * engines' calls to them stay fast from run to run.
 */
export class MemberEnvironment implements Environment<unknown> {
  nowUs: number;
  readonly startEpochMs: number;
  readonly node: string;
  readonly graph: Graph;
  readonly records: Records;
  readonly costs: Costs;
  readonly trace: Recorder;
  readonly results: LaneBook | null;
  private readonly world: World;
  private readonly pending: Pending;
  private readonly lives: readonly Life[];

  constructor(world: World, member: Member, nowUs: number) {
    const { setup, pending, lives } = world;
    this.nowUs = nowUs;
    this.startEpochMs = setup.startEpochMs;
    this.node = member.node;
    this.graph = setup.graph;
    this.records = setup.records;
    this.costs = setup.costs;
    this.trace = setup.recorder;
    this.results = member.results;
    this.world = world;
    this.pending = pending;
    this.lives = lives;
  }

  process(name: string): ProcessId {
    return present(this.world.processIds.get(name), `the process ${name}`);
  }

  processName(process: ProcessId): string {
    return present(this.world.setup.processNames[process], `process ${process}`);
  }

  after(process: ProcessId, delayUs: number, event: unknown, priority = 0): void {
    assert(delayUs >= 0, 'an event lies in the past');
    this.schedule(process, this.nowUs + Math.floor(delayUs), event, priority);
  }

  at(process: ProcessId, timeUs: number, event: unknown, priority = 0): void {
    assert(timeUs >= this.nowUs, 'an event lies in the past');
    this.schedule(process, Math.floor(timeUs), event, priority);
  }

  send(sender: ProcessId, to: ProcessId, message: WireMessage, bytes = 0): number {
    return this.world.send(sender, to, message, bytes);
  }

  lost(record: RecordId, part: string, cause: string): void {
    const { trace, results, world } = this;
    trace.finding(trace.part(part), record, `lost: ${cause}`);
    (results ?? world.setup.shared).lost(record, part, cause);
  }

  random(name: string): RandomStream {
    const { setup, randoms } = this.world;
    const full = `${this.node}/${name}`;
    let stream = randoms.get(full);
    if (!stream) randoms.set(full, (stream = createRandom(setup.seed, full)));
    return stream;
  }

  slowness(process: ProcessId): number {
    return this.world.slowness[process]!;
  }

  private schedule(process: ProcessId, timeUs: number, event: unknown, priority: number): void {
    addTimer(this.pending, timeUs, priority, this.lives[process]!, event);
  }
}
