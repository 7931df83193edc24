import type { Opens } from '../../lessons/course/course.ts';
import { encodeLink, NOTHING_SAID } from '../../workers/scenario/link/link.ts';

/** The address of what a heading of the course opens. */
export function opensAt(opens: Opens): string {
  if ('lesson' in opens) return `#lesson=${opens.lesson}`;
  if ('checked' in opens) return `#checked=${opens.checked}`;
  const { scenario, select = null } = opens;
  return encodeLink({ ...NOTHING_SAID, scenario, selection: select });
}
