/** The files that are made from the source, with their texts: `npm run schema` writes them, a test compares them. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { format } from 'prettier';
import { opening } from '../workers/scenario/opening.ts';
import { scenarioSchema } from '../workers/scenario/scenario.ts';

export async function generatedFiles(): Promise<Map<string, string>> {
  const schema = toJsonSchema(scenarioSchema, {
    typeMode: 'input',
    // What JSON Schema cannot say, such as that a burst fits into its period, the reader checks.
    errorMode: 'ignore',
  });
  return new Map([
    [
      'docs/scenario.schema.json',
      await formatted({ title: 'A scenario of Stream Table, version 1', ...schema }),
    ],
    ['examples/weblog.json', await formatted(opening)],
  ]);
}

function formatted(value: unknown): Promise<string> {
  return format(JSON.stringify(value), { parser: 'json', printWidth: 100 });
}
