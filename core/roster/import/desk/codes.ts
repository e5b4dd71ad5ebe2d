import { countWayless, firstCodes } from '../../../accounts/first-codes.ts';
import type { Sheet } from '../../../accounts/contract.ts';
import type { SchoolId, Viewer } from '../../../core.ts';
import { writeAgentAct } from '../../../store/audit.ts';
import { lockImports } from '../../../store/schools/roster-acts.ts';
import { actorOf, ownSchool, type DeskParts } from './rights.ts';

/** How many of a school would get a code now. */
export async function waylessOf(parts: DeskParts, school: SchoolId): Promise<number> {
  return parts.store.read(school, (tx) => countWayless(tx, parts.clock()));
}

/** First codes for everybody of the school who has no way in, as an import makes them on the command line. Two presses at once take turns: the second finds nobody left. */
export async function codesForNew(parts: DeskParts, viewer: Viewer, { school, reason }: { readonly school: SchoolId; readonly reason: string }): Promise<readonly Sheet[] | null> {
  if (await ownSchool(parts, viewer, school) === null) return null;
  const by = actorOf(viewer, reason);
  return parts.store.town(async (tx) => {
    await lockImports(tx);
    const sheets = await firstCodes(parts, tx, { school, by: by.address });
    if (by.kind === 'agent' && sheets.length > 0) await writeAgentAct(tx, by.address, 'print-codes', school, by.reason);
    return sheets;
  });
}
