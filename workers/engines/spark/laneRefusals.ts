/** What Spark says when the program of a lane is built and started, in the words of its language. */
import type { Refusal as ShownRefusal } from '../../kernel/engine.ts';
import { refuseCheckpoint } from './scheduling/checkpointInterval.ts';
import type { SparkConfig } from './config.ts';
import { ownRemember } from './scheduling/remember.ts';
import { windowConfigOf } from './windowConfig.ts';
import { refuseWindow } from './windows/windowRefusal.ts';

/** The first refusal, for the program ends there; an empty list if it starts. */
export function laneRefusals(config: SparkConfig): readonly ShownRefusal[] {
  const { windowMs, slideMs, method, checkpointMs } = windowConfigOf(config);
  const { api, batchIntervalMs } = config;
  const window = refuseWindow({
    api,
    windowMs,
    slideMs,
    parentSlideMs: batchIntervalMs,
    inverse: method !== 'WindowedDStream',
  });
  if (window !== null) {
    const isWindow = windowMs % batchIntervalMs !== 0;
    const place = api === 'python' ? 'pyspark.streaming.DStream._validate_window_param' : method;
    return [
      {
        field: isWindow ? 'windowIntervalMs' : 'slideIntervalMs',
        message: window.message,
        source: `${window.exception}, ${place}`,
      },
    ];
  }
  if (checkpointMs === null) return [];
  const start = refuseCheckpoint({
    className: method,
    slideMs,
    checkpointMs,
    rememberMs: ownRemember(slideMs, checkpointMs),
    directorySet: config.checkpoint,
  });
  if (start === null) return [];
  return [
    {
      field: 'checkpoint',
      message: start.message,
      source: `${start.exception}, DStream.validateAtStart`,
    },
  ];
}
