import { readFileSync, readdirSync } from 'node:fs';
import { replay } from '../../../workers/conformance.ts';
import type { Recording } from '../../../workers/scenario/recording.ts';

const ROOT = 'reference/recordings';

/** Every recording on disk with what the simulator makes of it here, without a browser. */
export const replayed = readdirSync(ROOT).flatMap((dir) =>
  readdirSync(`${ROOT}/${dir}`).map((file) => {
    const name = `${dir}/${file.replace(/\.json$/, '')}`;
    const recording = JSON.parse(readFileSync(`${ROOT}/${dir}/${file}`, 'utf8')) as Recording;
    return { name, recording, replay: replay(name, recording) };
  }),
);

/** One recording that is as it is asked for. */
export function oneThat(
  suits: (candidate: (typeof replayed)[number]) => boolean,
): (typeof replayed)[number] {
  const found = replayed.find(suits);
  if (!found) throw new Error('there is no such recording');
  return found;
}

export const withAnswers = oneThat(
  ({ recording, replay: { verdict } }) =>
    recording.answers !== undefined && recording.script.length > 3 && verdict === 'equal',
);
export const withRefusal = oneThat(
  ({ recording, replay: { verdict } }) => recording.refusal !== undefined && verdict === 'equal',
);
export const notModelled = oneThat(({ replay: { verdict } }) => verdict === 'not modelled');
