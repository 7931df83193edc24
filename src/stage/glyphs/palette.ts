import type { ColourName } from '../../design/theme.ts';
import type { System } from '../scene.ts';

/** The ink-like accent of a system: lines, names and brackets. */
export function accentOf(system: System): ColourName {
  if (system === 'web-server') return 'rule';
  if (system === 'hdfs') return 'kafka';
  return system;
}
