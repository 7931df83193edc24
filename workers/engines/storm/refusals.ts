/** What Storm 2.8.8 refuses about a lane, with the place that throws. */
import type { Refusal } from '../../kernel/engine.ts';
import { windowedBoltOf, type StormConfig } from './config.ts';
import { refuseWindow } from './windowing/refuseWindow.ts';

export function refusalsOf(config: StormConfig): Refusal[] {
  const windowedBolt = windowedBoltOf(config);
  const message = windowedBolt === null ? null : refuseWindow(windowedBolt, config);
  if (message === null) return [];
  return [
    {
      field: 'windowIntervalMs',
      message,
      source: 'IllegalArgumentException, org.apache.storm.topology.WindowedBoltExecutor.validate',
    },
  ];
}
