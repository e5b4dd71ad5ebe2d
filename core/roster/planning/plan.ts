import { folded } from '../../ground/folding.ts';
import { NOTHING_IN_DOUBT } from '../doubts.ts';
import type { AdultLine, GuardianLine, RosterLine, PupilLine } from '../matching/identity.ts';
import { newMatching } from '../matching/match.ts';
import type { KnownPerson, SchoolState } from '../matching/state.ts';
import type { Acts, Decisions, RosterPlan, Preview, ImportStop } from '../preview.ts';
import type { ColumnLeftAside } from '../reading/left-aside.ts';
import type { RefusedLine } from '../reading/rows.ts';
import { known, knownId, type ClassRef } from '../ref.ts';
import { classFor, leaveAlone, newDraft, type PlanDraft } from './draft.ts';
import { planAdults } from './plan-adults.ts';
import { planGuardians, planGuardiansWhoLeave } from './plan-guardians.ts';
import { planLeavers, planPupils, type PlacementRules } from './plan-pupils.ts';
import { facesOf, remainderOf } from './remainder.ts';

/** What a file says, ready to be held against a school. */
export interface PlanWish {
  readonly lines: readonly RosterLine[];
  readonly refused: readonly RefusedLine[];
  /** Lines refused for a mistake in them, as far as they could be read. */
  readonly unsettled: readonly RosterLine[];
  readonly leftAside: readonly ColumnLeftAside[];
  readonly classes: readonly { readonly name: string; readonly levels: readonly string[] }[];
  /** From which day it holds, `YYYY-MM-DD`. */
  readonly day: string;
  readonly decisions: Decisions;
  /** The number of people leaving, typed again by whom the guard stopped. */
  readonly retyped: number | null;
  /** The number of people who arrive, typed by whom the other guard stopped. */
  readonly arrivals: number | null;
  /**
   * An agent's import moves pupils between schools and names the first head of a school; a head's
   * does not.
   */
  readonly byAgent: boolean;
}

type SaidLater = 'unsettled' | 'leftAside' | 'arrivals';

/**
 * What a rehearsal keeps of its files: one of an earlier version says nothing of lines that
 * couldn't be used, nor of many arrivals.
 */
export interface KeptLines {
  readonly wish: Omit<PlanWish, SaidLater> & Partial<Pick<PlanWish, SaidLater>>;
  readonly hints: readonly string[];
}

/**
 * More than this share of a school's pupils (teachers, family ties) leaving at once is taken for
 * half a file.
 */
const MANY = 0.2;
/** So many at least: of three teachers one may leave. */
const FEW = 3;
/** More lines in doubt than these are no school's namesakes: the file is another's, or broken. */
const MOST_QUESTIONS = 500;
/** So many arriving at once, or so many times a school's people, are somebody else's file. */
const MANY_ARRIVALS = 1_000;
const TIMES_THE_SCHOOL = 3;
const NO_FAMILIES = { refs: new Map(), waits: [] };
/**
 * A file most of whose known pupils are of another school, and so many at least, is that school's.
 */
const STRANGERS = 0.5;
const FEW_STRANGERS = 5;

/**
 * What a file changes in a school: pure and deterministic, the same answer for the same state, file
 * and decisions. Nobody leaves for not being in a file that has no row of their kind. Nothing is
 * ever guessed: what may mean several people is a question, and waits in the remainder.
 */
export function planImport(state: SchoolState, wish: PlanWish): RosterPlan {
  const draft = newDraft(newMatching(state, wish));
  for (const line of wish.unsettled) leaveAlone(draft, line);
  const pupils = wish.lines.filter((line): line is PupilLine => line.kind === 'pupil');
  const guardians = wish.lines.filter((line): line is GuardianLine => line.kind === 'guardian');
  const adults = wish.lines.filter((line): line is AdultLine => line.kind === 'adult');
  const classOf = planClasses(draft, wish);
  const { refs, also } = planPupils(draft, pupils, { classOf, byAgent: wish.byAgent });
  if (pupils.length > 0) {
    const named = pupils.flatMap(({ className }) =>
      className === null ? [] : (classOf(className) ?? []),
    );
    planLeavers(draft, new Set(named.flatMap((ref) => knownId(ref) ?? [])));
  }
  if (adults.length > 0) planAdults(draft, adults, { classOf, byAgent: wish.byAgent });
  const families =
    guardians.length > 0
      ? planGuardians(draft, guardians, {
          pupils: refs,
          unsettled: wish.unsettled,
          byAgent: wish.byAgent,
        })
      : NO_FAMILIES;
  planGuardiansWhoLeave(draft);
  const why = stops(draft, wish);
  // Where more is asked than may wait, nothing is done and nothing waits.
  const remainder = why.some(({ kind }) => kind === 'undecided')
    ? NOTHING_IN_DOUBT
    : remainderOf(draft, { also, ...families });
  return {
    ...finished(draft, wish, why),
    remainder,
    faces: facesOf(draft, remainder, classOf),
  };
}

/**
 * Children whom the town lets come from other schools, and nothing else: nobody leaves for not
 * being named here, no class is made. Pure.
 */
export function planMoves(state: SchoolState, wish: PlanWish): RosterPlan {
  const draft = newDraft(newMatching(state, { ...wish, refused: [] }));
  planPupils(
    draft,
    wish.lines.filter((line): line is PupilLine => line.kind === 'pupil'),
    { classOf: runningClasses(state, wish.day), byAgent: true },
  );
  return { ...finished(draft, wish, []), remainder: NOTHING_IN_DOUBT, faces: new Map() };
}

