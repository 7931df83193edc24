// `npm run conformance`: replays what the real engines were recorded to do, and says where the simulator differs.
// `-- --json` prints one JSON object.

import { recordings, verdictOn, type Verdict } from './conformance/recordings.ts';

const table = new Map<string, Record<'cases' | Verdict, number>>();
const different: string[] = [];
for (const recording of recordings()) {
  const verdict = verdictOn(recording);
  const row = table.get(recording.engine) ?? {
    cases: 0,
    equal: 0,
    different: 0,
    'not modelled': 0,
  };
  row.cases += 1;
  row[verdict] += 1;
  table.set(recording.engine, row);
  if (verdict === 'different') different.push(recording.name);
}
if (process.argv.includes('--json'))
  console.log(JSON.stringify(Object.fromEntries(table), null, 2));
else {
  for (const [engine, row] of table) {
    console.log(
      `${engine}: ${String(row.cases)} cases, ${String(row.equal)} equal, ${String(row.different)} different, ${String(row['not modelled'])} not modelled`,
    );
  }
}
for (const name of different) console.error(`different: ${name}`);
if (different.length > 0) process.exitCode = 1;
