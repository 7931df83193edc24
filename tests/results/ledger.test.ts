import { describe, expect, test } from 'vitest';
import { createLaneBook, type LaneBook } from '../../workers/results/laneBook.ts';
import { NEVER } from '../../workers/results/laneResults.ts';
import { ledgerOf } from '../../workers/results/ledger.ts';
import type { Loss } from '../../workers/results/losses.ts';
import { statuses, type Status } from '../../workers/results/status.ts';

/** One record, written at 0; `play` books what happens, with the clock in `at`. Returns its history as `time status`. */
function historyOf(
  play: (book: LaneBook, at: (timeUs: number) => LaneBook) => void,
  { lossesBefore = [] as Loss[], untilUs = 1000 } = {},
): string[] {
  let nowUs = 0;
  const book = createLaneBook(() => nowUs);
  play(book, (timeUs) => {
    nowUs = timeUs;
    return book;
  });
  const ledger = ledgerOf(book.bookings(), Float64Array.of(0), lossesBefore, untilUs);
  return Array.from(
    ledger.timesUs,
    (timeUs, i) => `${String(timeUs)} ${statuses[ledger.statuses[i]!]!}`,
  );
}

/** Window k ends at 100·k and is 200 long: a record at 150 belongs to windows 2 and 3. */
const fire = (book: LaneBook, k: number, visibleUs: number) =>
  book.fired(k, 100 * k - 200, 100 * k, [], visibleUs);

