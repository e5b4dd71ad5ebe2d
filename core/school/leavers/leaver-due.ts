import type { Logger } from 'pino';
import { dayAt, momentOf } from '../../ground/clock.ts';
import type { AccountId, AddressId, SchoolId } from '../../ground/ids.ts';
import { clockOfTown } from '../../ground/time-zones.ts';
import { writeAudit } from '../../store/audit.ts';
import { dropDueRow, makeDue } from '../../store/due.ts';
import type { ErasedCount } from '../../store/mail/erasing.ts';
import {
  addressOfAccount,
  endPlacesEverywhere,
  guardianAlone,
  guardiansOfChild,
  leaverRow,
  saveLeaver,
  setAccountState,
  setLeaverDue,
  type LeaverRow,
} from '../../store/people/leavers.ts';
import { closeDoors } from '../../store/schools/close-doors.ts';
import { schoolById } from '../../store/schools/roster-imports.ts';
import type { Store, TownTx } from '../../store/store.ts';
import { eraseWhole } from './erase-whole.ts';
import type { Erasures } from './erasures.ts';

export interface LeaverParts {
  readonly store: Store;
  readonly clock: () => Date;
  readonly log: Logger;
  /** Tells every process that something of these accounts has changed: what they have open ends. */
  readonly announce: (school: SchoolId, accounts: readonly AccountId[]) => void;
  readonly erasures: Erasures;
}

/** Somebody whose stay has ended: to be announced once that is committed. */
interface Gone {
  readonly school: SchoolId;
  readonly account: AccountId;
}

/** For so long after somebody left their mail is kept, and can be taken along. */
export const KEPT_MONTHS = 3;
/** Nobody is at school yet. */
const AT = '00:05';

/** What became of a leave that was due. */
type LeaverSaw = 'gone' | 'too-early' | 'ended' | 'to-erase';

/**
 * The day from which a leaver's mail is no longer kept, `YYYY-MM-DD`; the last of a month where
 * that month is shorter.
 */
export function erasedFrom(leftOn: string): string {
  const [year = 0, month = 1, day = 1] = leftOn.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + KEPT_MONTHS + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + KEPT_MONTHS, Math.min(day, last)))
    .toISOString()
    .slice(0, 10);
}

/**
 * Looks at somebody who leaves, or at a guardian who may have no child left. On their day sign-in,
 * sessions, classes and posts end; three months later their mail and name are to be erased, by
 * night (`eraseLeaver`). Idempotent; who came back meanwhile is taken off the list.
 */
export async function leaverDue(
  parts: LeaverParts,
  school: SchoolId,
  account: AccountId,
): Promise<LeaverSaw> {
  const { store, clock } = parts;
  const timeZone = clockOfTown(await store.readTown((tx) => schoolById(tx, school)));
  const today = dayAt(clock(), timeZone);
  const ended: Gone[] = [];
  const saw = await store.town(async (tx): Promise<LeaverSaw> => {
    const inSchool = await tx.in(school);
    const leaver = await leaverRow(inSchool, account, { lock: true });
    if (leaver === null) return lookAtGuardian(tx, { school, account, today }, ended);
    if (today < leaver.leftOn)
      return setLeaverDue(inSchool, account, momentOf(leaver.leftOn, AT, timeZone)).then(
        () => 'too-early',
      );
    if (leaver.isActive) ended.push(...(await endStay(tx, { school, leaver })));
    const here = await tx.in(school);
    if (today >= erasedFrom(leaver.leftOn)) {
      await setLeaverDue(here, account, null);
      await makeDue(here, 'erasure', [{ id: account, at: clock() }]);
      return 'to-erase';
    }
    await setLeaverDue(here, account, momentOf(erasedFrom(leaver.leftOn), AT, timeZone));
    return 'ended';
  });
  for (const gone of ended) parts.announce(gone.school, [gone.account]);
  return saw;
}

/**
 * Erases the mail and the name of somebody who left three months ago; the log and the audit say how
 * much that was. Taken up where it was, if it was cut short. `gone`: they came back meanwhile.
 */
