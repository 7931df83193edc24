import type { Question } from '../../lessons/lesson.ts';
import { gapBetween, gapWords } from '../guide/prediction.ts';
import type { RunModel } from '../run/RunModel.ts';
import { measureOf, valueText } from './measure.ts';

/** What a learner predicts: a choice by its place, a number in the measure's unit, or records. */
export type Guess =
  | { readonly kind: 'choice'; readonly index: number }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'records'; readonly records: ReadonlySet<number> };

type ChoiceQuestion = Extract<Question, { kind: 'choice' }>;

/** The number of each choice, as it stands or as the run gives it. */
export function choiceValues({ choices }: ChoiceQuestion, model: RunModel): (number | null)[] {
  return choices.map(({ value }) => (typeof value === 'number' ? value : measureOf(value, model)));
}

/** The places of the choices that the run proves right: one, if the question is a good one. */
export function rightChoices(question: ChoiceQuestion, model: RunModel): number[] {
  const right = measureOf(question.measure, model);
  return choiceValues(question, model).flatMap((value, i) => (value === right ? [i] : []));
}

/** What lies between the prediction and the run, in words. */
export function gapText(question: Question, guess: Guess, model: RunModel): string {
  if (question.kind === 'records') return recordsGap(question, guess, model);
  const { kind } = question.measure;
  const right = measureOf(question.measure, model);
  const guessed = guessedValue(question, guess, model);
  const rightText = valueText(kind, right);
  if (guessed === right) return `${rightText}: exactly right.`;
  return `You said ${valueText(kind, guessed)}. The run says ${rightText}.`;
}

function guessedValue(
  question: Exclude<Question, { kind: 'records' }>,
  guess: Guess,
  model: RunModel,
): number | null {
  if (guess.kind === 'number') return guess.value;
  if (question.kind !== 'choice' || guess.kind !== 'choice') return null;
  return choiceValues(question, model)[guess.index] ?? null;
}

function recordsGap(
  { lane, result }: Extract<Question, { kind: 'records' }>,
  guess: Guess,
  model: RunModel,
): string {
  const index = model.lanes.find((own) => own.lane.id === lane);
  const output = index?.outputs[result - 1];
  if (index === undefined || output === undefined || guess.kind !== 'records') return '';
  return gapWords(gapBetween(guess.records, index.membersOf(output)), output);
}
