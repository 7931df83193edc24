import {
  decodeLink,
  encodeLink,
  NOTHING_SAID,
  type LinkContent,
} from '../../workers/scenario/link/link.ts';
import { problemText, type Problem } from '../../workers/scenario/problem.ts';

/** What the address says, and what of it was not understood, in sentences. */
export interface Address {
  /** Null when the link cannot be read at all. */
  readonly content: LinkContent | null;
  readonly problems: readonly string[];
}

export function readAddress(hash: string): Address {
  const { content, notUnderstood } = decodeLink(hash);
  const problems: readonly Problem[] = content.ok
    ? notUnderstood
    : [...content.problems, ...notUnderstood];
  return { content: content.ok ? content.value : null, problems: problems.map(problemText) };
}

/** A longer link is offered as a file instead: mail and chat cut it. */
export const LINK_AIM = 2000;

export function addressOf(content: LinkContent): string {
  return encodeLink(content);
}

/** The link to everything that the real engines were recorded to do. */
export const CHECKED = encodeLink({ ...NOTHING_SAID, checked: { place: 'all', topic: null } });
