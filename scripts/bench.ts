// The benchmark: `npm run bench`, with `-- --json` for one JSON object. Ratios are taken within one run of the program,
// because machines differ and are noisy; nothing here is a test.

import { benchPage } from './bench/page.ts';
import { benchSimulator } from './bench/simulator.ts';

const isJson = process.argv.includes('--json');
const figures = { ...benchSimulator(), ...(await benchPage()) };

if (isJson) {
  console.log(JSON.stringify(figures, null, 2));
} else {
  for (const [name, figure] of Object.entries(figures)) {
    console.log(
      `${name.padEnd(34)} ${typeof figure === 'number' ? String(figure) : JSON.stringify(figure)}`,
    );
  }
}
