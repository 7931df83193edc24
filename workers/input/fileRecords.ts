// The lines of a person's own file as records: when they arrive, and what their time is.
//
// The file's clock is moved so that its first line stands at the scenario's start. A log may be
// quiet for a night: arrivals by time stamp can shorten such pauses, and then the records' own time
// is shortened with them, so that a record is as late as it was.

import type { FileInput } from './config.ts';
import type { LogFile } from './logParser.ts';
import { recordsFromRows, type RecordRow, type Records } from './records.ts';

export interface ShortenedPauses {
  readonly count: number;
  readonly removedMs: number;
}

export interface FileRecords {
  readonly records: Records;
  readonly shortened: ShortenedPauses;
  /** Readable lines that would arrive after the scenario's end. */
  readonly afterEndCount: number;
}

export function fileRecords(config: FileInput, file: LogFile, durationMs: number): FileRecords {
  const firstMs = file.timesMs[0] ?? 0;
  const durationUs = durationMs * 1000;
  const rows: RecordRow[] = [];
  let shortened: ShortenedPauses = { count: 0, removedMs: 0 };
  let clockMs = firstMs;
  for (const [index, line] of file.lines.entries()) {
    const ownMs = file.timesMs[index] ?? firstMs;
    let arrivalUs: number;
    if (config.arrival.mode === 'fixed-rate') {
      arrivalUs = Math.floor((index * 1e6) / config.arrival.ratePerSecond);
    } else {
      // A line that is behind its neighbours arrives with them: the log was written in file order.
      const pauseMs = Math.max(ownMs - clockMs, 0);
      const overMs = Math.max(pauseMs - config.arrival.pauseLimitMs, 0);
      if (overMs > 0) {
        shortened = { count: shortened.count + 1, removedMs: shortened.removedMs + overMs };
      }
      clockMs += pauseMs;
      arrivalUs = (clockMs - firstMs - shortened.removedMs) * 1000;
    }
    // Arrivals never fall, so the rest of the file is behind the end too.
    if (arrivalUs >= durationUs) break;
    const ownUs = (ownMs - firstMs - shortened.removedMs) * 1000;
    rows.push({ arrivalUs, eventTimeUs: config.eventTime === 'own' ? ownUs : arrivalUs, line });
  }
  return {
    records: recordsFromRows(config.id, rows),
    shortened,
    afterEndCount: file.lines.length - rows.length,
  };
}
