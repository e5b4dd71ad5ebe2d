import type { AddressId } from '../../ground/ids.ts';
import type { Standing, Tally } from './contract.ts';
import type { Needed, Question, Says } from './contract/slips.ts';
import type { Signer } from './slip.ts';

/** An answer as it counts. */
export interface CountedAnswer {
  /** Of the paper's words: an answer to other words than today's stays, and counts for nothing. */
  readonly version: number;
  readonly signer: Signer;
  readonly says: Says;
}

/** What is counted of one child. */
interface ChildAnswers {
  readonly version: number;
  readonly needed: Needed;
  /** Who may answer today. */
  readonly guardians: readonly AddressId[];
  /** In the order in which they came. */
  readonly answers: readonly CountedAnswer[];
}

/**
 * Where a family stands. What somebody signed while they had the right counts on after they lost
 * it: only who may answer today is waited for. Everybody's last word to today's text counts.
 */
export function standingOf({ version, needed, guardians, answers }: ChildAnswers): Standing {
  const last = lastWords(answers.filter((one) => one.version === version));
  const words = [...last.values()].map(({ says }) => says);
  if (words.some(({ kind }) => kind === 'no'))
    return { kind: 'no', alsoYes: words.some(({ kind }) => kind === 'yes') };
  if (new Set(words.map(choiceOf)).size > 1) return { kind: 'differ' };
  const missing = guardians.filter((id) => !last.has(keyOf(id)));
  if (needed === 'each' ? missing.length === 0 && last.size > 0 : last.size > 0)
    return { kind: 'yes' };
  return guardians.length === 0 ? { kind: 'nobody' } : { kind: 'waiting', missing };
}

/** The last answer of each who gave one. */
export function lastWords<Answer extends Pick<CountedAnswer, 'signer'>>(
  answers: readonly Answer[],
): ReadonlyMap<string, Answer> {
  return new Map(answers.map((one) => [signerKey(one.signer), one]));
}

const keyOf = (id: AddressId): string => `guardian ${id}`;
const signerKey = (signer: Signer): string =>
  signer.kind === 'guardian' ? keyOf(signer.id) : `on paper ${signer.name.trim().toLowerCase()}`;

/** What is the same where two chose the same; words are never two choices. */
const choiceOf = (says: Says): string => (says.kind === 'option' ? `option ${says.option}` : '');

/** Counts families; those who differ have answered, and are still waited for. */
export function tallyOf(standings: readonly Standing[]): Tally {
  const count = (...kinds: readonly Standing['kind'][]): number =>
    standings.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    asked: standings.length,
    answered: count('yes', 'no', 'differ'),
    yes: count('yes'),
    no: count('no'),
    waiting: count('waiting', 'differ'),
    nobody: count('nobody'),
  };
}

/** Whether this can be said to a question at all. */
export function isAnswerTo(question: Question, says: Says): boolean {
  switch (question.kind) {
    case 'sign':
      return says.kind === 'signed';
    case 'yes-no':
      return says.kind === 'yes' || says.kind === 'no';
    case 'choice':
      return says.kind === 'option' && question.options[says.option] !== undefined;
    case 'words':
      return says.kind === 'words' && says.text.trim() !== '';
  }
}
