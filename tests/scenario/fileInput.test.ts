import { expect, it } from 'vitest';
import { createLogParser } from '../../workers/input/logParser.ts';
import { encodeUtf8 } from '../../workers/input/utf8.ts';
import { fileIdentity, isSameFile, withFile } from '../../workers/scenario/fileInput.ts';
import { opening } from '../../workers/scenario/opening.ts';
import { readScenario } from '../../workers/scenario/reader.ts';

function identityOf(name: string, text: string) {
  const parser = createLogParser();
  parser.push(encodeUtf8(text));
  return fileIdentity(name, parser.finish());
}

it('puts a file in the place of an input, at its pace', () => {
  const mine = identityOf('mine.log', 'a line');
  const scenario = withFile(opening, 'weblog', mine);
  expect(readScenario(scenario)).toEqual({ ok: true, value: scenario });
  expect(scenario.inputs).toEqual([
    {
      id: 'weblog',
      type: 'file',
      ...mine,
      arrival: { mode: 'fixed-rate', ratePerSecond: 50 },
      eventTime: 'as-arrived',
    },
  ]);
});

it('puts another file in the place of a file, arriving as that did', () => {
  const first = withFile(opening, 'weblog', identityOf('first.log', 'a line'));
  const byStamps = {
    ...first,
    inputs: first.inputs.map((input) =>
      input.type === 'file'
        ? { ...input, arrival: { mode: 'timestamps' as const, pauseLimitMs: 5_000 } }
        : input,
    ),
  };
  expect(withFile(byStamps, 'weblog', identityOf('second.log', 'b')).inputs[0]).toMatchObject({
    name: 'second.log',
    arrival: { mode: 'timestamps', pauseLimitMs: 5_000 },
  });
});

it('knows a file by what is in it', () => {
  const file = identityOf('access_log', 'a line');
  expect(isSameFile(file, identityOf('renamed.log', 'a line'))).toBe(true);
  expect(isSameFile(file, identityOf('access_log', 'a lime'))).toBe(false);
});
