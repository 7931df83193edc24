// `npm run conformance`: replays what the real engines were recorded to do, and says where the simulator differs.
// `-- --json` prints one JSON object.

import { recordings } from '../reference/recordings.ts';
import { replay, type Verdict } from '../workers/conformance.ts';
import { recordedEngines } from '../workers/scenario/recording.ts';

type Row = Record<'cases' | Verdict, number>;

const table = new Map<string, Row>(
  recordedEngines.map(({ engine }) => [
    engine,
    { cases: 0, equal: 0, different: 0, 'not modelled': 0 },
  ]),
);
const different: string[] = [];
const notModelled: string[] = [];
for (const [name, recording] of recordings) {
  const { verdict, why } = replay(name, recording);
  const row = table.get(recording.engine);
  if (!row) throw new Error(`${name}: there is no engine ${recording.engine}`);
  row.cases += 1;
  row[verdict] += 1;
  if (verdict === 'different') different.push(name);
  if (verdict === 'not modelled') notModelled.push(`${name}: ${why}`);
}

if (process.argv.includes('--json')) {
  const engines = Object.fromEntries(table);
  console.log(JSON.stringify({ engines, different, notModelled }, null, 2));
} else {
  for (const [engine, row] of table) {
    const counts = Object.entries(row).map(([what, count]) => `${String(count)} ${what}`);
    console.log(`${engine}: ${counts.join(', ')}`);
  }
  notModelled.forEach((line, index) => {
    console.log(`not modelled ${String(index + 1)}: ${line}`);
  });
}
for (const name of different) console.error(`different: ${name}`);
if (different.length > 0) process.exitCode = 1;
