import type { Records } from '../input/records.ts';
import type { LaneBook, LaneBookCopy } from '../results/laneBook.ts';
import type { LossBook, LossBookings } from '../results/losses.ts';
import type { OwnedRecorder } from '../trace/recorder.ts';
import type { WireMessage } from '../wire/message.ts';
import { assert, present } from './assert.ts';
import { clonePlain } from './clone.ts';
import type { Costs } from './costs.ts';
import type { Engine, Graph } from './engine.ts';
import { LOST, type Environment, type ProcessId } from './environment.ts';
import { NOTHING, peekTimeUs, pendingMax } from './eventQueue.ts';
import { stepsOf, type Fault, type FaultStep } from './faults.ts';
import {
  firstLife,
  isUp,
  nextLife,
  PROCESSES_MAX,
  processOf,
  turnsBefore,
  type Life,
} from './life.ts';
import { MemberEnvironment, type World } from './memberEnvironment.ts';
import {
  arrivalUs,
  createNetwork,
  haveTalked,
  isCut,
  setCut,
  type LinkSpeed,
  type Network,
} from './network.ts';
import {
  addFault,
  addMessage,
  copyPending,
  createPending,
  takeDue,
  type Pending,
} from './pending.ts';
import type { RandomStream } from './random.ts';

/**
 * The run itself: events in the order of (time, priority, sequence), handed to the engine of the process that they
 * are for. It knows processes, links and faults, and no engine.
 */

// The kernel never looks into a config, a state or an event: it only carries them to the engine that made them.
export type AnyEngine = Engine<unknown, unknown, unknown>;

/** One node of the scenario in this run. */
export interface Member {
  readonly node: string;
  readonly engine: AnyEngine;
  readonly config: unknown;
  readonly results: LaneBook | null;
}

export interface KernelSetup {
  readonly seed: number;
  readonly startEpochMs: number;
  readonly graph: Graph;
  readonly records: Records;
  readonly costs: Costs;
  readonly members: readonly Member[];
  /** Full names; the index is the process's number. */
  readonly processNames: readonly string[];
  /** Index into `members` for each process. */
  readonly memberOf: readonly number[];
  /** A part on which a process's crash and return are marked, or −1. */
  readonly markPartOf: readonly number[];
  readonly downSeriesOf: readonly number[];
  readonly faults: readonly Fault[];
  readonly speed: (from: ProcessId, to: ProcessId) => LinkSpeed;
  readonly recorder: OwnedRecorder;
  /** Where what happens before the branch is booked. */
  readonly shared: LossBook;
}

/** Everything that changes during a run, as plain data. */
export interface Keyframe {
  readonly nowUs: number;
  readonly pending: Pending;
  readonly network: Network;
  /** The life of each process. */
  readonly lives: Life[];
  readonly slowness: number[];
  readonly randoms: Map<string, RandomStream>;
  readonly states: unknown[];
  /** The lanes' books, in the order of the members; null in a keyframe that only serves to look at states. */
  readonly results: (LaneBookCopy | null)[] | null;
  readonly losses: LossBookings | null;
  readonly events: number;
}

export interface Kernel {
  readonly nowUs: number;
  /** Events handled so far. */
  readonly events: number;
  /** The largest number of events that were pending at once. */
  readonly pendingMax: number;
  /** Runs everything up to and including `untilUs`, but at most `eventsMax` events. Returns whether it got there. */
  advance(untilUs: number, eventsMax: number): boolean;
  /** A copy of everything; with `withResults` also of the lanes' books, which a mere look at a state does not need. */
  keyframe(withResults: boolean): Keyframe;
  state(node: string): unknown;
  environment(node: string): Environment<unknown>;
}

/** Starts a run, or takes one up again at a keyframe of the same setup. */
export function createKernel(
  setup: KernelSetup,
  from?: Keyframe,
  afterEvent?: (kernel: Kernel) => void,
): Kernel {
  return new RunningKernel(setup, from ?? null, afterEvent ?? null);
}

interface RunningNode {
  readonly name: string;
  readonly engine: AnyEngine;
  readonly state: unknown;
  readonly environment: MemberEnvironment;
}