export async function eraseLeaver(
  parts: LeaverParts,
  school: SchoolId,
  account: AccountId,
): Promise<'erased' | 'gone'> {
  const { store, clock, log } = parts;
  const { leaver, timeZone } = await store.town(async (tx) => ({
    timeZone: clockOfTown(await schoolById(tx, school)),
    leaver: await leaverRow(await tx.in(school), account, { lock: true }),
  }));
  const isDue = leaver !== null && dayAt(clock(), timeZone) >= erasedFrom(leaver.leftOn);
  const erased = isDue ? await eraseAll(parts, { school, timeZone }, leaver) : null;
  if (erased !== null) {
    log.info({ school, act: 'erase-leaver', ...erased }, 'leavers');
    return 'erased';
  }
  await store.write(school, (tx) =>
    dropDueRow(tx, { kind: 'erasure', row: account, upTo: clock() }),
  );
  return 'gone';
}

/**
 * Whoever isn't leaving: a guardian whom nothing keeps leaves today; anybody else came back, and is
 * taken off the list.
 */
async function lookAtGuardian(
  tx: TownTx,
  { school, account, today }: Gone & { readonly today: string },
  ended: Gone[],
): Promise<LeaverSaw> {
  const inSchool = await tx.in(school);
  const addressId = await addressOfAccount(inSchool, account);
  if (addressId !== null) ended.push(...(await guardianLeaves(tx, addressId, today)));
  if (ended.length > 0) return 'ended';
  await setLeaverDue(await tx.in(school), account, null);
  return 'gone';
}

/** Whose stay ended with that; nobody where something keeps them. */
async function guardianLeaves(tx: TownTx, guardian: AddressId, day: string): Promise<Gone[]> {
  const alone = await guardianAlone(tx, guardian);
  if (alone === null) return [];
  const home = await tx.in(alone.home);
  await saveLeaver(home, alone.account, day);
  const leaver = await leaverRow(home, alone.account, { lock: true });
  return leaver === null ? [] : endStay(tx, { school: alone.home, leaver });
}

/**
 * Sign-in and everything that is open end with the transaction; with a child those guardians leave
 * who have no other child and no post. Gives who is gone: announce them after the commit.
 */
export async function endStay(
  tx: TownTx,
  { school, leaver }: { readonly school: SchoolId; readonly leaver: LeaverRow },
): Promise<Gone[]> {
  const inSchool = await tx.in(school);
  await setAccountState(inSchool, leaver.account, 'suspended');
  await closeDoors(inSchool, [leaver.account]);
  const guardians =
    leaver.role === 'pupil'
      ? await guardiansOfChild(tx, { home: school, addressId: leaver.addressId })
      : [];
  await endPlacesEverywhere(tx, { home: school, addressId: leaver.addressId, day: leaver.leftOn });
  await writeAudit(await tx.in(school), null, 'leaver-ended', {
    account: leaver.account,
    left: leaver.leftOn,
  });
  const gone: Gone[] = [{ school, account: leaver.account }];
  for (const guardian of guardians)
    gone.push(...(await guardianLeaves(tx, guardian, leaver.leftOn)));
  return gone;
}

/** Null: they came back before the end. */
function eraseAll(
  { store, clock, erasures }: LeaverParts,
  { school, timeZone }: { readonly school: SchoolId; readonly timeZone: string },
  { account, leftOn }: LeaverRow,
): Promise<ErasedCount | null> {
  return eraseWhole(store, school, {
    account,
    async look(tx) {
      const leaver = await leaverRow(tx, account, { lock: true });
      return leaver === null || leaver.isActive || leaver.leftOn !== leftOn ? null : leaver;
    },
    async beforeCommit(tx, { addressId, role }, total) {
      const at = clock();
      erasures.note({ person: addressId, account, left: leftOn, at });
      // Counts alone: what is erased is named nowhere.
      await writeAudit(tx, null, 'erase-leaver', {
        role,
        left: leftOn,
        ...total,
        ...erasures.goneFrom(at, timeZone),
      });
    },
  });
}
