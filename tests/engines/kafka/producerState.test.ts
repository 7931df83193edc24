import { describe, expect, it } from 'vitest';
import {
  judgeSequence,
  type ProducerEntry,
  rememberBatch,
  type SequenceVerdict,
} from '../../../workers/engines/kafka/log/producerState.ts';

/** A log of one producer: what each batch [first sequence, records, epoch] was answered. */
function judge(batches: readonly (readonly number[])[]): SequenceVerdict[] {
  let entry: ProducerEntry | undefined;
  let end = 0;
  return batches.map(([baseSequence = 0, records = 1, producerEpoch = 0]) => {
    const batch = { producerId: 1, producerEpoch, baseSequence, records };
    const verdict = judgeSequence(entry, batch);
    if (verdict.kind === 'append') {
      entry = rememberBatch(entry, { ...batch, baseOffset: end });
      end += records;
    }
    return verdict;
  });
}

const append = { kind: 'append' };
const duplicateOf = (baseOffset: number) => ({ kind: 'duplicate', baseOffset });
const outOfOrder = { kind: 'refuse', error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' };

describe('C18 idempotence (UnifiedLogTest.testDuplicateAppends)', () => {
  // Six batches of one record, sequences 0 to 5 at offsets 0 to 5; then one of three, 6 to 8.
  const before = [...[0, 1, 2, 3, 4, 5].map((sequence) => [sequence, 1]), [6, 3]];
  it.each([
    ['the last batch again', [6, 3], duplicateOf(6)],
    ['a part of it', [7, 2], outOfOrder],
    ['one of the last five batches', [2, 1], duplicateOf(2)],
    ['an older batch', [1, 1], outOfOrder],
    ['the next one', [9, 1], append],
  ])('%s', (_, batch, answer) => {
    expect(judge([...before, batch]).at(-1)).toEqual(answer);
  });

  it('the next one twice: the second gets the offset of the first', () => {
    expect(judge([...before, [9, 1], [9, 1]]).at(-1)).toEqual(duplicateOf(9));
  });
});

describe('sequence numbers', () => {
  it('of an unknown producer may begin anywhere', () => {
    expect(judge([[41, 1]])).toEqual([append]);
  });

  it('begin at 0 in a new epoch, and an older epoch is fenced', () => {
    expect(
      judge([
        [0, 2],
        [2, 1, 1],
        [0, 1, 1],
        [2, 1, 0],
      ]),
    ).toEqual([append, outOfOrder, append, { kind: 'refuse', error: 'INVALID_PRODUCER_EPOCH' }]);
  });

  it('start again at 0 after 2^31 − 1', () => {
    // 2147483646 and 2147483647, then 0.
    expect(
      judge([
        [2147483646, 2],
        [0, 1],
      ]),
    ).toEqual([append, append]);
  });
});
