import {
  type AdultDoubt,
  type DoubtAnswer,
  type DoubtChoice,
  type GuardianDoubt,
  type PupilDoubt,
  linesIn,
  type Remainder,
  type SetAside,
} from '../doubts.ts';
import type { GuardianLine, RosterLine } from '../matching/identity.ts';
import type { GuardianMatch, GuardianOf } from '../matching/match-adults.ts';
import { claim, lineKey, NEW, newMatching, NONE, type Match } from '../matching/match.ts';
import type { KnownPerson, SchoolState } from '../matching/state.ts';
import type { RosterPlan } from '../preview.ts';
import { knownId, type PersonRef } from '../ref.ts';
import { newDraft, type PlanDraft } from './draft.ts';
import { planAdult } from './plan-adults.ts';
import { tieGuardians } from './plan-guardians.ts';
import { planPupil, type PlacementRules } from './plan-pupils.ts';
import { finished, runningClasses } from './plan.ts';
import { choicesOf, parentsIn, untaken } from './remainder.ts';

/** Answers by the question's key. */
export type DoubtAnswers = ReadonlyMap<string, DoubtAnswer>;

export interface PlannedAnswers {
  /** What the answers change; its `remainder` is what is open after them. */
  readonly plan: RosterPlan;
  /** Who each line that answers have settled turned out to be, by key; null: it isn't used. */
  readonly told: ReadonlyMap<string, PersonRef | null>;
  /** Keys whose answer can't be carried out: the one who was chosen is taken, or gone. */
  readonly impossible: readonly string[];
}

/** What somebody answered to the questions of an import. */
interface AnswersToPlan {
  answers: DoubtAnswers;
  /** By key, what those who are new get. */
  setAside: Readonly<Record<string, SetAside>>;
  day: string;
  byAgent: boolean;
}

/**
 * What answers to open questions change in a school: only what their lines say. Nobody leaves for
 * not being named, no class is made or ends, no tie is undone. Answers to different questions
 * don't touch one another, so that their order doesn't matter: a pupil who was chosen is no choice
 * any more; a guardian is recognised when all the children are whom lines that may be theirs name;
 * who an earlier line is may be said before that line is. Pure.
 */
export function planAnswers(
  state: SchoolState,
  remainder: Remainder,
  { answers, setAside, day, byAgent }: AnswersToPlan,
): PlannedAnswers {
  const draft = newDraft(
    newMatching(state, { day, decisions: {}, refused: [] }),
    new Map(
      linesIn(remainder).flatMap((line) => {
        const own = setAside[lineKey(line)];
        return own === undefined ? [] : [[line, own] as const];
      }),
    ),
  );
  const answering: Answering = {
    draft,
    answers,
    placing: { classOf: runningClasses(state, day), byAgent },
    told: new Map(),
    impossible: [],
  };
  const pupils = answerPupils(answering, remainder.pupils);
  const adults = answerAdults(answering, remainder.adults);
  const guardians = answerGuardians(answering, remainder.guardians);
  return {
    plan: {
      ...finished(draft, { day, lines: [], refused: [], leftAside: [] }, []),
      remainder: { pupils, adults, guardians },
      faces: new Map(),
    },
    told: answering.told,
    impossible: answering.impossible,
  };
}

interface Answering {
  readonly draft: PlanDraft;
  readonly answers: DoubtAnswers;
  readonly placing: PlacementRules;
  readonly told: Map<string, PersonRef | null>;
  readonly impossible: string[];
}

function answerPupils(answering: Answering, doubts: readonly PupilDoubt[]): readonly PupilDoubt[] {
  const { draft, answers, placing, told } = answering;
  const open: PupilDoubt[] = [];
  for (const doubt of doubts) {
    const answer = answers.get(doubt.key);
    const match = answer === undefined ? null : matchOf(answering, doubt, answer);
    if (match === null) open.push(doubt);
    else
      told.set(
        doubt.key,
        match.kind === 'none'
          ? null
          : planPupil(draft, doubt.line, { match, others: doubt.also, placing }),
      );
  }
  return open.map((doubt) => untaken(draft, doubt));
}

