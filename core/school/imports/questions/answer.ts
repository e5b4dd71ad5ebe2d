import { dayAt } from '../../../ground/clock.ts';
import type { AddressId, SchoolId } from '../../../ground/ids.ts';
import { askedIn, linesIn, type DoubtAnswer, type DoubtChoice } from '../../../roster/doubts.ts';
import {
  planAnswers,
  type DoubtAnswers,
  type PlannedAnswers,
} from '../../../roster/planning/plan-answers.ts';
import type { PersonRef } from '../../../roster/ref.ts';
import { isClosed } from '../../../roster/snapshot.ts';
import type { SchoolRow } from '../../../store/schools/contract.ts';
import { lockImports } from '../../../store/schools/import-lock.ts';
import { insertImport, schoolById } from '../../../store/schools/roster-imports.ts';
import {
  answerQuestion,
  keepLearned,
  settleAnswer,
} from '../../../store/schools/roster-questions.ts';
import { readState, type SchoolStateRead } from '../../../store/schools/roster-state.ts';
import type { TownTx } from '../../../store/store.ts';
import { carryOut } from '../carry-out.ts';
import type { RosterActor } from '../contract.ts';
import type { RosterParts } from '../parts.ts';
import { importWithoutFile } from '../past-import.ts';
import { recordAct } from '../record-act.ts';
import type { ChangedClasses } from '../settle.ts';
import { keepQuestions } from './keep.ts';
import { keptOf, type StoredQuestions } from './kept.ts';

/** What became of answers. */
export interface AnswersOutcome {
  readonly answered: number;
  /** Who was chosen is taken, or gone, or the question or the school is no longer open. */
  readonly impossible: number;
  /** The import that carried them out, to be undone like any other; null where none could be. */
  readonly import: number | null;
}

const NONE: Omit<AnswersOutcome, 'impossible'> = { answered: 0, import: null };

/**
 * Carries out answers to questions of one school as an import of their lines alone, in one
 * transaction. By the id of the question's row.
 */
export async function answerQuestions(
  parts: RosterParts,
  school: SchoolId,
  { answers, by }: { readonly answers: ReadonlyMap<number, DoubtAnswer>; readonly by: RosterActor },
): Promise<AnswersOutcome> {
  const { answered, touched } = await parts.store.town(async (tx) => {
    await lockImports(tx);
    const row = await schoolById(tx, school);
    const kept = row && (await keptOf(parts.secret, await tx.in(school)));
    const isOver = row !== null && isClosed(row, dayAt(parts.clock(), row.timeZone));
    if (!row || !kept || isOver)
      return { answered: { ...NONE, impossible: answers.size }, touched: [] };
    return answerOpen({ parts, tx, school: row, kept, by }, answers);
  });
  await parts.settle(touched);
  const { import: made, ...counts } = answered;
  parts.log.info({ school, act: 'answer-questions', import: made, ...counts }, 'roster');
  return answered;
}

interface Answering {
  readonly parts: RosterParts;
  readonly tx: TownTx;
  readonly school: SchoolRow;
  readonly kept: StoredQuestions & { readonly importId: number };
  readonly by: RosterActor;
}

interface Outcome {
  readonly answered: AnswersOutcome;
  readonly touched: readonly ChangedClasses[];
}

async function answerOpen(
  stage: Answering,
  answers: ReadonlyMap<number, DoubtAnswer>,
): Promise<Outcome> {
  const { parts, tx, school, kept, by } = stage;
  const open = openAnswers(kept, answers);
  const lines = linesIn(kept.remainder);
  const read = await readState(tx, school.id, [...new Set(lines.flatMap(({ keys }) => keys))]);
  if (read === null || open.size === 0)
    return { answered: { ...NONE, impossible: answers.size }, touched: [] };
  const day = dayAt(parts.clock(), school.timeZone);
  const planned = planAnswers(read.state, kept.remainder, {
    answers: open,
    setAside: kept.setAside,
    day,
    byAgent: by.kind === 'agent',
  });
  const taken = [...open].filter(([key]) => !planned.impossible.includes(key));
  if (taken.length === 0) return { answered: { ...NONE, impossible: answers.size }, touched: [] };
  const done = await carriedOut(stage, { planned, read, day });
  await writeAnswers(stage, new Map(taken), { planned, ...done });
  await keepQuestions(parts, await tx.in(school.id), {
    importId: done.importId,
    remainder: planned.plan.remainder,
    made: done.made,
    evidence: {},
    setAside: {},
  });
  return {
    answered: {
      answered: taken.length,
      impossible: answers.size - taken.length,
      import: done.importId,
    },
    touched: done.touched,
  };
}

