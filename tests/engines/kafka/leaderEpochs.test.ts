import { describe, expect, it } from 'vitest';
import {
  divergence,
  endOfEpoch,
  noteEpoch,
  truncateEpochs,
  truncationOffset,
} from '../../../workers/engines/kafka/log/leaderEpochs.ts';

const epochs = (text: string) =>
  text.split(' ').map((entry) => {
    const [epoch = 0, startOffset = 0] = entry.split('@').map(Number);
    return { epoch, startOffset };
  });

describe('C12 divergence (PartitionTest.testLastFetchedOffsetValidation)', () => {
  // LEO 17; the leader's own epoch 10 began there.
  const leader = epochs('0@0 3@2 4@8 7@13 9@14 10@17');
  it.each([
    [2, 5, { epoch: 0, endOffset: 2 }],
    [0, 4, { epoch: 0, endOffset: 2 }],
    [6, 6, { epoch: 4, endOffset: 13 }],
    [5, 9, { epoch: 4, endOffset: 13 }],
    [10, 18, { epoch: 10, endOffset: 17 }],
    [0, 2, null],
    [7, 14, null],
    [9, 17, null],
    [10, 17, null],
    [11, 5, 'unknown'],
  ] as const)('last fetched epoch %i, fetch offset %i: %j', (epoch, offset, answer) => {
    expect(divergence(leader, epoch, offset, 17)).toEqual(answer);
  });
});

describe('leader epochs', () => {
  it('an epoch in which nothing was written is forgotten', () => {
    const list = epochs('0@0');
    noteEpoch(list, 1, 5);
    noteEpoch(list, 2, 5);
    expect(list).toEqual(epochs('0@0 2@5'));
  });

  it('cutting the log back forgets what began beyond', () => {
    const list = epochs('0@0 1@5 2@8');
    truncateEpochs(list, 8);
    expect(list).toEqual(epochs('0@0 1@5'));
  });

  it('of an epoch before all known ones nothing is here: it ends where those begin', () => {
    expect(endOfEpoch(epochs('3@7 4@9'), 1, 12)).toEqual({ epoch: 1, endOffset: 7 });
  });

  it.each([
    // The follower has epoch 0 up to 6, the leader only up to 4: cut at 4.
    ['0@0', { epoch: 0, endOffset: 4 }, 6, 4],
    // The leader has more of epoch 0 than the follower wrote of it before its own epoch 1.
    ['0@0 1@3', { epoch: 0, endOffset: 5 }, 6, 3],
    // The follower never had epoch 2: cut at the end of its epoch 1, and ask again.
    ['0@0 1@3 4@5', { epoch: 2, endOffset: 9 }, 8, 5],
  ] as const)(
    'a follower with %s hears %j: it cuts its %i records to %i',
    (own, said, end, cut) => {
      expect(truncationOffset(epochs(own), said, end)).toBe(cut);
    },
  );
});
