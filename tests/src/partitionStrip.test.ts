import { describe, expect, it } from 'vitest';
import { edited, field, property } from '../../lessons/edits.ts';
import type { Edit } from '../../lessons/lesson.ts';
import { lesson } from '../../lessons/02-kafka/01-acks/scenario.ts';
import { newestAt } from '../../src/run/stays.ts';
import { jumpsOf } from '../../src/view/jumps.ts';
import { buildInputs } from '../../workers/input/build.ts';
import { createSimulation } from '../../workers/simulation.ts';
import { play } from '../lessons/play.ts';

const PARTITION = 'kafka/weblog-0';
const acks = (value: string, idempotence: boolean): Edit[] => [
  property('a1.sinks.k1.kafka.producer.acks', value),
  property('a1.sinks.k1.kafka.producer.enable.idempotence', String(idempotence)),
];
const unclean = field('kafka', 'unclean.leader.election.enable', true);
const twoInSync = field('kafka', 'min.insync.replicas', 2);

const cases: [name: string, scene: string, edits: readonly Edit[]][] = [
  ['lost with acks=1', 'one', []],
  ['lost with acks=0', 'one', acks('0', false)],
  ['sent again', 'all', []],
  ['sent again and recognised', 'all', acks('all', true)],
  ['without a leader', 'alone', []],
  ['after an unclean election', 'alone', [unclean]],
  ['refused with too few in sync', 'alone', [twoInSync]],
  ['refused, sent again and written twice', 'alone', [twoInSync, ...acks('all', false)]],
  ['above the high watermark, and lost', 'alone', [twoInSync, unclean, ...acks('1', false)]],
];

describe('the strip of a partition is the log of its leader', () => {
  it.each(cases)('%s', (_, scene, edits) => {
    const scenario = edited(lesson.scenes[scene]!, edits);
    const { records } = buildInputs(scenario, new Map());
    const simulation = createSimulation(scenario, records);
    simulation.advance();
    const { index } = play(scenario);
    const number = index.header.parts.findIndex(({ id }) => id === PARTITION);
    for (let atMs = 1_077; atMs < scenario.durationMs; atMs += 1_000) {
      const view = simulation.viewAt(atMs * 1000, PARTITION);
      const newest = view?.tables.find(({ title }) => title === 'Newest records');
      // While nobody leads there is no leader's log to look into; the strip stays as it was.
      if (newest === undefined) continue;
      const strip = newestAt(index.stays(number), atMs * 1000, 100_000);
      expect([atMs, strip.length]).toEqual([
        atMs,
        Number(new Map(view?.facts).get('Log end offset')),
      ]);
      const values = newest.rows.map((row) => row.at(-1));
      expect(strip.slice(-values.length).map((record) => records.lines[record])).toEqual(values);
    }
  });
});

it.each([
  ['one', true],
  ['all', false],
])('a record that is sent once more is no loss to jump to: %s', (scene, isLost) => {
  const words = jumpsOf(play(lesson.scenes[scene]!), ['flink']).map((jump) => jump.words);
  expect(words.includes('lost record')).toBe(isLost);
});
