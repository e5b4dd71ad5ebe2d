import { agentSchools } from '../../../directory/charge.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import { DAY_MS } from '../../../ground/spans.ts';
import type { DoubtAnswer } from '../../../roster/doubts.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import {
  countOpenQuestions,
  questionsOf,
  schoolsWithQuestions,
} from '../../../store/schools/roster-questions.ts';
import { answerQuestions, type AnswersOutcome } from '../questions/answer.ts';
import type { OpenChoice, OpenQuestion } from '../questions/contract.ts';
import { MOST_OPEN } from '../questions/keep.ts';
import { openQuestions, schoolQuestions } from '../questions/open-questions.ts';
import type { AnswersGiven, GivenAnswers, QuestionsOfSchool, ShownQuestion } from './contract.ts';
import { actorOf, closedSince, ownSchool, type PendingParts } from './rights.ts';

/** For how long it is said that questions have lapsed. */
const LAPSED_DAYS = 30;
/** Answers that one form gives. */
const MOST_ANSWERS = 2_000;

/** The open questions of a school of theirs; null: not there, or not theirs. */
export async function questionsFor(
  parts: PendingParts,
  viewer: Viewer,
  school: SchoolId,
): Promise<QuestionsOfSchool | null> {
  const own = await ownSchool(parts, viewer, school);
  if (own === null) return null;
  // They wait, for the school may open again.
  if (closedSince(own, parts.clock()) !== null) return { school: own, questions: [], lapsed: 0 };
  const since = new Date(parts.clock().getTime() - LAPSED_DAYS * DAY_MS);
  return parts.store.read(school, async (tx) => {
    const lapsed = await questionsOf(tx, ['lapsed'], MOST_OPEN);
    return {
      school: own,
      questions: (await openQuestions(parts.secret, tx)).map((one) => shownTo(viewer, one)),
      lapsed: lapsed.filter(({ expiresAt }) => expiresAt > since).length,
    };
  });
}

/** Those of all schools, by the school's name; null for anybody but an agent. */
export async function townQuestions(
  parts: PendingParts,
  viewer: Viewer,
): Promise<readonly Omit<QuestionsOfSchool, 'lapsed'>[] | null> {
  const theirs = await agentSchools(parts, viewer);
  if (theirs === null) return null;
  const all = (await schoolQuestions(parts, null)).filter(({ school }) => theirs.has(school.id));
  return all.map(({ school, questions }) => ({
    school,
    questions: questions.map((one) => shownTo(viewer, one)),
  }));
}

/** A head sees of a child of another school that there is one, and nothing else. */
function shownTo({ role }: Viewer, question: OpenQuestion): ShownQuestion {
  const veiled = (choice: OpenChoice): OpenChoice =>
    role === 'agent' || choice.here || question.kind !== 'pupil'
      ? choice
      : { ...choice, name: '', className: null, address: null, family: [], evidence: null };
  return {
    ...question,
    choices: question.choices.map((choice) => ({
      ...veiled(choice),
      word: wordOf({ kind: 'person', choice: choice.id }),
    })),
    proposed: question.proposed === null ? null : wordOf(question.proposed),
  };
}

/** An answer as a form says it. */
function wordOf(answer: DoubtAnswer): string {
  return answer.kind === 'person' ? `person-${answer.choice}` : answer.kind;
}

function answerOf(word: string): DoubtAnswer | null {
  if (word === 'new' || word === 'skip') return { kind: word };
  const [, id] = /^person-(\d{1,4})$/.exec(word) ?? [];
  return id === undefined ? null : { kind: 'person', choice: Number(id) };
}

/** Carries out answers, school by school, each an import of its own. */
export async function giveAnswers(
  parts: PendingParts,
  viewer: Viewer,
  { answers, reason }: GivenAnswers,
): Promise<AnswersGiven | null> {
  if (viewer.role === 'agent' && reason.trim() === '') return null;
  const total = { answered: 0, impossible: 0, schools: 0 };
  const bySchool = Map.groupBy(answers.slice(0, MOST_ANSWERS), ({ school }) => school);
  for (const [school, own] of bySchool) {
    const done = await answerSchool(parts, viewer, { school, answers: own, reason });
    if (done === null) return null;
    total.answered += done.answered;
    total.impossible += done.impossible;
    total.schools += done.answered > 0 ? 1 : 0;
  }
  return total;
}

async function answerSchool(
  parts: PendingParts,
  viewer: Viewer,
  { school, answers, reason }: { readonly school: SchoolId } & GivenAnswers,
): Promise<AnswersOutcome | null> {
  if ((await ownSchool(parts, viewer, school)) === null) return null;
  const said = answers.flatMap(({ id, word }): [number, DoubtAnswer][] => {
    const answer = answerOf(word);
    return answer === null ? [] : [[id, answer]];
  });
  if (said.length === 0) return { answered: 0, impossible: answers.length, import: null };
  return answerQuestions(parts, school, {
    answers: new Map(said),
    by: actorOf(viewer, reason),
  });
}

/**
 * For the menu, one statement: how many questions wait in a head's school; of an agent, in how many
 * schools some do.
 */
export async function countQuestions(parts: PendingParts, viewer: Viewer): Promise<number> {
  if (viewer.role === 'agent') return (await withQuestions(parts, viewer)).length;
  return viewer.heads ? parts.store.read(viewer.school, countOpenQuestions) : 0;
}

/** Of all schools one statement, for the menu; of some, those among them. */
async function withQuestions(parts: PendingParts, viewer: Viewer): Promise<readonly SchoolId[]> {
  const all = await parts.store.readTown((tx) => schoolsWithQuestions(tx, parts.clock()));
  if (viewer.communes === null) return all;
  const theirs = await agentSchools(parts, viewer);
  return all.filter((school) => theirs?.has(school));
}
