import type { Condition, Goal } from '../../lessons/lesson.ts';
import type { RunModel } from '../run/RunModel.ts';
import { measureOf } from './measure.ts';

export interface ConditionState {
  readonly condition: Condition;
  readonly value: number | null;
  readonly holds: boolean;
}

export interface GoalState {
  readonly conditions: readonly ConditionState[];
  /** Every condition holds, and nobody refuses what was asked for. */
  readonly holds: boolean;
}

/** How a goal stands on a run. @param refusals how many settings the engines refuse */
export function goalState(goal: Goal, model: RunModel, refusals: number): GoalState {
  const conditions = goal.conditions.map((condition) => {
    const value = measureOf(condition.measure, model);
    return { condition, value, holds: value !== null && satisfies(value, condition) };
  });
  return { conditions, holds: refusals === 0 && conditions.every(({ holds }) => holds) };
}

function satisfies(value: number, { is, value: bar }: Condition): boolean {
  if (is === 'at most') return value <= bar;
  return is === 'at least' ? value >= bar : value === bar;
}