function answerAdults(answering: Answering, doubts: readonly AdultDoubt[]): readonly AdultDoubt[] {
  const { draft, answers, placing, told } = answering;
  const open = doubts.filter((doubt) => {
    const answer = answers.get(doubt.key);
    const match = answer === undefined ? null : matchOf(answering, doubt, answer);
    if (match === null) return true;
    told.set(
      doubt.key,
      match.kind === 'none' ? null : planAdult(draft, doubt.line, { match, placing }),
    );
    return false;
  });
  return open.map((doubt) => untaken(draft, doubt));
}

interface DoubtfulLine {
  readonly key: string;
  readonly line: RosterLine;
  readonly choices: readonly DoubtChoice[];
}

/** Whom an answer means; null where it can't be carried out, and the question stays. */
function matchOf(
  { draft, impossible }: Answering,
  { key, line, choices }: DoubtfulLine,
  answer: DoubtAnswer,
): Match | null {
  if (answer.kind === 'skip') return NONE;
  if (answer.kind === 'new') return NEW;
  const chosen = choices.find(({ id }) => id === answer.choice);
  const person = chosen === undefined ? null : personOf(draft, chosen.who);
  const match = person === null ? NONE : claim(draft.matching, line, person);
  if (match.kind !== 'none') return match;
  impossible.push(key);
  return null;
}

function personOf({ state }: PlanDraft, who: DoubtChoice['who']): KnownPerson | null {
  return who.kind === 'known' ? (state.people.get(who.id) ?? null) : null;
}

/** How a guardian's line stands once these answers are given. */
type Step =
  | { readonly kind: 'wait' }
  | { readonly kind: 'drop' }
  /** Null: to be recognised by the rules. */
  | { readonly kind: 'go'; readonly said: GuardianMatch | null };

function answerGuardians(
  answering: Answering,
  doubts: readonly GuardianDoubt[],
): readonly GuardianDoubt[] {
  const { draft, placing, told } = answering;
  const current = doubts.map((doubt) => progressed(answering, doubt));
  const going = new Map<string, GuardianLine>();
  const steps = new Map<GuardianDoubt, Step>();
  for (const doubt of current) {
    const step = stepOf(answering, doubt, { going, current });
    steps.set(doubt, step);
    if (step.kind === 'go') going.set(doubt.key, doubt.line);
  }
  const ready = current.flatMap((doubt): GuardianOf[] => {
    const step = steps.get(doubt);
    return step?.kind === 'go'
      ? [{ line: doubt.line, children: doubt.children, said: step.said }]
      : [];
  });
  // Who is known comes first, as if they had been tied before.
  ready.sort((one, other) => Number(one.said === null) - Number(other.said === null));
  const { refs } = tieGuardians(draft, ready, { tied: new Set(), byAgent: placing.byAgent });
  const parentsOf = parentsIn(current);
  const left = current.flatMap((doubt) => {
    const step = steps.get(doubt);
    if (step?.kind === 'drop') told.set(doubt.key, null);
    if (step?.kind === 'drop') return [];
    return step?.kind === 'go' ? afterwards(draft, doubt, { refs, parentsOf }) : [doubt];
  });
  for (const { key, line } of current) {
    const ref = refs.get(line);
    if (ref !== undefined) told.set(key, ref);
  }
  return left.map((doubt) => ({
    ...doubt,
    answer: answering.impossible.includes(doubt.key) ? null : doubt.answer,
    choices: doubt.choices?.map((choice) => withWho(choice, told)) ?? null,
  }));
}

/** An earlier line that was in doubt is somebody by now. */
function withWho(choice: DoubtChoice, told: Answering['told']): DoubtChoice {
  const who = choice.who.kind === 'line' ? (told.get(choice.who.key) ?? null) : null;
  return who === null ? choice : { ...choice, who };
}

