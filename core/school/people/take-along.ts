import { chargeOf, type Charge } from '../../directory/charge.ts';
import { viewerOf } from '../../directory/viewer-of.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { isClosed, type Person } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { leaverRow } from '../../store/people/leavers.ts';
import { mailArchive } from './archive.ts';
import type { MailArchive } from './contract.ts';
import { writeDown } from './hands.ts';
import { personIn, type PeopleParts } from './parts.ts';

/**
 * A head takes a child's mail along for the family; a colleague's or a parent's is opened by an
 * agent alone, who has said why.
 */
export function mayTakeAlong({ reason }: Charge, { role }: Person): boolean {
  return reason !== null || role === 'pupil';
}

/**
 * The mail of who leaves or has left, or whose school has closed. Written down before the first
 * byte goes.
 */
export async function takeAlong(
  parts: PeopleParts,
  viewer: Viewer,
  { school, account }: { readonly school: SchoolId; readonly account: AccountId },
): Promise<MailArchive | null> {
  const found = await takingAlong(parts, viewer, { school, account });
  if (!found) return null;
  const { charge, person } = found;
  const isLeaver = await parts.store.town(async (tx) => {
    const isClosedNow = isClosed(charge.roster.school, charge.day);
    const leaver = await leaverRow(await tx.in(school), account, { lock: false });
    if (leaver === null && !isClosedNow) return false;
    await writeDown(tx, charge, { act: 'export-mail', subject: { account } });
    return true;
  });
  const mayTake = async (): Promise<boolean> =>
    (await takingAlong(parts, viewer, { school, account })) !== null;
  const { address } = person;
  return isLeaver
    ? archiveOf(parts, {
        school,
        account,
        address,
        language: viewer.language,
        timeZone: charge.roster.school.timeZone,
        mayTake,
      })
    : null;
}

/**
 * In whose charge somebody's mail is to be taken along, as things stand now; null: not in theirs.
 */
async function takingAlong(
  parts: PeopleParts,
  viewer: Viewer,
  { school, account }: { readonly school: SchoolId; readonly account: AccountId },
): Promise<{ readonly charge: Charge; readonly person: Person } | null> {
  const charge = await chargeOf(parts, viewer, school);
  const person = charge && personIn(charge, account);
  return charge && person && mayTakeAlong(charge, person) ? { charge, person } : null;
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
