import type { CodeSheet } from '../../../entry/codes/contract.ts';
import { countWayless, firstCodes } from '../../../entry/codes/first-codes.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { writeAgentAct, writeAudit } from '../../../store/audit.ts';
import { voidLostSheets } from '../../../store/people/codes.ts';
import { lockImports } from '../../../store/schools/import-lock.ts';
import { actorOf, ownSchool, type PendingParts } from './rights.ts';

/** How many of a school would get a code now. */
export async function waylessOf(
  parts: PendingParts,
  viewer: Viewer,
  school: SchoolId,
): Promise<number> {
  if ((await ownSchool(parts, viewer, school)) === null) return 0;
  return parts.store.read(school, (tx) => countWayless(tx, parts.clock()));
}

/**
 * First codes for everybody of the school who has no way in, as an import makes them on the command
 * line. Two presses at once take turns: the second finds nobody left.
 */
export async function codesForNew(
  parts: PendingParts,
  viewer: Viewer,
  { school, reason }: { readonly school: SchoolId; readonly reason: string },
): Promise<readonly CodeSheet[] | null> {
  if ((await ownSchool(parts, viewer, school)) === null) return null;
  const by = actorOf(viewer, reason);
  return parts.store.town(async (tx) => {
    await lockImports(tx);
    const sheets = await firstCodes(parts, tx, { school, by: by.address });
    if (by.kind === 'agent' && sheets.length > 0)
      await writeAgentAct(tx, { by: by.address, act: 'print-codes', school, reason: by.reason });
    return sheets;
  });
}

interface CodeRecall {
  readonly school: SchoolId;
  readonly madeAt: Date;
  readonly reason: string;
}

/** Codes whose sheets never arrived: they end, so that the next press makes them anew. */
export async function takeCodesBack(
  parts: PendingParts,
  viewer: Viewer,
  { school, madeAt, reason }: CodeRecall,
): Promise<void> {
  if ((await ownSchool(parts, viewer, school)) === null) return;
  const by = actorOf(viewer, reason);
  await parts.store.town(async (tx) => {
    const inSchool = await tx.in(school);
    const codes = await voidLostSheets(inSchool, { by: by.address, at: madeAt });
    await writeAudit(inSchool, by.address, 'void-codes', { codes });
    if (by.kind === 'agent')
      await writeAgentAct(tx, { by: by.address, act: 'void-codes', school, reason: by.reason });
  });
}
