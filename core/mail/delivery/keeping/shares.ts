import type { MessageId, SchoolId } from '../../../ground/ids.ts';
import { whereHeld } from '../judging/where-held.ts';
import type { WaitingAt } from '../telling/tell-deciders.ts';
import { absentOf } from './absences.ts';
import { writerIn } from './acquaintance.ts';
import type { Arrival } from './arrive.ts';
import { isClassMail } from './copies.ts';
import { isReadIn, NO_JUNK, type JudgedLetter, type SchoolShare } from './judged-letter.ts';
import type { RememberedWriters } from './remembered-writers.ts';

const NO_SHARE: SchoolShare = { inboxes: [], holds: [], junk: NO_JUNK };

/**
 * In the order of the schools' ids, so that two deliveries never wait for one another in a ring.
 */
export function sharesOf({
  judgement,
  account,
  sender,
  read,
  now,
}: Omit<JudgedLetter, 'shares'>): ReadonlyMap<SchoolId, SchoolShare> {
  const { from, rosters, judged } = judgement;
  const shares = new Map<SchoolId, SchoolShare>();
  const shareOf = (school: SchoolId): SchoolShare => {
    const share = shares.get(school) ?? { inboxes: [], holds: [], junk: NO_JUNK };
    shares.set(school, share);
    return share;
  };
  if (account) shareOf(account.school);
  const notice = account?.notice ?? null;
  if (notice !== null) shareOf(notice.school);
  for (const { verdict, to, named, site } of judged) {
    if (to?.kind !== 'person' || !named) continue;
    if (verdict.kind === 'allow' && notice === null) {
      const { person, home } = to.standing;
      const isDirect = to.through === null;
      shareOf(home).inboxes.push({
        account: person.account,
        address: person.address,
        direct: isDirect,
        isClassMail: isClassMail(to.through, { writer: sender.role, automatic: read.automatic }),
        isSorted: person.role !== 'pupil' && to.through?.kind !== 'postmaster',
        absent: isDirect ? absentOf(person, rosters.get(home), now) : null,
      });
    }
    if (verdict.kind === 'hold' && notice === null) {
      const { school, ...where } = whereHeld(verdict.rule, { from, to, rosters, now });
      shareOf(school).holds.push({
        ...where,
        rule: verdict.rule,
        named: named.id,
        recipient: to.standing.person.addressId,
        lifted: [],
        site,
      });
    }
  }
  return new Map([...shares].sort(([one], [other]) => one - other));
}

/** As it comes to a school in which it is kept. */
export function arrivalIn(
  school: SchoolId,
  letter: JudgedLetter,
  remembered: RememberedWriters,
): Arrival {
  const { sender, origin, read, raw, into, handed, account, now } = letter;
  const { inboxes, holds, junk } = letter.shares.get(school) ?? NO_SHARE;
  const readers = inboxes.filter((one) => !junk.readers.has(one.account));
  const writer = writerIn(school, letter);
  return {
    letter: {
      sender,
      origin,
      read,
      raw,
      handed: { ...handed, junkSigns: junk.signs },
      isSearched: isReadIn(school, letter),
    },
    readers,
    boxes: {
      into: into === 'archive' ? 'archive' : 'inbox',
      junk: [...junk.readers],
      sentOf: account?.school === school && account.keepCopy ? account.account : null,
      stranger:
        writer === null
          ? null
          : {
              writer,
              newTo: remembered.unknownTo(
                writer,
                readers.map(({ account: one }) => one),
              ),
            },
    },
    holds,
    now,
  };
}

/** Where a letter waits for somebody's word, each place once; what the clock lets go is none. */
export function holdsOf({ shares }: JudgedLetter): WaitingAt[] {
  const waiting = [...shares].flatMap(([school, { holds }]) =>
    holds.filter(({ until }) => until === null).map((hold) => ({ ...hold, school })),
  );
  return [
    ...new Map(
      waiting.map((one) => [`${one.school} ${one.classId ?? one.recipient}`, one]),
    ).values(),
  ];
}

/** Where it waits in other schools than its sender's, to be noted beside the copy there. */
export function heldElsewhere(
  { account, shares }: JudgedLetter,
  messages: ReadonlyMap<SchoolId, MessageId>,
) {
  const home = account?.school;
  const own = home === undefined ? undefined : messages.get(home);
  if (home === undefined || own === undefined) return [];
  return [...shares].flatMap(
    ([
      school,
      {
        holds: [first],
      },
    ]) => {
      const message = messages.get(school);
      if (school === home || first === undefined || message === undefined) return [];
      const held = { state: 'waiting', rule: first.rule, until: first.until, note: null } as const;
      return [{ home, own, there: { school, message }, held }];
    },
  );
}