/** With the children whom answers have told, and with its own answer. */
function progressed({ draft, answers, told }: Answering, doubt: GuardianDoubt): GuardianDoubt {
  // Whoever came by an answer that was undone is nobody's child any more.
  const isThere = (ref: PersonRef): boolean => {
    const id = knownId(ref);
    return id === null || (draft.state.people.get(id)?.account ?? null) !== null;
  };
  return {
    ...doubt,
    children: [
      ...doubt.children.filter(isThere),
      ...doubt.awaits.flatMap((key) => told.get(key) ?? []),
    ],
    awaits: doubt.awaits.filter((key) => !told.has(key)),
    answer: answers.get(doubt.key) ?? doubt.answer,
  };
}

function stepOf(
  { draft, impossible }: Answering,
  { key, line, person, choices, awaits, children, answer }: GuardianDoubt,
  {
    going,
    current,
  }: { going: ReadonlyMap<string, GuardianLine>; current: readonly GuardianDoubt[] },
): Step {
  // Nobody gets an account who has no child yet.
  if (children.length === 0) return { kind: awaits.length > 0 ? 'wait' : 'drop' };
  if (person !== null) return go(draft, person);
  if (choices === null)
    return joinedDoubts(line, current).every(isTold)
      ? { kind: 'go', said: null }
      : { kind: 'wait' };
  if (answer === null) return { kind: 'wait' };
  if (answer.kind === 'skip') return { kind: 'drop' };
  if (answer.kind === 'new') return { kind: 'go', said: NEW };
  const chosen = choices.find(({ id }) => id === answer.choice);
  if (chosen?.who.kind === 'line') {
    const as = going.get(chosen.who.key);
    if (as !== undefined) return { kind: 'go', said: { kind: 'same', as } };
    const { key: other } = chosen.who;
    return { kind: current.some((one) => one.key === other) ? 'wait' : 'drop' };
  }
  if (chosen !== undefined && personOf(draft, chosen.who) !== null) return go(draft, chosen.who);
  impossible.push(key);
  return { kind: 'wait' };
}

/**
 * The lines that may be one person's with this one: of its name, and joined to it by a mail
 * address, a telephone or a child, directly or by way of one another. They are looked at together,
 * or which of their children was told first would matter.
 */
function joinedDoubts(
  line: GuardianLine,
  doubts: readonly GuardianDoubt[],
): readonly GuardianDoubt[] {
  const others = new Set(doubts.filter((one) => one.line.nameKey === line.nameKey));
  const found: GuardianDoubt[] = [];
  const lines: GuardianLine[] = [line];
  for (let at = 0; at < lines.length; at += 1)
    for (const other of others)
      if (areJoined(lines[at] ?? line, other.line)) {
        others.delete(other);
        found.push(other);
        lines.push(other.line);
      }
  return found;
}

function areJoined(one: GuardianLine, other: GuardianLine): boolean {
  const names = (line: GuardianLine): readonly string[] =>
    line.children.flatMap(({ nameKeys }) => nameKeys);
  return (
    one.keys.some((key) => other.keys.includes(key)) ||
    names(one).some((name) => names(other).includes(name))
  );
}

/** All children told, and what was asked of the line itself too. */
function isTold({ awaits, choices, person, answer }: GuardianDoubt): boolean {
  return awaits.length === 0 && (choices === null || person !== null || answer !== null);
}

function go({ state }: PlanDraft, who: PersonRef): Step {
  const id = knownId(who);
  const person = id === null ? undefined : state.people.get(id);
  return { kind: 'go', said: person === undefined ? null : { kind: 'known', person } };
}

/** What is left of a line that was looked at: a question that came up, or children who wait. */
function afterwards(
  draft: PlanDraft,
  doubt: GuardianDoubt,
  around: {
    readonly refs: ReadonlyMap<GuardianLine, PersonRef>;
    readonly parentsOf: ReturnType<typeof parentsIn>;
  },
): readonly GuardianDoubt[] {
  const asked = draft.matching.asked.find(({ line }) => line === doubt.line);
  if (asked !== undefined) return [{ ...doubt, choices: choicesOf(draft, asked, around) }];
  const person = around.refs.get(doubt.line) ?? null;
  return doubt.awaits.length === 0 ? [] : [{ ...doubt, person, children: [] }];
}
