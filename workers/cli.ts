// The simulator without a browser: `npm run --silent simulate -- SCENARIO.json` prints one JSON object,
// { "lanes": [{ "id", "outputs", "ledger", "metrics" }], "traceHash", … }, and ends with status 2 and a
// sentence for a scenario or a file that it cannot take.

import { simulate } from './cli/simulate.ts';

const { status, stdout, stderr } = simulate(process.argv.slice(2));
process.stderr.write(stderr);
process.stdout.write(stdout);
process.exitCode = status;
