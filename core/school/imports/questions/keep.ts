import type { AddressId } from '../../../ground/ids.ts';
import { DAY_MS } from '../../../ground/spans.ts';
import { askedIn, linesIn, withMade, type Remainder } from '../../../roster/doubts.ts';
import { lineKey } from '../../../roster/matching/match.ts';
import { localOf } from '../../../roster/names.ts';
import type { RosterPlan } from '../../../roster/preview.ts';
import type { SchoolRow } from '../../../store/schools/contract.ts';
import { personLocals } from '../../../store/schools/new-accounts.ts';
import {
  dropRemainder,
  endQuestions,
  forgetQuestions,
  insertQuestions,
  putRemainder,
  questionsOf,
  setDueQuestions,
} from '../../../store/schools/roster-questions.ts';
import type { SchoolTx, TownTx } from '../../../store/store.ts';
import type { RosterParts } from '../parts.ts';
import type { Evidences } from './evidence.ts';
import { digestOf, doubtOf, keptOf, sealedKept, type StoredQuestions } from './kept.ts';

/** A question that nobody answers lapses. */
export const QUESTION_DAYS = 60;
/** How long an answer is remembered: the same doubt comes with every file of two school years. */
const ANSWER_DAYS = 730;
/** More than a remainder holds. */
export const MOST_OPEN = 2_000;

/** What an import, or answers, leave open in a school. */
interface LeftOpen {
  readonly importId: number;
  readonly remainder: Remainder;
  /** People that it names as made, by their place in the plan. */
  readonly made: readonly AddressId[];
  /** Of the import's own files; what was known before stays known. */
  readonly evidence: Evidences;
  readonly setAside: StoredQuestions['setAside'];
}

/**
 * Puts what is open now in the place of what was open before. Questions that go on keep their row
 * and their day; new ones get theirs; those that are asked no more are `replaced`.
 */
export async function keepQuestions(
  { secret, clock }: Pick<RosterParts, 'secret' | 'clock'>,
  tx: SchoolTx,
  { importId, remainder: planned, made, evidence, setAside }: LeftOpen,
): Promise<void> {
  const old = await keptOf(secret, tx);
  const remainder = withMade(planned, made);
  const asked = askedIn(remainder);
  const at = clock();
  const known = goingOn(secret, old, remainder);
  const fresh = asked.filter(({ key }) => known[key] === undefined);
  const rows = await insertQuestions(
    tx,
    importId,
    fresh.map(({ line }) => ({
      doubt: doubtOf(secret, line),
      kind: line.kind,
      askedAt: at,
      expiresAt: new Date(at.getTime() + QUESTION_DAYS * DAY_MS),
    })),
  );
  const ids = {
    ...known,
    ...Object.fromEntries(fresh.map(({ key }, index) => [key, rows[index] ?? 0])),
  };
  await endOthers(tx, new Set(Object.values(ids)));
  if (asked.length === 0) await dropRemainder(tx);
  else {
    const kept: StoredQuestions = {
      remainder,
      ids,
      evidence: { ...old?.evidence, ...evidence },
      setAside: { ...stillSetAside(old, remainder), ...setAside },
    };
    await putRemainder(tx, {
      importId: fresh.length > 0 || old === null ? importId : old.importId,
      digest: digestOf(secret, remainder),
      content: await sealedKept(secret, tx.school, kept),
    });
  }
  await setDueQuestions(tx);
  await forgetQuestions(tx, new Date(at.getTime() - ANSWER_DAYS * DAY_MS));
}

/** What an import leaves open, with what is set aside for those of them who are new. */
export async function keepNewQuestions(
  parts: Pick<RosterParts, 'secret' | 'clock' | 'domain'>,
  tx: TownTx,
  {
    school,
    plan: { remainder, faces },
    ...left
  }: Omit<LeftOpen, 'remainder' | 'setAside'> & { school: SchoolRow; plan: RosterPlan },
): Promise<void> {
  const inSchool = await tx.in(school.id);
  const before = stillSetAside(await keptOf(parts.secret, inSchool), remainder);
  const domain = school.domain ?? parts.domain;
  const waiting = linesIn(remainder).flatMap((line) => {
    const key = lineKey(line);
    const plain = localOf(line.givenName, line.familyName);
    return plain === null || before[key] !== undefined ? [] : [{ key, plain }];
  });
  const locals = await personLocals(tx, domain, {
    plains: waiting.map(({ plain }) => plain),
    setAside: new Set(Object.values(before).flatMap(({ local }) => local ?? [])),
  });
  const setAside = Object.fromEntries(
    waiting.map(({ key }, index) => [
      key,
      { local: locals[index] ?? null, face: faces.get(key) ?? null },
    ]),
  );
  await keepQuestions(parts, await tx.in(school.id), { remainder, ...left, setAside });
}

/** What was set aside for lines that go on waiting. */
function stillSetAside(old: StoredQuestions | null, now: Remainder): StoredQuestions['setAside'] {
  const names = new Map(
    old === null ? [] : linesIn(old.remainder).map((line) => [lineKey(line), line.nameKey]),
  );
  return Object.fromEntries(
    linesIn(now).flatMap((line) => {
      const key = lineKey(line);
      const own = names.get(key) === line.nameKey ? old?.setAside[key] : undefined;
      return own === undefined ? [] : [[key, own]];
    }),
  );
}

/** The rows of questions that stand in both, about the same people. */
function goingOn(
  secret: Buffer,
  old: StoredQuestions | null,
  now: Remainder,
): Record<string, number> {
  const before = new Map(
    askedIn(old?.remainder ?? now).map(({ key, line }) => [key, doubtOf(secret, line)]),
  );
  return Object.fromEntries(
    askedIn(now).flatMap(({ key, line }) => {
      const id = old?.ids[key];
      const isSame = before.get(key)?.equals(doubtOf(secret, line)) ?? false;
      return id !== undefined && isSame ? [[key, id]] : [];
    }),
  );
}

async function endOthers(tx: SchoolTx, going: ReadonlySet<number>): Promise<void> {
  const open = await questionsOf(tx, ['open'], MOST_OPEN);
  const others = open.map(({ id }) => id).filter((id) => !going.has(id));
  await endQuestions(tx, others, 'replaced');
}