/** By key, the answers to questions that are still open. */
function openAnswers(
  { ids, remainder }: StoredQuestions,
  answers: ReadonlyMap<number, DoubtAnswer>,
): DoubtAnswers {
  return new Map(
    askedIn(remainder).flatMap(({ key, answer: before }) => {
      const answer = answers.get(ids[key] ?? 0);
      return answer === undefined || before !== null ? [] : [[key, answer]];
    }),
  );
}

interface Done {
  readonly importId: number;
  readonly made: readonly AddressId[];
  readonly touched: readonly ChangedClasses[];
}

interface AnswersOfDay {
  readonly planned: PlannedAnswers;
  readonly read: SchoolStateRead;
  readonly day: string;
}

/**
 * As an import of its own, with what people are known by from now on, so that undoing forgets it.
 */
async function carriedOut(
  { parts, tx, school, kept, by }: Answering,
  { planned, read, day }: AnswersOfDay,
): Promise<Done> {
  const { plan } = planned;
  const id = await insertImport(
    await tx.in(school.id),
    importWithoutFile('answers', {
      about: [kept.importId, [...planned.told.keys()]],
      by: by.address,
      day,
      preview: plan.preview,
      now: parts.clock(),
    }),
  );
  const { made, touched } = await carryOut(parts, tx, {
    school,
    planned: { plan, read },
    id,
    day,
    by: by.address,
  });
  const learned = plan.acts.keys.flatMap(({ person, key }) => {
    const id = refId(person, made);
    return id === null ? [] : [{ person: id, key }];
  });
  await keepLearned(await tx.in(school.id), id, learned);
  return { importId: id, made, touched };
}

/** Writes down who said what, and who those of earlier answers turned out to be. */
async function writeAnswers(
  { parts, tx, school, kept, by }: Answering,
  taken: DoubtAnswers,
  { planned, importId, made }: { readonly planned: PlannedAnswers } & Done,
): Promise<void> {
  const inSchool = await tx.in(school.id);
  const personOf = (key: string): AddressId | null => refId(planned.told.get(key) ?? null, made);
  const questions = askedIn(kept.remainder);
  for (const { key, choices } of questions) {
    const answer = taken.get(key);
    if (answer === undefined) continue;
    const chosen = choices.find(({ id }) => answer.kind === 'person' && id === answer.choice);
    await answerQuestion(inSchool, kept.ids[key] ?? 0, {
      answer: answer.kind,
      person: personOf(key) ?? idOf(chosen?.who),
      by: by.address,
      at: parts.clock(),
      importId,
    });
  }
  for (const { key, answer } of questions)
    if (answer !== null && planned.told.has(key))
      await settleAnswer(inSchool, kept.ids[key] ?? 0, {
        person: personOf(key),
        importId,
      });
  await recordAct(tx, {
    school: school.id,
    by,
    act: 'answer-questions',
    subject: {
      import: importId,
      same: [...taken.values()].filter(({ kind }) => kind === 'person').length,
      new: [...taken.values()].filter(({ kind }) => kind === 'new').length,
      skip: [...taken.values()].filter(({ kind }) => kind === 'skip').length,
    },
  });
}

function refId(ref: PersonRef | null, made: readonly AddressId[]): AddressId | null {
  if (ref === null) return null;
  return ref.kind === 'known' ? ref.id : (made[ref.index] ?? null);
}

/** Somebody known already. */
function idOf(who: DoubtChoice['who'] | undefined): AddressId | null {
  return who?.kind === 'known' ? who.id : null;
}
