// Sentences, for counting words, and posts with hashtags, for the course's `hashtag_counts`. Few
// words are frequent and most are rare, as in any language.

import { createRandom, nextInt } from '../kernel/random.ts';
import { arrivingRows } from './arrivals.ts';
import { nextPopular, zipf } from './chance.ts';
import type { HashtagsInput, SentencesInput } from './config.ts';
import { recordsFromRows, type Records } from './records.ts';
import { HASHTAGS, WORDS } from './words.ts';

export function generateSentences(
  config: SentencesInput,
  seed: number,
  durationMs: number,
): Records {
  const stream = createRandom(seed, `${config.id} words`);
  const nextLine = () =>
    Array.from({ length: config.wordsPerSentence }, () =>
      nextPopular(stream, WORDS, WORD_POPULARITY),
    ).join(' ');
  return recordsFromRows(
    config.id,
    arrivingRows(config, seed, durationMs, { nextLine, ownTimeUs }),
  );
}

/** Posts of two to six words with one or two hashtags at their end. */
export function generateHashtags(config: HashtagsInput, seed: number, durationMs: number): Records {
  const stream = createRandom(seed, `${config.id} words`);
  const several = (count: number, choices: readonly string[], popularity: typeof WORD_POPULARITY) =>
    Array.from({ length: count }, () => nextPopular(stream, choices, popularity));
  const nextLine = () =>
    [
      ...several(2 + nextInt(stream, 5), WORDS, WORD_POPULARITY),
      ...several(1 + nextInt(stream, 2), HASHTAGS, HASHTAG_POPULARITY),
    ].join(' ');
  return recordsFromRows(
    config.id,
    arrivingRows(config, seed, durationMs, { nextLine, ownTimeUs }),
  );
}

const WORD_POPULARITY = zipf(WORDS.length);
const HASHTAG_POPULARITY = zipf(HASHTAGS.length);

/** Such a record brings its own time, exactly. */
const ownTimeUs = (happenedUs: number) => happenedUs;
