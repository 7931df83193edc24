// When generated records happen, and when they arrive.
//
// Things happen at random, without memory, at a rate that is higher in bursts. A record arrives some
// time after it happened: a web server writes a request's line when the request is done, so a slow
// request is written behind faster ones that began later. That is where disorder is born.

import { createRandom, nextInt, nextUnit, type RandomStream } from '../kernel/random.ts';
import { nextExponential } from './chance.ts';
import type { Arrivals } from './config.ts';
import type { RecordRow } from './records.ts';

/** How a kind of record is written. */
export interface Writing {
  /** The text of the next record; asked in the order of happening. */
  readonly nextLine: (happenedUs: number) => string;
  /** What a record that happened then says about its time. */
  readonly ownTimeUs: (happenedUs: number) => number;
}

/** What arrives before `durationMs`, in order of arrival. */
export function arrivingRows(
  config: Arrivals & { readonly id: string },
  seed: number,
  durationMs: number,
  { nextLine, ownTimeUs }: Writing,
): RecordRow[] {
  const durationUs = durationMs * 1000;
  // A stream a purpose: another delay does not move what happens, only when it is written.
  const times = createRandom(seed, `${config.id} times`);
  const delays = createRandom(seed, `${config.id} delays`);
  return happeningTimesUs(config, times, durationUs)
    .map((happenedUs) => {
      const arrivalUs = happenedUs + delayUs(config, delays);
      const eventTimeUs = config.eventTime === 'own' ? ownTimeUs(happenedUs) : arrivalUs;
      return { arrivalUs, eventTimeUs, line: nextLine(happenedUs) };
    })
    .filter(({ arrivalUs }) => arrivalUs < durationUs)
    .sort((a, b) => a.arrivalUs - b.arrivalUs);
}

/** When records happen before `durationUs`, in order. */
export function happeningTimesUs(
  config: Arrivals,
  stream: RandomStream,
  durationUs: number,
): number[] {
  const { ratePerSecond, bursts } = config;
  const factor = bursts?.factor ?? 1;
  const burstShare = bursts ? bursts.lengthMs / bursts.everyMs : 0;
  const quietPerUs = ratePerSecond / 1e6 / (1 + (factor - 1) * burstShare);
  const startsUs = bursts ? burstStartsUs(bursts, stream, durationUs) : [];
  const timesUs: number[] = [];
  // Thinning: candidates come at the highest rate, and outside of bursts one in `factor` stays.
  const peakPerUs = quietPerUs * factor;
  for (let timeUs = 0; ;) {
    timeUs += nextExponential(stream) / peakPerUs;
    if (timeUs >= durationUs) return timesUs;
    if (nextUnit(stream) * factor < (inBurst(timeUs, bursts, startsUs) ? factor : 1)) {
      timesUs.push(Math.floor(timeUs));
    }
  }
}

function burstStartsUs(
  { everyMs, lengthMs }: NonNullable<Arrivals['bursts']>,
  stream: RandomStream,
  durationUs: number,
): number[] {
  const startsUs: number[] = [];
  for (let periodUs = 0; periodUs < durationUs; periodUs += everyMs * 1000) {
    startsUs.push(periodUs + nextInt(stream, everyMs - lengthMs + 1) * 1000);
  }
  return startsUs;
}

function inBurst(timeUs: number, bursts: Arrivals['bursts'], startsUs: readonly number[]): boolean {
  if (!bursts) return false;
  const startUs = startsUs[Math.floor(timeUs / (bursts.everyMs * 1000))] ?? Infinity;
  return timeUs >= startUs && timeUs < startUs + bursts.lengthMs * 1000;
}

function delayUs({ delayedShare, delayMs }: Arrivals, stream: RandomStream): number {
  const [isDelayed, factor] = [nextUnit(stream) < delayedShare, 0.5 + nextUnit(stream)];
  const servedUs = QUICKEST_US + nextExponential(stream) * USUAL_US;
  return Math.floor(servedUs + (isDelayed ? delayMs * 1000 * factor : 0));
}

/** An undelayed record arrives after these 5 ms and, on average, these 40 ms. */
const QUICKEST_US = 5_000;
const USUAL_US = 40_000;
