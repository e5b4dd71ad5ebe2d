import type { SchoolId } from '../../ground/ids.ts';
import type { RosterLine } from '../../roster/matching/identity.ts';
import { questionKey } from '../../roster/matching/match.ts';
import type { SchoolState } from '../../roster/matching/state.ts';
import { isEmpty, planImport, type PlanWish } from '../../roster/planning/plan.ts';
import { LEAVE_OUT, type Decisions, type RosterPlan, type Preview } from '../../roster/preview.ts';
import { readUai } from '../../roster/uai.ts';
import { schoolById } from '../../store/schools/roster-imports.ts';
import { givenAnswers, type GivenAnswer } from '../../store/schools/roster-questions.ts';
import { sourcesOf } from '../../store/schools/roster-sources.ts';
import { readState, type SchoolStateRead } from '../../store/schools/roster-state.ts';
import type { SchoolTx, TownTx } from '../../store/store.ts';
import { withCarried } from './questions/carry.ts';
import { digestOf, doubtOf, keptOf } from './questions/kept.ts';

/** What is to be done, and the school as it was planned from. */
export interface PlannedWish {
  /** Its remainder is all that is open in the school afterwards. */
  readonly plan: RosterPlan;
  readonly read: SchoolStateRead;
}

interface PlanSources {
  readonly wish: PlanWish;
  readonly hints: readonly string[];
  readonly secret: Buffer;
}

/** Plans a wish against the school as it is in this transaction; null: there is no such school. */
export async function planWish(
  tx: TownTx,
  school: SchoolId,
  { wish, hints, secret }: PlanSources,
): Promise<PlannedWish | null> {
  const read = await readState(tx, school, keysOf(wish.lines));
  if (read === null) return null;
  const uai = (await schoolById(tx, school))?.uai ?? null;
  const inSchool = await tx.in(school);
  const decisions = await remembered(inSchool, { wish, state: read.state, secret });
  const plan = planImport(read.state, { ...wish, decisions });
  const old = await keptOf(secret, inSchool);
  const remainder = withCarried(secret, plan.remainder, { old, lines: wish.lines });
  const isAskedAlready = old !== null && digestOf(secret, remainder).equals(old.digest);
  const found = plan.preview.stops;
  const isSaid = found.some(({ kind }) => kind === 'other-school');
  const stops: Preview['stops'] =
    !isSaid && (await isForeign(inSchool, hints, uai))
      ? [...found, { kind: 'other-school' }]
      : found;
  const nothingToDo = plan.preview.nothingToDo || (isEmpty(plan.acts) && isAskedAlready);
  const preview = { ...plan.preview, stops, nothingToDo: nothingToDo && stops.length === 0 };
  return { plan: { ...plan, preview, remainder }, read };
}

/**
 * Whether these files name another school: by the national code, else by none of the names that
 * this one has been called before.
 */
async function isForeign(
  tx: SchoolTx,
  hints: readonly string[],
  uai: string | null,
): Promise<boolean> {
  const codes = hints.flatMap((hint) => readUai(hint) ?? []);
  if (uai !== null && codes.length > 0) return !codes.includes(uai);
  const sources = await sourcesOf(tx);
  return hints.length > 0 && sources.length > 0 && !hints.some((hint) => sources.includes(hint));
}

interface PlanBasis {
  readonly wish: PlanWish;
  readonly state: SchoolState;
  readonly secret: Buffer;
}

/** The decisions, with the answers that earlier imports were given to the same doubts. */
async function remembered(tx: SchoolTx, { wish, state, secret }: PlanBasis): Promise<Decisions> {
  const given = await givenAnswers(tx);
  if (given.size === 0) return wish.decisions;
  const words = wish.lines.flatMap((line): readonly (readonly [string, string])[] => {
    const answer = given.get(doubtOf(secret, line).toString('hex'));
    const word = answer === undefined ? null : wordOf(answer, state);
    return word === null ? [] : [[questionKey(line.at), word]];
  });
  return { ...Object.fromEntries(words), ...wish.decisions };
}

/** Null where whom it named is nobody any more. */
function wordOf({ answer, person }: GivenAnswer, state: SchoolState): string | null {
  if (answer === 'skip') return LEAVE_OUT;
  return person === null ? null : (state.people.get(person)?.address ?? null);
}

function keysOf(lines: readonly RosterLine[]): string[] {
  return [...new Set(lines.flatMap(({ keys }) => keys))];
}
