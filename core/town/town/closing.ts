import { dayAt } from '../../ground/clock.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { dayTrouble } from '../../roster/days.ts';
import { erasedFrom } from '../../school/leavers/leaver-due.ts';
import { closingMoment } from '../../school/leavers/school-closing.ts';
import type { TownTx } from '../../store/store.ts';
import { setClosingDue } from '../../store/town/closings.ts';
import { readSchools, updateSchool } from '../../store/town/schools.ts';
import type { ChangeOutcome, ClosingTrouble, TownActor, TownSchool } from './contract.ts';
import { changing, noteAct, type TownAct, type TownParts } from './parts.ts';

/** A closing may be planned for two school years ahead. */
const FARTHEST_DAYS = 800;

/** A day on which a school closes, as somebody typed it; null: it goes on. */
interface Closing {
  readonly school: SchoolId;
  readonly day: string | null;
}

/** Closes a school from a day on, or lets it go on. */
export function closeSchool(
  parts: TownParts,
  by: TownActor,
  closing: Closing,
): Promise<ChangeOutcome<ClosingTrouble>> {
  return changing(parts, by, async (tx, acting) => {
    const changed = await setClosing(parts, tx, closing);
    if (changed.kind === 'done' && changed.name !== null)
      await noteClosing(tx, acting, { ...closing, name: changed.name });
    return changed.kind === 'done' ? { kind: 'done' } : changed;
  });
}

/** The same within a transaction, written down by the caller. `name` null: it was so already. */
export async function setClosing(
  parts: Pick<TownParts, 'clock'>,
  tx: TownTx,
  closing: Closing,
): Promise<
  | { readonly kind: 'done'; readonly name: string | null }
  | Extract<ChangeOutcome<ClosingTrouble>, { kind: 'trouble' | 'missing' }>
> {
  const found = await closingSchool(tx, closing.school);
  if (found === null) return { kind: 'missing' };
  const { day } = closing;
  if (day === found.closesOn) return { kind: 'done', name: null };
  const why = await closingTroubleNow(parts, tx, closing);
  if (why !== null) return { kind: 'trouble', why: [why] };
  await updateSchool(tx, found.id, { closesOn: day });
  await setClosingDue(tx, found.id, day === null ? null : closingMoment(day, found.timeZone));
  return { kind: 'done', name: found.name };
}

/** Why a school can't close on a day as things stand; null where it can, or isn't there. */
export async function closingTroubleNow(
  { clock }: Pick<TownParts, 'clock'>,
  tx: TownTx,
  { school, day }: Closing,
): Promise<ClosingTrouble | null> {
  const found = await closingSchool(tx, school);
  if (found === null) return null;
  const today = dayAt(clock(), found.timeZone);
  return closingTrouble({ day, before: found.closesOn, today });
}

async function closingSchool(tx: TownTx, school: SchoolId) {
  return (await readSchools(tx)).find(({ id }) => id === school) ?? null;
}

/** Where a school that closes, or doesn't, stands on a day of its clock. */
export function closingState(
  closesOn: string | null,
  today: string,
): Pick<TownSchool, 'state' | 'keptUntil'> {
  if (closesOn === null) return { state: 'open', keptUntil: null };
  const keptUntil = erasedFrom(closesOn);
  if (today < closesOn) return { state: 'closing', keptUntil };
  return { state: today < keptUntil ? 'closed' : 'erased', keptUntil };
}

interface ClosingDays {
  readonly day: string | null;
  readonly before: string | null;
  readonly today: string;
}

/** What has closed for so long that its mail goes stays closed. */
function closingTrouble({ day, before, today }: ClosingDays): ClosingTrouble | null {
  if (before !== null && today >= erasedFrom(before)) return 'erased';
  if (day === null) return null;
  return dayTrouble(day, { today, ahead: FARTHEST_DAYS });
}

function noteClosing(
  tx: TownTx,
  acting: TownAct,
  { school, day, name }: Closing & { readonly name: string },
): Promise<void> {
  return day === null
    ? noteAct(tx, acting, { act: 'reopen-school', school, what: name })
    : noteAct(tx, acting, { act: 'close-school', school, what: `${name}, ${day}` });
}
