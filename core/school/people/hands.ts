import { chargeOf, type Charge } from '../../directory/charge.ts';
import { newActivationCode } from '../../entry/codes/activation-code.ts';
import type { CodeSheet } from '../../entry/codes/contract.ts';
import { endWaysIn } from '../../entry/codes/end-ways-in.ts';
import { cardOf, expiryOf, keepCodes } from '../../entry/codes/sheets.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { SERVICE_LETTERS } from '../../mail/delivery/telling/service-letters.ts';
import { isOfTheService } from '../../roster/names.ts';
import type { Person } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAgentAct, writeAudit } from '../../store/audit.ts';
import { withPassword } from '../../store/people/code-states.ts';
import { insertSheet } from '../../store/people/codes.ts';
import { changeLocal, useOf } from '../../store/people/people.ts';
import { lockImports } from '../../store/schools/import-lock.ts';
import { slugs } from '../../store/schools/new-addresses.ts';
import type { TownTx } from '../../store/store.ts';
import type { AddressCorrected } from './contract.ts';
import { personIn, type PeopleParts } from './parts.ts';

const NO_CLASS = 8;

/** Who did what to whom, and an agent's reason beside it. */
export async function writeDown(
  tx: TownTx,
  { school, by, reason }: Charge,
  { act, subject }: { readonly act: string; readonly subject: Readonly<Record<string, unknown>> },
): Promise<void> {
  await writeAudit(await tx.in(school), by, act, subject);
  if (reason !== null) await writeAgentAct(tx, { by, act, school, reason });
}

interface CodeWish {
  readonly school: SchoolId;
  readonly account: AccountId;
  readonly format: 'screen' | 'pdf';
}

/**
 * A code for one person, at once; the wait of whoever tried the old one ends too. An adult's
 * password goes on until they use it, as the page says: nobody shuts a colleague out. A pupil's
 * ends with it.
 */
export async function makeCode(
  parts: PeopleParts,
  viewer: Viewer,
  { school, account, format }: CodeWish,
): Promise<CodeSheet | null> {
  const charge = await chargeOf(parts, viewer, school);
  const person = charge && personIn(charge, account);
  if (!charge || !person || person.state !== 'active') return null;
  const now = parts.clock();
  const code = { kind: 'activation', text: newActivationCode() } as const;
  const wasOpen = await parts.store.town(async (tx) => {
    const inSchool = await tx.in(school);
    const sheet = await insertSheet(inSchool, {
      classId: null,
      by: charge.by,
      at: now,
      format,
      codes: 1,
    });
    await keepCodes(parts, inSchool, {
      sheet,
      now,
      codes: [{ account, code }],
      children: new Set(person.role === 'pupil' ? [account] : []),
    });
    await writeDown(tx, charge, { act: 'make-code', subject: { account } });
    if (person.role === 'pupil') await endWaysIn(await tx.in(school), { account, by: charge.by });
    return (await withPassword(await tx.in(school), [account])).has(account);
  });
  if (person.role === 'pupil') parts.mailEvents.announce(school, [account]);
  // A person whose mailbox somebody could now open is told in that mailbox.
  if (wasOpen && person.role !== 'pupil')
    await tell(parts, { school, person, by: viewer.displayName });
  return {
    schoolName: charge.roster.school.name,
    timeZone: charge.roster.school.timeZone,
    of: 'person',
    className: '',
    cover: NO_CLASS,
    madeAt: now,
    expiresAt: expiryOf('activation', now),
    cards: [cardOf(person, code)],
    slips: [],
  };
}

interface CodeNotice {
  readonly school: SchoolId;
  readonly person: Person;
  readonly by: string;
}

async function tell({ notices }: PeopleParts, { school, person, by }: CodeNotice): Promise<void> {
  await notices.tell({ ...person, school }, SERVICE_LETTERS[person.language].newCode(by));
}

/** given.family, with hyphens and a homonym's number: what an import gives too. */
const SHAPE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+$/;
const LONGEST = 64; // RFC 5321 §4.5.3.1.1

interface AddressCorrection {
  readonly school: SchoolId;
  readonly account: AccountId;
  readonly local: string;
}

/** Another address before the first use; in turn with imports, which give addresses too. */
export async function correctAddress(
  parts: PeopleParts,
  viewer: Viewer,
  { school, account, local: typed }: AddressCorrection,
): Promise<AddressCorrected> {
  const charge = await chargeOf(parts, viewer, school);
  const person = charge && personIn(charge, account);
  if (!charge || !person) return { kind: 'missing' };
  const local = typed.trim().toLowerCase();
  if (local.length > LONGEST || !SHAPE.test(local) || !/[a-z]/.test(local))
    return { kind: 'trouble', why: 'shape' };
  return parts.store.town(async (tx): Promise<AddressCorrected> => {
    await lockImports(tx);
    if (isOfTheService(local, await slugs(tx))) return { kind: 'trouble', why: 'shape' };
    if ((await useOf(await tx.in(school), account, parts.clock())).used)
      return { kind: 'trouble', why: 'used' };
    if (!(await changeLocal(tx, { id: person.addressId, local })))
      return { kind: 'trouble', why: 'taken' };
    await writeDown(tx, charge, {
      act: 'correct-address',
      subject: {
        account,
        before: person.address.slice(0, person.address.lastIndexOf('@')),
        after: local,
      },
    });
    return {
      kind: 'done',
      address: `${local}${person.address.slice(person.address.lastIndexOf('@'))}`,
    };
  });
}
