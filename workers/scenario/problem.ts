// What is wrong with something that a person brought, in words that they can act on.

import type * as v from 'valibot';

export interface Problem {
  /** Where: `nodes[2].source.topic`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** A value that could be read, or what is wrong with it. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export const refused = (path: string, message: string): Answer<never> => ({
  ok: false,
  problems: [{ path, message }],
});

/** `nodes[2].source.topic: there is no topic x` */
export function problemText({ path, message }: Problem): string {
  return path === '' ? message : `${path}: ${message}`;
}

/** Nobody reads more than the first few. */
export const PROBLEMS_SHOWN = 20;

/** The schema's finding as a problem. */
export function problemOfIssue(issue: v.BaseIssue<unknown>): Problem {
  const path = (issue.path ?? []).map(({ key }) => key);
  return { path: pathText(path), message: issueMessage(issue) };
}

function issueMessage(issue: v.BaseIssue<unknown>): string {
  if (issue.kind === 'validation') return issue.message;
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return 'this is not part of a scenario';
  }
  if (issue.received === 'undefined') return 'this is missing';
  const received = issue.received.length > 60 ? 'something long' : issue.received;
  return `${issue.expected ?? 'something else'} is expected, not ${received}`;
}

/** `a[0].b`, with names that are no words in quotes. */
export function pathText(path: readonly unknown[]): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${String(key)}]`;
    else if (typeof key === 'string' && /^\w{1,60}$/.test(key))
      text += text === '' ? key : `.${key}`;
    else text += `[${JSON.stringify(String(key).slice(0, 60))}]`;
  }
  return text;
}
