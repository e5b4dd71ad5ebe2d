import { randomUUID } from 'node:crypto';
import { isUuid, type HoldId, type SchoolId } from '../../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../../rules/viewer.ts';
import { writeAgentAct } from '../../../store/audit.ts';
import {
  decidedRows,
  dropWish,
  rowsOfDecision,
  wishFor,
} from '../../../store/mail/hold-decisions.ts';
import { wordKey } from '../../../store/mail/holds-to-decide.ts';
import { lockTogether, type HoldRow, type HoldWish } from '../../../store/mail/holds.ts';
import type { TownTx } from '../../../store/store.ts';
import { openedSchools } from '../../../store/trail.ts';
import type { ReleaseParts } from '../parts.ts';
import { tellDeciders } from '../telling/tell-deciders.ts';
import type { HoldChoice, LettersDecision, DecidedLetter, HoldName } from './contract.ts';
import { mayDecide, moderatedBy, type ModerationRights } from './moderated.ts';
import { takeEffect } from './moderation-due.ts';
import { byMessage, byMoment, pastLetters } from './past-letters.ts';

/** Decided about at once at most. */
const MAX_CHOSEN = 100;
/** A teacher's word to a child. */
const MAX_NOTE = 1_000;
/** Letters of the history that are shown, and rows that are looked at for them. */
const MAX_PAST = 50;
const MAX_PAST_ROWS = 2_000;

export interface DecisionParts extends ReleaseParts {
  /** How long a decision can be taken back before it takes effect. */
  readonly undoMs: number;
}

type Taken = HoldRow & { readonly school: SchoolId };

/**
 * Writes down what somebody decides about held letters; it takes effect a little later, by the
 * worker, unless it is taken back by then. The rows are locked, so of two who decide at once one
 * finds it decided; a letter taken back by its writer meanwhile stays so.
 */
export async function decide(
  { parts, viewer }: RoomVisit<DecisionParts>,
  chosen: readonly HoldName[],
  choice: HoldChoice,
): Promise<{ readonly decided: LettersDecision | null; readonly missed: number }> {
  const moderated = await moderatedBy(parts, viewer);
  const wish: HoldWish = {
    decision: randomUUID(),
    kind: choice.kind,
    by: viewer.addressId,
    note: choice.kind === 'give-back' ? choice.note.slice(0, MAX_NOTE) : '',
    effectAt: new Date(parts.clock().getTime() + parts.undoMs),
  };
  const some = chosen.slice(0, MAX_CHOSEN);
  const taken = await take(parts, viewer, { moderated, chosen: some, wish });
  const ids = new Set(taken.map(({ school, id }) => `${school} ${id}`));
  const missed = chosen.filter(({ school, hold }) => !ids.has(`${school} ${hold}`)).length;
  if (taken.length === 0) return { decided: null, missed };
  if (parts.undoMs > 0) await tellDeciders(parts, taken);
  else for (const { school, id } of firsts(taken)) await takeEffect(parts, school, id);
  return { decided: await decided(parts, viewer, wish.decision), missed };
}

interface HoldsToTake {
  readonly moderated: ReadonlyMap<SchoolId, ModerationRights>;
  readonly chosen: readonly HoldName[];
  readonly wish: HoldWish;
}

async function take(
  parts: DecisionParts,
  viewer: Viewer,
  { moderated, chosen, wish }: HoldsToTake,
): Promise<Taken[]> {
  const bySchool = Map.groupBy(chosen, ({ school }) => school);
  return parts.store.town(async (tx) => {
    const taken: Taken[] = [];
    for (const school of [...bySchool.keys()].sort((one, other) => one - other)) {
      const own = moderated.get(school);
      if (!own) continue;
      const here = await tx.in(school);
      const ids: HoldId[] = (bySchool.get(school) ?? []).map(({ hold }) => hold);
      const rows = (await lockTogether(here, ids, null)).filter((row) =>
        mayDecide(own, viewer, row),
      );
      await wishFor(
        here,
        rows.map(({ id }) => id),
        wish,
      );
      taken.push(...rows.map((row) => ({ ...row, school })));
      if (viewer.role === 'agent' && rows.length > 0) await noteAgent(tx, viewer, { school, wish });
    }
    return taken;
  });
}