/** The classes there are on a day, by name; none is made. */
export function runningClasses(state: SchoolState, day: string): PlacementRules['classOf'] {
  const running = new Map(
    state.classes
      .filter(({ endsOn }) => endsOn === null || endsOn >= day)
      .map(({ key, id }) => [key, known(id)]),
  );
  return (name) => running.get(folded(name).slice(0, 40)) ?? null;
}

/** By name, the class to be filled; made at first sight, in the order of the file. */
function planClasses(draft: PlanDraft, wish: PlanWish): (name: string) => ClassRef | null {
  const levels = new Map<string, Set<string>>();
  const add = (name: string, more: readonly string[]): void => {
    const key = folded(name);
    const known = levels.get(key) ?? new Set<string>();
    for (const level of more) known.add(level);
    levels.set(key, known);
  };
  for (const one of wish.classes) add(one.name, one.levels);
  for (const line of wish.lines)
    if (line.kind === 'pupil' && line.className !== null && line.level !== null)
      add(line.className, [line.level]);
  return (name) => classFor(draft, name, [...(levels.get(folded(name)) ?? [])]);
}

/** The plan that a draft has come to, but for what it leaves open. */
export function finished(
  draft: PlanDraft,
  wish: Pick<PlanWish, 'day' | 'lines' | 'refused' | 'leftAside'>,
  why: readonly ImportStop[],
): Pick<RosterPlan, 'preview' | 'acts'> {
  const { acts, says, matching } = draft;
  const nothingToDo =
    why.length === 0 && isEmpty(acts) && matching.questions.every(({ preset }) => preset !== null);
  const touched =
    draft.changing.size + matching.questions.filter(({ preset }) => preset === null).length;
  const preview: Preview = {
    school: draft.state.school,
    day: wish.day,
    ...says,
    questions: matching.questions,
    refused: matching.refused,
    leftAside: wish.leftAside,
    unchanged: Math.max(
      0,
      wish.lines.length - touched - (matching.refused.length - wish.refused.length),
    ),
    stops: why,
    nothingToDo,
  };
  return { preview, acts };
}

/** Keys learnt anew change nothing that anybody sees. */
export function isEmpty(acts: Acts): boolean {
  const { keys: _keys, ...seen } = acts;
  return Object.values<readonly unknown[]>(seen).every((list) => list.length === 0);
}

function stops(draft: PlanDraft, wish: PlanWish): ImportStop[] {
  const found: ImportStop[] = [];
  const undecided = draft.matching.questions.filter(({ preset }) => preset === null).length;
  if (undecided > MOST_QUESTIONS) found.push({ kind: 'undecided', count: undecided });
  if (isOtherSchool(draft, wish)) found.push({ kind: 'other-school' });
  if (wish.lines.length === 0) found.push({ kind: 'nobody' });
  const many = manyLeave(draft);
  if (many !== null && wish.retyped !== many.leaving) found.push(many);
  const arrive = manyArrive(draft);
  if (arrive !== null && wish.arrivals !== arrive.arriving) found.push(arrive);
  return found;
}

function isOtherSchool({ says, matching }: PlanDraft, wish: PlanWish): boolean {
  const pupils = wish.lines.filter(({ kind }) => kind === 'pupil').length;
  const here = [...matching.claimed].filter(
    ([address, line]) =>
      line?.kind === 'pupil' && matching.state.people.get(address)?.home === matching.state.school,
  ).length;
  const strangers = says.changesSchool.length;
  return (
    strangers >= FEW_STRANGERS &&
    (strangers > pupils * STRANGERS || (strangers > here && strangers > (pupils * STRANGERS) / 2))
  );
}

/** Everybody whom the school counts as its own today. */
function homeOf({ people, school }: SchoolState): readonly KnownPerson[] {
  return [...people.values()].filter(
    (person) =>
      person.home === school &&
      person.account !== null &&
      !person.left &&
      person.state !== 'archived',
  );
}

/**
 * A file that brings a town into a school. The first lists of one without pupils only have the
 * upper limit.
 */
function manyArrive({
  state,
  says,
}: PlanDraft): Extract<ImportStop, { kind: 'many-arrive' }> | null {
  const home = homeOf(state);
  const arriving = says.arrives.length + says.changesSchool.length;
  const isNew = home.every(({ role }) => role !== 'pupil');
  const tooMany = arriving > MANY_ARRIVALS || (!isNew && arriving > home.length * TIMES_THE_SCHOOL);
  return tooMany ? { kind: 'many-arrive', arriving, of: home.length } : null;
}

/**
 * The guard of the fifth: what `retyped` must repeat is everybody and every family tie that goes.
 */
function manyLeave({
  state,
  says,
  day,
}: PlanDraft): Extract<ImportStop, { kind: 'many-leave' }> | null {
  const home = homeOf(state);
  const pupils = home.filter(({ role }) => role === 'pupil').length;
  const teachers = new Set(
    state.posts
      .filter(
        (post) =>
          post.role === 'teacher' && post.from <= day && (post.until === null || post.until >= day),
      )
      .map(({ person }) => person),
  ).size;
  const ties = state.guardianships.filter(({ blocked }) => !blocked).length;
  // Guardians go with their children, who are counted.
  const going = { pupil: 0, adult: 0, guardian: 0 };
  for (const { kind } of says.leaves) going[kind] += 1;
  const guardians =
    going.guardian === 0 ? 0 : home.filter(({ role }) => role === 'guardian').length;
  const tooMany =
    going.pupil > pupils * MANY ||
    (going.adult >= FEW && going.adult > teachers * MANY) ||
    (says.parted.length >= FEW && says.parted.length > ties * MANY);
  return tooMany
    ? {
        kind: 'many-leave',
        leaving: says.leaves.length + says.parted.length,
        parted: says.parted.length,
        of: pupils + teachers + guardians,
      }
    : null;
}
