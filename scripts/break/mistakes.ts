/** One mistake that somebody could make in the simulator, and the tests that ought to notice. */
export interface Mistake {
  readonly name: string;
  readonly file: string;
  /** The text that is there, once. */
  readonly right: string;
  readonly wrong: string;
  /** Test files or folders to ask, so that not everything runs for every mistake. */
  readonly tests: readonly string[];
}

export const mistakes: readonly Mistake[] = [
  {
    name: 'kernel: equal times run in reverse order of scheduling',
    file: 'workers/kernel/eventQueue.ts',
    right: 'if (parentTime < timeUs || (parentTime === timeUs && ranks[parent]! < rank)) break;',
    wrong: 'if (parentTime < timeUs) break;',
    tests: ['tests/kernel/eventQueue.test.ts'],
  },
  {
    name: 'kernel: timers outlive the process that set them',
    file: 'workers/kernel/kernel.ts',
    right: 'if (incarnations[process] === item.incarnation) {',
    wrong: 'if (item.incarnation >= 0) {',
    tests: ['tests/kernel/kernel.test.ts'],
  },
  {
    name: 'kernel: a keyframe shares the states instead of copying them',
    file: 'workers/kernel/kernel.ts',
    right: 'states: states.map(clonePlain),',
    wrong: 'states: states.slice(),',
    tests: ['tests/kernel/kernel.test.ts', 'tests/laws'],
  },
  {
    name: 'kernel: random streams are not part of a keyframe',
    file: 'workers/kernel/kernel.ts',
    right: 'randoms: clonePlain(randoms),',
    wrong: 'randoms: new Map(),',
    tests: ['tests/kernel/kernel.test.ts', 'tests/laws'],
  },
  {
    name: 'kernel: messages overtake each other on a link',
    file: 'workers/kernel/network.ts',
    right: 'lastUs !== undefined && lastUs > earliestUs ? lastUs : earliestUs',
    wrong: 'earliestUs',
    tests: ['tests/kernel'],
  },
  {
    name: 'kernel: a cut link delivers all the same',
    file: 'workers/kernel/kernel.ts',
    right: 'if (isCut(network, sender, to)) return LOST;',
    wrong: '',
    tests: ['tests/kernel/kernel.test.ts'],
  },
  {
    name: 'random: a stream ignores its name',
    file: 'workers/kernel/random.ts',
    right: 'mix = splitMix(mix ^ name.charCodeAt(i));',
    wrong: 'mix = splitMix(mix);',
    tests: ['tests/kernel/random.test.ts'],
  },
  {
    name: 'trace: the hash does not see the time',
    file: 'workers/trace/hash.ts',
    right: 'number[0] = block.timesUs[i]!;',
    wrong: 'number[0] = 0;',
    tests: ['tests/trace'],
  },
  {
    name: 'ledger: a re-firing counts as a duplicate',
    file: 'workers/results/windowTally.ts',
    right: 'momentUs < occurrences.undoneUs[row]!',
    wrong: 'momentUs <= Infinity',
    tests: ['tests/results'],
  },
  {
    name: 'ledger: a record that misses one of its windows counts as right',
    file: 'workers/results/recordHistory.ts',
    right: 'if (missing > 0) return',
    wrong: 'if (missing > 1e9) return',
    tests: ['tests/results'],
  },
];
