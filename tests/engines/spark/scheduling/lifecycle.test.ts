import { expect, test } from 'vitest';
import {
  call,
  createContextLife,
  type ContextCall,
} from '../../../../workers/engines/spark/scheduling/lifecycle.ts';

function after(...calls: ContextCall[]): { state: string; refusal: string | null } {
  const context = createContextLife();
  const refusals = calls.map((what) => call(context, what));
  return { state: context.state, refusal: refusals.at(-1) ?? null };
}

test('a context starts once and stops for ever', () => {
  expect(after('output', 'start', 'start')).toEqual({ state: 'ACTIVE', refusal: null });
  expect(after('output', 'start', 'stop', 'start')).toEqual({
    state: 'STOPPED',
    refusal: 'StreamingContext has already been stopped',
  });
});

test('a start without an output stops the context', () => {
  expect(after('start')).toEqual({
    state: 'STOPPED',
    refusal: 'requirement failed: No output operations registered, so nothing to execute',
  });
});

test('nothing is added to a context that has been started', () => {
  const refusal = (when: string) =>
    `Adding new inputs, transformations, and output operations after ${when} a context is not supported`;
  expect(after('output', 'start', 'input').refusal).toBe(refusal('starting'));
  expect(after('stop', 'transformation').refusal).toBe(refusal('stopping'));
  expect(after('output', 'start', 'persist').refusal).toBe(
    'Cannot change storage level of a DStream after streaming context has started',
  );
});