/** A class, as its environments are: the functions that every event goes through are the same in all runs. */
class RunningKernel implements Kernel, World {
  readonly setup: KernelSetup;
  readonly pending: Pending;
  readonly lives: Life[];
  readonly slowness: number[];
  readonly randoms: Map<string, RandomStream>;
  readonly processIds: ReadonlyMap<string, ProcessId>;
  nowUs: number;
  events: number;
  private readonly network: Network;
  private readonly nodes: readonly RunningNode[];
  /** The node of each process. */
  private readonly nodeOf: readonly RunningNode[];
  private readonly afterEvent: ((kernel: Kernel) => void) | null;

  constructor(
    setup: KernelSetup,
    from: Keyframe | null,
    afterEvent: ((kernel: Kernel) => void) | null,
  ) {
    const { members, processNames } = setup;
    assert(processNames.length < PROCESSES_MAX, 'fewer processes than the network can number');
    this.setup = setup;
    this.afterEvent = afterEvent;
    this.pending = from ? copyPending(from.pending) : createPending();
    this.network = from ? clonePlain(from.network) : createNetwork(processNames.length);
    this.lives = from
      ? from.lives.slice()
      : processNames.map((_name, process) => firstLife(process));
    this.slowness = from ? from.slowness.slice() : processNames.map(() => 1);
    this.randoms = from ? clonePlain(from.randoms) : new Map<string, RandomStream>();
    this.processIds = new Map(processNames.map((name, id) => [name, id]));
    this.nowUs = from?.nowUs ?? 0;
    this.events = from?.events ?? 0;
    setup.recorder.nowUs = this.nowUs;
    this.nodes = members.map((member, index) => {
      const { engine, config } = member;
      const environment = new MemberEnvironment(this, member, this.nowUs);
      const state = from ? clonePlain(from.states[index]) : engine.start(config, environment);
      return { name: member.node, engine, state, environment };
    });
    this.nodeOf = setup.memberOf.map((member) => this.nodes[member]!);
    if (from) this.restoreBooks(from);
    else {
      for (const fault of setup.faults) {
        for (const { timeUs, step } of stepsOf(fault)) addFault(this.pending, timeUs, step);
      }
    }
  }

  advance(untilUs: number, eventsMax: number): boolean {
    const { pending } = this;
    const last = this.events + eventsMax;
    while (this.events < last) {
      const slot = takeDue(pending, untilUs);
      if (slot === NOTHING) break;
      this.handle(slot);
      this.afterEvent?.(this);
    }
    if (peekTimeUs(pending.queue) <= untilUs) return false;
    this.nowUs = untilUs;
    return true;
  }

  get pendingMax(): number {
    return pendingMax(this.pending.queue);
  }

  keyframe(withResults: boolean): Keyframe {
    const { members, shared } = this.setup;
    return {
      nowUs: this.nowUs,
      pending: copyPending(this.pending),
      network: clonePlain(this.network),
      lives: this.lives.slice(),
      slowness: this.slowness.slice(),
      randoms: clonePlain(this.randoms),
      states: this.nodes.map(({ state }) => clonePlain(state)),
      results: withResults ? members.map((member) => member.results?.copy() ?? null) : null,
      losses: withResults ? shared.copy() : null,
      events: this.events,
    };
  }

  state(node: string): unknown {
    return this.nodeNamed(node).state;
  }

  environment(node: string): Environment<unknown> {
    const { environment } = this.nodeNamed(node);
    environment.nowUs = this.nowUs;
    return environment;
  }

  send(sender: ProcessId, to: ProcessId, message: WireMessage, bytes = 0): number {
    const { network, lives } = this;
    if (isCut(network, sender, to)) return LOST;
    const speed = this.setup.speed(sender, to);
    const timeUs = arrivalUs(network, sender, to, this.nowUs, bytes, speed);
    addMessage(this.pending, timeUs, lives[to]!, lives[sender]!, message);
    return timeUs;
  }

  private restoreBooks({ losses, results }: Keyframe): void {
    const { members, shared } = this.setup;
    if (losses) shared.restore(losses);
    results?.forEach((copy, index) => {
      if (copy) members[index]!.results?.restore(copy);
    });
  }

