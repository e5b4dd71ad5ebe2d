import { chargeOf, type Charge } from '../../directory/charge.ts';
import { viewerOf } from '../../directory/viewer-of.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { isClosed, type Person } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { leaveDays } from '../../store/people/people.ts';
import { mailArchive } from './archive.ts';
import type { MailArchive, TakingAlong } from './contract.ts';
import { writeDown } from './hands.ts';
import { personIn, type PeopleParts } from './parts.ts';

/**
 * A head takes a child's mail along for the family from the day on which they leave, when their own
 * sign-in has ended: whoever stays is not read by a leave that is planned and taken back. Sooner
 * than that, and a colleague's or a parent's, an agent alone does, who has said why.
 */
export function takingAlong(
  { roster, day, reason }: Charge,
  { role }: Person,
  leavesOn: string | null,
): TakingAlong {
  const isClosedNow = isClosed(roster.school, day);
  if (leavesOn === null && !isClosedNow) return 'stays';
  if (reason !== null) return 'now';
  if (role !== 'pupil') return 'agents';
  return isClosedNow || (leavesOn !== null && leavesOn <= day) ? 'now' : 'once-gone';
}

/**
 * The mail of who leaves or has left, or whose school has closed. Written down before the first
 * byte goes.
 */
export async function takeAlong(
  parts: PeopleParts,
  viewer: Viewer,
  { school, account }: OneOfSchool,
): Promise<MailArchive | null> {
  const found = await inCharge(parts, viewer, { school, account });
  if (!found) return null;
  const { charge, person } = found;
  await parts.store.town((tx) =>
    writeDown(tx, charge, { act: 'export-mail', subject: { account } }),
  );
  return archiveOf(parts, {
    school,
    account,
    address: person.address,
    language: viewer.language,
    timeZone: charge.roster.school.timeZone,
    mayTake: async () => (await inCharge(parts, viewer, { school, account })) !== null,
  });
}

interface OneOfSchool {
  readonly school: SchoolId;
  readonly account: AccountId;
}

/** Somebody whose mail the viewer may take along, as things stand now; null: not theirs to take. */
async function inCharge(
  parts: PeopleParts,
  viewer: Viewer,
  { school, account }: OneOfSchool,
): Promise<{ readonly charge: Charge; readonly person: Person } | null> {
  const charge = await chargeOf(parts, viewer, school);
  const person = charge && personIn(charge, account);
  if (!charge || !person) return null;
  const days = await parts.store.read(school, (tx) => leaveDays(tx, [account]));
  return takingAlong(charge, person, days.get(account) ?? null) === 'now'
    ? { charge, person }
    : null;
}

export async function takeOwnAlong(parts: PeopleParts, viewer: Viewer): Promise<MailArchive> {
  const { school, account, address, language, timeZone } = viewer;
  await parts.store.write(school, (tx) =>
    writeAudit(tx, viewer.addressId, 'export-own-mail', { account }),
  );
  const mayTake = async (): Promise<boolean> =>
    (await viewerOf(
      parts.directory,
      { home: school, addressId: viewer.addressId },
      parts.clock(),
    )) !== null;
  return archiveOf(parts, { school, account, address, language, timeZone, mayTake });
}

function archiveOf(
  { store }: PeopleParts,
  { address, ...of }: Parameters<typeof mailArchive>[1] & { readonly address: string },
): MailArchive {
  return {
    name: `${address.slice(0, address.lastIndexOf('@'))}.zip`,
    body: mailArchive(store, of),
  };
}
