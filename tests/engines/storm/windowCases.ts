/**
 * Plays a script on one windowed bolt, so that a table can say what a window did in a few words.
 */
import {
  isOnTime,
  onTriggerTimer,
  onWatermarkTimer,
  createWindowedBolt,
} from '../../../workers/engines/storm/windowing/windowedBolt.ts';
import {
  windowedBoltDefaults,
  type WindowedBoltConfig,
} from '../../../workers/engines/storm/windowing/windowConfig.ts';
import {
  addTuple,
  addWatermark,
  newTuples,
  type WindowHappening,
} from '../../../workers/engines/storm/windowing/windowManager.ts';

export const foreverMs = 2147483647;

/** A bolt that windows by event time. Sizes are milliseconds unless they end in "count". */
export function eventTime(sizes: {
  lengthMs?: number;
  lengthCount?: number;
  slideMs?: number;
  slideCount?: number;
  lagMs: number;
}): WindowedBoltConfig {
  return {
    ...processingTime(sizes),
    'topology.bolts.tuple.timestamp.max.lag.ms': sizes.lagMs,
    timestampField: 'ts',
  };
}

export function processingTime(sizes: {
  lengthMs?: number;
  lengthCount?: number;
  slideMs?: number;
  slideCount?: number;
}): WindowedBoltConfig {
  return {
    ...windowedBoltDefaults,
    'topology.bolts.window.length.duration.ms': sizes.lengthMs ?? null,
    'topology.bolts.window.length.count': sizes.lengthCount ?? null,
    'topology.bolts.window.sliding.interval.duration.ms': sizes.slideMs ?? null,
    'topology.bolts.window.sliding.interval.count': sizes.slideCount ?? null,
  };
}

/** A bolt with a clock: tuples are named by a text, and each call returns what happened. */
export function play(config: WindowedBoltConfig) {
  const bolt = createWindowedBolt<string>(config, 1);
  const acked: string[] = [];
  const hidden: string[] = [];
  const take = (happenings: WindowHappening<string>[]) => {
    for (const happening of happenings) {
      if (happening.kind === 'expired') acked.push(...happening.tuples);
      if (happening.kind === 'hidden')
        hidden.push(`end${String(happening.referenceMs)} {${happening.tuples.join()}}`);
    }
    return happenings.flatMap((happening) => (happening.kind === 'fired' ? [happening] : []));
  };
  return {
    acked,
    hidden,
    add(tuple: string | number, tsMs: number, nowMs = tsMs) {
      const out: WindowHappening<string>[] = [];
      const onTime = isOnTime(bolt, 0, tsMs);
      const timeMs = bolt.waterMarks === null ? nowMs : tsMs;
      if (onTime) addTuple(bolt.manager, String(tuple), timeMs, out);
      return { onTime, fired: take(out) };
    },
    watermark(watermarkMs: number) {
      const out: WindowHappening<string>[] = [];
      addWatermark(bolt.manager, watermarkMs, 0, out);
      return take(out);
    },
    runWatermarkTimer() {
      const out: WindowHappening<string>[] = [];
      return { waterMarkMs: onWatermarkTimer(bolt, 0, out), fired: take(out) };
    },
    runTriggerTimer(nowMs: number) {
      const out: WindowHappening<string>[] = [];
      onTriggerTimer(bolt.manager, nowMs, out);
      return take(out);
    },
  };
}

type Fired = ReturnType<ReturnType<typeof play>['watermark']>[number];

/** "1,2,3 (3) [0]": the window's tuples, the new ones, those expired since the last window. */
export function show(fired: Fired): string {
  const { tuples, previousTuples, expiredTuples } = fired;
  const added = newTuples(tuples, previousTuples);
  return `${tuples.join(',')} (${added.join(',')}) [${expiredTuples.join(',')}]`;
}

/** "end20 {11,20}". */
export function showEnd(fired: Fired): string {
  return `end${String(fired.referenceMs)} {${fired.tuples.join(',')}}`;
}