describe('ledger of one record', () => {
  test('counted once in both of its windows', () => {
    const history = historyOf((_, at) => {
      at(10).counted(0, 0, 1, 2, 3, 2, 3);
      fire(at(200), 2, 210);
      fire(at(300), 3, 310);
    });
    expect(history).toEqual(['0 on the way', '10 waiting', '310 right']);
  });

  test('two tuples of it, counted once each in both of its windows', () => {
    const history = historyOf((_, at) => {
      at(10).counted(0, 0, 2, 2, 3, 2, 3);
      at(20).counted(0, 1, 2, 2, 3, 2, 3);
      fire(at(200), 2, 210);
      fire(at(300), 3, 310);
    });
    expect(history).toEqual(['0 on the way', '10 waiting', '310 right']);
  });

  test('one of its two tuples came when the first window was computed: some only', () => {
    const history = historyOf((_, at) => {
      at(10).counted(0, 0, 2, 2, 3, 2, 3);
      fire(at(200), 2, 230);
      at(220).counted(0, 1, 2, 2, 3, 2, 3);
      fire(at(300), 3, 310);
    });
    expect(history).toEqual(['0 on the way', '10 waiting', '230 some only']);
  });

  test('one of its two tuples is in its only result: that is not none', () => {
    const history = historyOf((_, at) => {
      at(10).counted(0, 0, 2, 2, 2, 2, 2);
      fire(at(200), 2, 200);
      at(220).counted(0, 1, 2, 2, 2, 2, 2);
    });
    expect(history).toEqual(['0 on the way', '10 waiting', '200 some only']);
  });

  test('a result that was computed again counts the tuple that the first had missed', () => {
    const history = historyOf((_, at) => {
      at(10).counted(0, 0, 2, 2, 3, 2, 3);
      fire(at(200), 2, 200);
      at(220).counted(0, 1, 2, 2, 3, 2, 3);
      fire(at(240), 2, 250);
      fire(at(300), 3, 300);
    });
    expect(history).toEqual([
      ...['0 on the way', '10 waiting', '200 some only', '250 waiting', '300 right'],
    ]);
  });

  test('given up for lost, and read once more', () => {
    const history = historyOf((_, at) => {
      at(50).lost(0, 'part', 'cause');
      at(90).counted(0, 0, 1, 2, 2, 2, 2);
      fire(at(200), 2, 200);
    });
    expect(history).toEqual(['0 on the way', '50 lost', '90 waiting', '200 right']);
  });

  test('its last window is still open', () => {
    const history = historyOf((_, at) => {
      at(10).counted(0, 0, 1, 2, 3, 2, 3);
      fire(at(200), 2, 210);
    });
    expect(history).toEqual(['0 on the way', '10 waiting']);
  });

  test('a result that is not visible yet does not count yet', () => {
    const history = historyOf(
      (_, at) => {
        at(10).counted(0, 0, 1, 2, 2, 2, 2);
        fire(at(200), 2, 900);
      },
      { untilUs: 800 },
    );
    expect(history).toEqual(['0 on the way', '10 waiting']);
  });

  test('it came when its first window was past: some only', () => {
    const history = historyOf((_, at) => {
      fire(at(200), 2, 200);
      at(250).counted(0, 0, 1, 2, 3, 3, 3);
      fire(at(300), 3, 300);
    });
    expect(history).toEqual(['0 on the way', '250 some only']);
  });

  test('read twice into the same state: more than once from the first result that shows it', () => {
    const history = historyOf((_, at) => {
      at(10).counted(0, 0, 1, 2, 2, 2, 2);
      at(20).counted(0, 0, 1, 2, 2, 2, 2);
      fire(at(200), 2, 200);
    });
    expect(history).toEqual(['0 on the way', '10 waiting', '200 more than once']);
  });

  test('a later firing replaces the earlier one: the second copy is undone before it', () => {
    const history = historyOf((_, at) => {
      at(10).counted(0, 0, 1, 2, 2, 2, 2);
      const second = at(20).counted(0, 0, 1, 2, 2, 2, 2);
      fire(at(200), 2, 200);
      at(250).undo(second);
      fire(at(260), 2, 260);
    });
    expect(history).toEqual(['0 on the way', '10 waiting', '200 more than once', '260 right']);
  });

  test('a second copy that falls into a later window is one too many', () => {
    const history = historyOf((_, at) => {
      at(10).counted(0, 0, 1, 2, 2, 2, 2);
      fire(at(200), 2, 200);
      at(250).counted(0, 0, 1, 3, 3, 3, 3);
      fire(at(300), 3, 300);
    });
    expect(history).toEqual(['0 on the way', '10 waiting', '200 right', '300 more than once']);
  });

  test('shown before a crash, forgotten, and counted again in a later window: more than once', () => {
    const history = historyOf((_, at) => {
      const first = at(10).counted(0, 0, 1, 2, 2, 2, 2);
      fire(at(200), 2, 200);
      at(210).undo(first);
      at(250).counted(0, 0, 1, 3, 3, 3, 3);
    });
    expect(history.at(-1)).toBe('250 more than once');
  });

  test('a re-firing is no duplicate', () => {
    const history = historyOf((_, at) => {
      at(10).counted(0, 0, 1, 2, 2, 2, 2);
      fire(at(200), 2, 200);
      fire(at(300), 2, 300);
    });
    expect(history).toEqual(['0 on the way', '10 waiting', '200 right']);
  });

  test('forgotten by a restore, read again, counted once', () => {
    const history = historyOf((_, at) => {
      const mark = at(10).mark();
      at(10).counted(0, 0, 1, 2, 2, 2, 2);
      at(100).undoFrom(mark);
      at(150).counted(0, 0, 1, 2, 2, 2, 2);
      fire(at(200), 2, 200);
    });
    expect(history).toEqual([
      '0 on the way',
      '10 waiting',
      '100 on the way',
      '150 waiting',
      '200 right',
    ]);
  });

  test('counted in a window that should not hold it', () => {
    const history = historyOf((_, at) => {
      at(10).counted(0, 0, 1, 2, 2, 2, 3);
      fire(at(200), 2, 200);
      fire(at(300), 3, 300);
    });
    expect(history).toEqual(['0 on the way', '10 waiting', '200 right', '300 more than once']);
  });

  test('a sentence is right when each of its words is counted once', () => {
    const history = historyOf((_, at) => {
      at(10).counted(0, 0, 2, 2, 2, 2, 2);
      at(12).counted(0, 1, 2, 2, 2, 2, 2);
      fire(at(200), 2, 200);
    });
    expect(history).toEqual(['0 on the way', '10 waiting', '200 right']);
  });

  test('one word twice and one not at all is not right', () => {
    const history = historyOf((_, at) => {
      at(10).counted(0, 0, 2, 2, 2, 2, 2);
      at(12).counted(0, 0, 2, 2, 2, 2, 2);
      fire(at(200), 2, 200);
    });
    expect(history.at(-1)).toBe('200 more than once');
  });

  test.each<[string, (book: LaneBook) => void, Status]>([
    [
      'filtered',
      (book) => {
        book.filtered(0);
      },
      'filtered',
    ],
    [
      'late in every window',
      (book) => {
        book.late(0, 0, 1);
      },
      'late',
    ],
    [
      'lost in the lane',
      (book) => {
        book.lost(0, 'spark/batches', 'driver died');
      },
      'lost',
    ],
  ])('%s', (_what, book, status) => {
    expect(
      historyOf((_, at) => {
        book(at(10));
      }),
    ).toEqual(['0 on the way', `10 ${status}`]);
  });

  test('dropped from the state before any of its windows: lost, not late', () => {
    const history = historyOf((_, at) => {
      at(10).counted(0, 0, 1, 2, 2, 3, 2);
      at(20).lost(0, 'storm/count', 'expired unseen');
      fire(at(200), 2, 200);
    });
    expect(history.at(-1)).toBe('20 lost');
  });

  test('lost before the branch, unless the lane saw it after all', () => {
    const lossesBefore = [{ record: 0, part: 'a1/c1', cause: 'agent died', timeUs: 5 }];
    expect(historyOf(() => undefined, { lossesBefore })).toEqual(['0 on the way', '5 lost before']);
    const seen = historyOf(
      (_, at) => {
        at(10).counted(0, 0, 1, 2, 2, 2, 2);
      },
      { lossesBefore },
    );
    expect(seen.at(-1)).toBe('10 waiting');
  });

  test('a lane of rows: once, twice, withdrawn, revealed', () => {
    const rows = (play: (at: (timeUs: number) => LaneBook) => void) =>
      historyOf((_, at) => {
        play(at);
      }).at(-1);
    expect(
      rows((at) => {
        at(10).row(0, 0, 1, ['a', 1], 20);
      }),
    ).toBe('20 right');
    expect(
      rows((at) => {
        at(10).row(0, 0, 1, ['a', 1], 20);
        at(30).row(0, 0, 1, ['a', 1], 40);
      }),
    ).toBe('40 more than once');
    expect(
      rows((at) => {
        const row = at(10).row(0, 0, 1, ['a', 1], NEVER);
        at(30).withdraw(row);
      }),
    ).toBe('0 on the way');
    expect(
      rows((at) => {
        const row = at(10).row(0, 0, 1, ['a', 1], NEVER);
        at(30).reveal(row);
      }),
    ).toBe('30 right');
  });
});

describe('ledger of many records', () => {
  test('closes at every instant: the counts add up to the records written so far', () => {
    let nowUs = 0;
    const book = createLaneBook(() => nowUs);
    const arrivalUs = Float64Array.from({ length: 600 }, (_, i) => i);
    for (let record = 0; record < 600; record += 1) {
      nowUs = record + 1;
      if (record % 7 === 0) book.filtered(record);
      else if (record % 11 !== 0)
        book.counted(
          record,
          0,
          1,
          1 + Math.floor(record / 100),
          2 + Math.floor(record / 100),
          1 + Math.floor(record / 100),
          2 + Math.floor(record / 100),
        );
      if (nowUs % 100 === 0) book.fired(nowUs / 100, nowUs - 200, nowUs, [], nowUs);
    }
    const ledger = ledgerOf(book.bookings(), arrivalUs, [], 1000);
    const status = new Map<number, number>();
    let change = 0;
    for (let timeUs = 0; timeUs < 700; timeUs += 1) {
      for (; change < ledger.timesUs.length && ledger.timesUs[change]! <= timeUs; change += 1) {
        status.set(ledger.records[change]!, ledger.statuses[change]!);
      }
      expect(status.size).toBe(Math.min(600, timeUs + 1));
    }
  });
});
