import { describe, expect, test } from 'vitest';
import { tupleTree } from '../../../workers/engines/storm/benches/treeBench.ts';

const spout = (messageId: string, ...to: string[]) => ({ do: 'spout emits', messageId, to });
const bolt = (anchors: string[], ...to: string[]) => ({ do: 'bolt emits', anchors, to });
const ack = (tuple: string) => ({ do: 'ack', tuple });
const fail = (tuple: string) => ({ do: 'fail', tuple });

/** What the spouts hear, in order. */
function heard(script: readonly object[]): string[] {
  return (tupleTree.run({}, script) as string[][][])
    .flat()
    .map(([reply, id]) => `${String(reply)} ${String(id)}`);
}

describe('C16 "a b c" is split and counted, and count fails "b" once', () => {
  const words = ['a', 'b', 'c'];
  const counted = [ack('a'), fail('b'), ack('c')];

  test('anchored: the sentence fails, and all three words run again', () => {
    const first = [spout('m1', 'line'), bolt(['line'], ...words), ack('line'), ...counted];
    expect(heard(first)).toEqual(['fail m1']);
    const again = [spout('m1', 'line'), bolt(['line'], ...words), ack('line'), ...words.map(ack)];
    expect(heard([...first, ...again])).toEqual(['fail m1', 'ack m1']);
  });

  test('split unanchored: acked although "b" failed, so "b" is lost', () => {
    expect(heard([spout('m1', 'line'), bolt([], ...words), ack('line'), ...counted])).toEqual([
      'ack m1',
    ]);
  });

  test('two subscribers, one fails: the whole tree fails', () => {
    expect(heard([spout('m1', 'x', 'y'), ack('x'), fail('y')])).toEqual(['fail m1']);
  });

  test('an ack that comes before the emission’s own is no harm', () => {
    expect(heard([spout('m1', 'line'), bolt(['line'], 'a'), ack('a'), ack('line')])).toEqual([
      'ack m1',
    ]);
  });

  test('the same anchor twice counts twice, and still closes', () => {
    expect(
      heard([spout('m1', 'line'), bolt(['line', 'line'], 'a'), ack('line'), ack('a')]),
    ).toEqual(['ack m1']);
  });

  test('a tuple anchored to two messages fails both', () => {
    const script = [
      spout('m1', 'x'),
      spout('m2', 'y'),
      bolt(['x', 'y'], 'join'),
      ack('x'),
      ack('y'),
    ];
    expect(heard([...script, fail('join')])).toEqual(['fail m1', 'fail m2']);
    expect(heard([...script, ack('join')])).toEqual(['ack m1', 'ack m2']);
  });
});

test('C17 TopologyIntegrationTest.testAcking', () => {
  // Branch bolts copy a message of s1, s2, s3 to 2, 4, 1 tuples; the aggregator takes three, emits one
  // anchored to all of them, and acks them; a last branch makes two of it, which the sink acks.
  const script: object[] = [];
  let waiting: string[] = [];
  let made = 0;
  const answersAfter: number[] = [];
  const feed = (messageId: string, copies: number) => {
    const id = `${messageId}-${String(made++)}`;
    const branches = Array.from({ length: copies }, (_, i) => `${id}.${String(i)}`);
    script.push(spout(messageId, id), bolt([id], ...branches), ack(id));
    waiting.push(...branches);
    while (waiting.length >= 3) {
      const three = waiting.slice(0, 3);
      waiting = waiting.slice(3);
      const one = `agg-${String(made++)}`;
      script.push(
        bolt(three, one),
        ...three.map(ack),
        bolt([one], `${one}.0`, `${one}.1`),
        ack(one),
      );
      script.push(ack(`${one}.0`), ack(`${one}.1`));
    }
    answersAfter.push(heard(script).length);
  };
  feed('s1', 2);
  feed('s2', 4);
  feed('s1', 2);
  feed('s1', 2);
  feed('s3', 1);
  // 0 acks · s1 one and s2 one · 0 · s1 one · 0
  expect(answersAfter).toEqual([0, 2, 2, 3, 3]);
  expect(heard(script).sort()).toEqual(['ack s1', 'ack s1', 'ack s2']);
});
