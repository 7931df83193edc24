import { describe, expect, it } from 'vitest';
import { addRow, createAppendColumns } from '../../workers/kernel/appendColumns.ts';
import { clonePlain } from '../../workers/kernel/clone.ts';
import { FIRST_ROWS, integers, numbers } from '../../workers/kernel/columns.ts';

function createLog() {
  return createAppendColumns({ task: integers(), edge: numbers() });
}

function add(log: ReturnType<typeof createLog>, rows: number): void {
  const { columns } = log;
  for (let i = 0; i < rows; i++) {
    const row = addRow(log, columns.task);
    columns.task[row] = row;
    columns.edge[row] = row / 2;
  }
}

describe('a log in columns', () => {
  it('keeps every row when it outgrows its columns', () => {
    const log = createLog();
    add(log, FIRST_ROWS + 1);
    expect(log.length).toBe(FIRST_ROWS + 1);
    expect(log.columns.task[5]).toBe(5);
    expect(log.columns.task[FIRST_ROWS]).toBe(FIRST_ROWS);
    expect(log.columns.edge[FIRST_ROWS]).toBe(FIRST_ROWS / 2);
  });

  it('grows once, however many runs start again from an early keyframe', () => {
    const log = createLog();
    add(log, FIRST_ROWS);
    const keyframe = clonePlain(log);
    for (let run = 0; run < 3; run++) add(clonePlain(keyframe), 1);
    add(log, 1);
    expect(log.columns.task).toHaveLength(2 * FIRST_ROWS);
    expect(keyframe.length).toBe(FIRST_ROWS);
    expect(log.columns.task[FIRST_ROWS]).toBe(FIRST_ROWS);
  });
});