/** An agent's reason is the one by which they have opened the school. */
async function noteAgent(
  tx: TownTx,
  { addressId }: Viewer,
  { school, wish: { kind } }: { readonly school: SchoolId; readonly wish: Pick<HoldWish, 'kind'> },
): Promise<void> {
  const why = (await openedSchools(tx, addressId)).get(school) ?? '';
  await writeAgentAct(tx, { by: addressId, act: `${kind}-held`, school, reason: why });
}

/** Of each letter one row: the others are decided together with it. */
function firsts(taken: readonly Taken[]): Taken[] {
  return [
    ...new Map(taken.toReversed().map((row) => [`${row.school} ${wordKey(row)}`, row])).values(),
  ];
}

/**
 * Takes a decision of the viewer's back, as far as it has not taken effect; how many letters wait
 * again. What has begun to take effect is waited for, and stays.
 */
export async function takeBack(
  parts: DecisionParts,
  viewer: Viewer,
  decision: string,
): Promise<number> {
  if (!isUuid(decision)) return 0;
  const schools = [...(await moderatedBy(parts, viewer)).keys()].sort((one, other) => one - other);
  const back = await parts.store.town(async (tx) => {
    const rows: Taken[] = [];
    for (const school of schools)
      rows.push(
        ...(await dropWish(await tx.in(school), decision, viewer.addressId)).map((row) => ({
          ...row,
          school,
        })),
      );
    return rows;
  });
  await tellDeciders(parts, back);
  return firsts(back).length;
}

/** What a decision is about, and what came of it; null for none that the viewer could have made. */
export async function decided(
  parts: DecisionParts,
  viewer: Viewer,
  decision: string,
): Promise<LettersDecision | null> {
  if (!isUuid(decision)) return null;
  const letters: DecidedLetter[] = [];
  let wish: { readonly kind: HoldChoice['kind']; readonly until: Date } | null = null;
  for (const [school, own] of await moderatedBy(parts, viewer)) {
    const found = await parts.store.read(school, (tx) => rowsOfDecision(tx, decision));
    const rows = found.filter((row) => mayDecide(own, viewer, { ...row, until: null }));
    const pending = rows.find((row) => row.wish !== null);
    if (pending?.wish && pending.effectAt) wish = { kind: pending.wish, until: pending.effectAt };
    const told = { school, roster: own.roster, rows, keyOf: byMessage };
    letters.push(...(await pastLetters(parts, viewer, told)));
  }
  if (letters.length === 0) return null;
  const isBack = letters.every(({ kind }) => kind === 'given-back');
  const kind = wish?.kind ?? (isBack ? 'give-back' : 'release');
  return { id: decision, kind, until: wish?.until ?? null, letters };
}

/** What was decided about the held mail that is the viewer's to decide about, the latest first. */
export async function history(parts: DecisionParts, viewer: Viewer): Promise<DecidedLetter[]> {
  const past: DecidedLetter[] = [];
  for (const [school, own] of await moderatedBy(parts, viewer)) {
    const classes = [...own.taught, ...own.headed];
    const rows = await parts.store.read(school, (tx) =>
      decidedRows(tx, { classes, isHead: own.isHead, recipient: viewer.addressId }, MAX_PAST_ROWS),
    );
    const told = { school, roster: own.roster, rows, keyOf: byMoment };
    const letters = await pastLetters(parts, viewer, told);
    past.push(...letters.slice(0, MAX_PAST));
  }
  return past.sort((one, other) => other.at.getTime() - one.at.getTime()).slice(0, MAX_PAST);
}
