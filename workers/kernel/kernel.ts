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
import { peekTimeUs, pendingCount } from './eventQueue.ts';
import { stepsOf, type Fault, type FaultStep } from './faults.ts';
import { MemberEnvironment, type World } from './memberEnvironment.ts';
import {
  arrivalUs,
  createNetwork,
  directionOf,
  isCut,
  PROCESSES_MAX,
  setCut,
  type LinkSpeed,
  type Network,
} from './network.ts';
import {
  addFault,
  addMessage,
  copyPending,
  createPending,
  takeNext,
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
  /** Grows at each crash: timers and messages of an earlier life are void. Odd while the process is down. */
  readonly incarnations: number[];
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
  const { members, memberOf, processNames, recorder } = setup;
  assert(processNames.length < PROCESSES_MAX, 'fewer processes than the network can number');
  const pending = from ? copyPending(from.pending) : createPending();
  const { queue } = pending;
  const network = from ? clonePlain(from.network) : createNetwork();
  const incarnations = from ? from.incarnations.slice() : processNames.map(() => 0);
  const slowness = from ? from.slowness.slice() : processNames.map(() => 1);
  const randoms = from ? clonePlain(from.randoms) : new Map<string, RandomStream>();
  let nowUs = from?.nowUs ?? 0;
  let events = from?.events ?? 0;
  let pendingMax = 0;

  const world: World = {
    setup,
    pending,
    incarnations,
    slowness,
    processIds: new Map(processNames.map((name, id) => [name, id])),
    randoms,
    send,
  };
  const environments = members.map((member) => new MemberEnvironment(world, member, nowUs));
  recorder.nowUs = nowUs;
  const states = from
    ? from.states.map(clonePlain)
    : members.map((member, index) => member.engine.start(member.config, environments[index]!));
  if (from) {
    if (from.losses) setup.shared.restore(from.losses);
    from.results?.forEach((copy, index) => {
      if (copy) members[index]!.results?.restore(copy);
    });
  } else {
    for (const fault of setup.faults) {
      for (const { timeUs, step } of stepsOf(fault)) addFault(pending, timeUs, step);
    }
  }

  function send(sender: ProcessId, to: ProcessId, message: WireMessage, bytes = 0): number {
    if (isCut(network, sender, to)) return LOST;
    const timeUs = arrivalUs(network, sender, to, nowUs, bytes, setup.speed(sender, to));
    addMessage(pending, timeUs, to, incarnations[to]!, sender, incarnations[sender]!, message);
    return timeUs;
  }

  function isUp(process: ProcessId): boolean {
    return incarnations[process]! % 2 === 0;
  }

  function elapse(process: ProcessId, event: unknown): void {
    const index = memberOf[process]!;
    const environment = environments[index]!;
    environment.nowUs = nowUs;
    members[index]!.engine.handle(states[index], process, event, environment);
  }

  function deliver(process: ProcessId, sender: ProcessId, message: WireMessage): void {
    const index = memberOf[process]!;
    const environment = environments[index]!;
    environment.nowUs = nowUs;
    members[index]!.engine.receive(states[index], process, sender, message, environment);
  }

  /** The message is for a process that is down, or was when it was sent. */
  function bounce(
    process: ProcessId,
    incarnation: number,
    sender: ProcessId,
    senderIncarnation: number,
    message: WireMessage,
  ): void {
    const isNotice =
      message.type === 'connection-refused' ||
      message.type === 'connection-reset' ||
      message.type === 'peer-died';
    if (isNotice || incarnations[sender] !== senderIncarnation) return;
    const wasDown = incarnation % 2 === 1;
    send(process, sender, {
      type: wasDown ? 'connection-refused' : 'connection-reset',
      undelivered: message,
    });
  }

  function handleNext(): void {
    const slot = takeNext(pending);
    nowUs = queue.nowUs;
    recorder.nowUs = nowUs;
    events += 1;
    const process = pending.process[slot]!;
    const incarnation = pending.incarnation[slot]!;
    const sender = pending.from[slot]!;
    const content = pending.content[slot];
    if (process < 0) turn(content as FaultStep);
    else if (sender < 0) {
      if (incarnations[process] === incarnation) elapse(process, content);
    } else if (isUp(process) && incarnations[process] === incarnation)
      deliver(process, sender, content as WireMessage);
    else
      bounce(process, incarnation, sender, pending.fromIncarnation[slot]!, content as WireMessage);
  }

  function turn(step: FaultStep): void {
    const { fault, begins } = step;
    if (fault.type === 'crash') fault.processes.forEach(begins ? crash : restart);
    if (fault.type === 'slow') {
      for (const process of fault.processes) {
        slowness[process] = begins
          ? slowness[process]! * fault.factor
          : slowness[process]! / fault.factor;
      }
    }
    if (fault.type === 'cut') {
      for (const a of fault.from) {
        for (const b of fault.to) {
          setCut(network, a, b, begins);
          setCut(network, b, a, begins);
        }
      }
    }
  }

  function crash(process: ProcessId): void {
    if (!isUp(process)) return; // Two faults may kill it at once; it dies once.
    incarnations[process]! += 1;
    recorder.begin(setup.downSeriesOf[process]!, incarnations[process]!, nowUs);
    note(process, `${processNames[process]} died (kill -9)`);
    const index = memberOf[process]!;
    environments[index]!.nowUs = nowUs;
    members[index]!.engine.crash(states[index], process, environments[index]!);
    for (let peer = 0; peer < processNames.length; peer += 1) {
      const talked =
        network.lastArrivalUs.has(directionOf(process, peer)) ||
        network.lastArrivalUs.has(directionOf(peer, process));
      if (talked && peer !== process && isUp(peer)) send(process, peer, { type: 'peer-died' });
    }
  }

  function restart(process: ProcessId): void {
    if (isUp(process)) return;
    recorder.end(setup.downSeriesOf[process]!, incarnations[process]!, 0);
    incarnations[process]! += 1;
    note(process, `${processNames[process]} started again`);
    const index = memberOf[process]!;
    environments[index]!.nowUs = nowUs;
    members[index]!.engine.restart(states[index], process, environments[index]!);
  }

  function note(process: ProcessId, text: string): void {
    const part = setup.markPartOf[process]!;
    if (part >= 0) recorder.mark(part, text);
  }

  const kernel: Kernel = {
    get nowUs() {
      return nowUs;
    },
    get events() {
      return events;
    },
    get pendingMax() {
      return pendingMax;
    },
    advance(untilUs, eventsMax) {
      let left = eventsMax;
      while (peekTimeUs(queue) <= untilUs) {
        if (left === 0) return false;
        left -= 1;
        const count = pendingCount(queue);
        if (count > pendingMax) pendingMax = count;
        handleNext();
        afterEvent?.(kernel);
      }
      nowUs = untilUs;
      return true;
    },
    keyframe: (withResults) => ({
      nowUs,
      pending: copyPending(pending),
      network: clonePlain(network),
      incarnations: incarnations.slice(),
      slowness: slowness.slice(),
      randoms: clonePlain(randoms),
      states: states.map(clonePlain),
      results: withResults ? members.map((member) => member.results?.copy() ?? null) : null,
      losses: withResults ? setup.shared.copy() : null,
      events,
    }),
    state: (node) => states[members.findIndex((member) => member.node === node)],
    environment(node) {
      const index = members.findIndex((member) => member.node === node);
      const environment = present(environments[index], `the node ${node}`);
      environment.nowUs = nowUs;
      return environment;
    },
  };
  return kernel;
}