  private handle(slot: number): void {
    const { pending, lives } = this;
    const { nowUs } = pending.queue;
    this.nowUs = nowUs;
    this.setup.recorder.nowUs = nowUs;
    this.events += 1;
    const to = pending.to[slot]!;
    const from = pending.from[slot]!;
    const content = pending.content[slot];
    if (to < 0) {
      this.turn(content as FaultStep);
      return;
    }
    const process = processOf(to);
    const isSameLife = lives[process] === to;
    if (from < 0) {
      if (isSameLife) this.elapse(process, content);
    } else if (isSameLife && isUp(to))
      this.deliver(process, processOf(from), content as WireMessage);
    else this.bounce(to, from, content as WireMessage);
  }

  private elapse(process: ProcessId, event: unknown): void {
    const { engine, state, environment } = this.nodeNow(process);
    engine.handle(state, process, event, environment);
  }

  private deliver(process: ProcessId, sender: ProcessId, message: WireMessage): void {
    const { engine, state, environment } = this.nodeNow(process);
    engine.receive(state, process, sender, message, environment);
  }

  private nodeNamed(name: string): RunningNode {
    return present(
      this.nodes.find((node) => node.name === name),
      `the node ${name}`,
    );
  }

  /** The node that a process belongs to, with the time of this event. */
  private nodeNow(process: ProcessId): RunningNode {
    const node = this.nodeOf[process]!;
    node.environment.nowUs = this.nowUs;
    return node;
  }

  /** The message is for a process that is down, or was when it was sent. */
  private bounce(to: Life, from: Life, message: WireMessage): void {
    const isNotice =
      message.type === 'connection-refused' ||
      message.type === 'connection-reset' ||
      message.type === 'peer-died';
    const sender = processOf(from);
    if (isNotice || this.lives[sender] !== from) return;
    this.send(processOf(to), sender, {
      type: isUp(to) ? 'connection-reset' : 'connection-refused',
      undelivered: message,
    });
  }

  private turn({ fault, begins }: FaultStep): void {
    if (fault.type === 'crash') {
      for (const process of fault.processes) {
        if (begins) this.crash(process);
        else this.restart(process);
      }
    }
    if (fault.type === 'slow') {
      const { slowness } = this;
      for (const process of fault.processes) {
        slowness[process] = begins
          ? slowness[process]! * fault.factor
          : slowness[process]! / fault.factor;
      }
    }
    if (fault.type === 'cut') {
      for (const a of fault.from) {
        for (const b of fault.to) {
          setCut(this.network, a, b, begins);
          setCut(this.network, b, a, begins);
        }
      }
    }
  }

  private crash(process: ProcessId): void {
    const life = this.lives[process]!;
    if (!isUp(life)) return; // Two faults may kill it at once; it dies once.
    const { downSeriesOf, processNames, recorder } = this.setup;
    this.lives[process] = nextLife(life);
    recorder.begin(downSeriesOf[process]!, turnsBefore(nextLife(life)), this.nowUs);
    this.note(process, `${processNames[process]} died (kill -9)`);
    const { engine, state, environment } = this.nodeNow(process);
    engine.crash(state, process, environment);
    for (let peer = 0; peer < processNames.length; peer += 1) {
      if (peer !== process && isUp(this.lives[peer]!) && haveTalked(this.network, process, peer))
        this.send(process, peer, { type: 'peer-died' });
    }
  }

  private restart(process: ProcessId): void {
    const life = this.lives[process]!;
    if (isUp(life)) return;
    const { downSeriesOf, processNames, recorder } = this.setup;
    recorder.end(downSeriesOf[process]!, turnsBefore(life), 0);
    this.lives[process] = nextLife(life);
    this.note(process, `${processNames[process]} started again`);
    const { engine, state, environment } = this.nodeNow(process);
    engine.restart(state, process, environment);
  }

  private note(process: ProcessId, text: string): void {
    const part = this.setup.markPartOf[process]!;
    if (part >= 0) this.setup.recorder.mark(part, text);
  }
}
