import type { AddressId, SchoolId } from '../../../ground/ids.ts';
import type { From } from '../../../roster/relate.ts';
import type { PersonStanding } from '../../../roster/standing.ts';
import type { Verdict } from '../../../rules/decide.ts';
import type { ProvedBy } from '../../../store/mail/contract.ts';
import { writerOf, type Trust, type Writer } from '../../../store/mail/known-writers.ts';
import type { Contact } from '../../../store/mail/recent-activity.ts';
import { isInside, type JudgedLetter } from './judged-letter.ts';
import type { RememberedWriters } from './remembered-writers.ts';

/**
 * Who wrote a letter, as those know them who are of a school that the writer is not of; null where
 * the writer is one of them, or no person.
 */
export function strangerIn(
  school: SchoolId,
  from: From,
  letter: { readonly author: string | undefined; readonly provedBy: ProvedBy | null },
): Writer | null {
  if (from.kind === 'system') return null;
  if (from.kind === 'outside')
    return letter.author === undefined ? null : writerOf(letter.author, letter);
  const { person } = from.standing;
  return person.role === 'agent' || isOf(school, from.standing)
    ? null
    : writerOf(person.address, { provedBy: 'account' });
}

/** Whom the readers of a school meet by it, where its writer isn't of the school. */
export function writerIn(
  school: SchoolId,
  { into, judgement, read, handed: { provedBy } }: JudgedLetter,
): Writer | null {
  const author = read.envelope.from[0]?.address;
  return into === 'inbox' ? strangerIn(school, judgement.from, { author, provedBy }) : null;
}

/** Whom the readers of a letter that is stored know from now on. */
export function rememberWriter(letter: JudgedLetter, remembered: RememberedWriters): void {
  for (const [school, { inboxes, junk }] of letter.shares) {
    const writer = writerIn(school, letter);
    const readers = inboxes.flatMap(({ account }) => (junk.readers.has(account) ? [] : [account]));
    if (writer !== null) remembered.remember(writer, readers);
  }
}

/** Those elsewhere to whom an adult writes by name: they are no strangers to them any more. */
export function trustsOf(
  school: SchoolId,
  { judgement, account, sender }: JudgedLetter,
): readonly Trust[] {
  if (account?.school !== school || sender.role === 'pupil') return [];
  const addresses = judgement.judged.flatMap(({ address, to, verdict }) => {
    if (verdict.kind === 'deny' || to === null || to.kind === 'list') return [];
    if (to.kind === 'outside') return [address];
    return to.through === null && !isOf(account.school, to.standing)
      ? [to.standing.person.address]
      : [];
  });
  return addresses.map((address) => ({
    account: account.account,
    writer: writerOf(address, { provedBy: 'account' }),
  }));
}

const isOf = (school: SchoolId, { schools, childrensSchools }: PersonStanding): boolean =>
  schools.has(school) || childrensSchools.has(school);

/**
 * Who is now in contact with a pupil of this school: whom the pupil wrote to (a list is one), and
 * who wrote to the pupil by name. A first message that is held is no contact yet: the next one
 * waits for the teacher too.
 */
export function contactsIn(school: SchoolId, letter: JudgedLetter): Contact[] {
  const {
    sender: { addressId: from, role },
    judgement,
    account,
  } = letter;
  if (from === null) return [];
  const own =
    role === 'pupil' && account?.school === school
      ? [...namedIn(letter)].flatMap(([to, kind]) => (kind === 'allow' ? [{ from, to }] : []))
      : [];
  const theirs = judgement.judged.filter(isInside).filter(
    ({
      verdict,
      to: {
        through,
        standing: { home, person },
      },
    }) =>
      verdict.kind === 'allow' && through === null && home === school && person.role === 'pupil',
  );
  return [...own, ...theirs.map(({ to }) => ({ from, to: to.standing.person.addressId }))];
}

/** The same, where they aren't counted with what its sender sends. */
export const contactsBeside = (school: SchoolId, letter: JudgedLetter): readonly Contact[] =>
  letter.account?.school === school ? [] : contactsIn(school, letter);

export function namedIn({ judgement }: JudgedLetter): ReadonlyMap<AddressId, Verdict['kind']> {
  return new Map(
    judgement.judged.flatMap((one) => (one.named ? [[one.named.id, one.verdict.kind]] : [])),
  );
}

/** The children written to by name, whom the rule of new people is about. */
export function pupilsNamed({ judgement }: JudgedLetter): ReadonlySet<AddressId> {
  return new Set(
    judgement.judged.filter(isInside).flatMap(
      ({
        to: {
          through,
          standing: { person },
        },
      }) => (through === null && person.role === 'pupil' ? [person.addressId] : []),
    ),
  );
}
