import { expect, test } from 'vitest';
import {
  appendRecord,
  createRecordLog,
  logBefore,
  recordsIn,
} from '../../../workers/wire/recordLog.ts';

test('a log whose tail is cut off keeps all fields of what lay before it', () => {
  const log = createRecordLog();
  for (let n = 0; n < 5; n += 1) {
    const [key, value] = [`k${String(n)}`, `v${String(n)}`];
    appendRecord(log, 7 + n, { timestampMs: 1000 + n, key, value, sizeBytes: 70 + n, record: n });
  }
  const before = recordsIn({ log, from: 0, end: 3 });
  expect(before.map(({ offset, sizeBytes }) => [offset, sizeBytes])).toEqual([
    [0, 70],
    [1, 71],
    [2, 72],
  ]);
  const cut = logBefore(log, 3);
  expect(cut.length).toBe(3);
  expect(recordsIn({ log: cut, from: 0, end: 3 })).toEqual(before);
  // The old log stays whole: an answer that is under way points at it.
  expect(recordsIn({ log, from: 4, end: 5 })[0]?.value).toBe('v4');
});
