import type { ReleaseParts } from '../delivery/parts.ts';
import type { AccountId, HoldId, Language, SchoolId } from '../ids.ts';
import { clockAt } from '../roster/clock.ts';
import { explain } from '../rules/reasons.ts';
import { decideHolds } from '../store/mail/holds.ts';
import { endOld, takeUntold, type RefusedLetter } from '../store/mail/refused-letters.ts';
import { allSchools } from '../store/schools/roster.ts';

const DAY_MS = 86_400_000;
/** How long a note of what was refused is kept, and what waits for an adult's word. */
const KEPT_DAYS = 30;
/** Of the school's clock: after class. */
const TOLD_AT = '16:30';
/** Lines of one notice. */
const MOST_LINES = 30;

/** Tells each adult, once a school day, what was refused for them; ends what is 30 days old. */
export async function tellAndTidy(parts: ReleaseParts): Promise<void> {
  const now = parts.clock();
  for (const school of await parts.store.town(allSchools)) {
    await parts.store.write(school, async (tx) => {
      const old = (await endOld(tx, new Date(now.getTime() - KEPT_DAYS * DAY_MS))) as HoldId[];
      await decideHolds(tx, old, { state: 'given-back', by: null, note: null });
    });
    await tell(parts, school, now);
  }
}

async function tell(parts: ReleaseParts, school: SchoolId, now: Date): Promise<void> {
  const roster = (await parts.directory.rosters([school], { maxAgeMs: 1_000 })).get(school);
  if (roster === undefined || !isTimeToTell(now, roster.school.timeZone)) return;
  const people = new Map([...roster.people.values()].map((person) => [person.account, person]));
  const told = await parts.store.town(async (tx) => {
    const untold = await takeUntold(await tx.in(school));
    const told: AccountId[] = [];
    for (const [account, letters] of Map.groupBy(untold, (letter) => letter.account)) {
      const person = people.get(account);
      if (person === undefined || person.state !== 'active') continue;
      const raw = await parts.notices.write({
        to: { name: person.displayName, address: person.address },
        ...digestWords(person.language, letters, now),
      });
      await parts.notices.place(tx, { school, account }, raw);
      told.push(account);
    }
    return told;
  });
  if (told.length > 0) parts.mailEvents.announce(school, told);
}

/** Monday to Friday, once class is over. */
function isTimeToTell(now: Date, timeZone: string): boolean {
  const { weekday, time } = clockAt(now, timeZone);
  return weekday <= 5 && time >= TOLD_AT;
}

function digestWords(
  language: Language,
  letters: readonly RefusedLetter[],
  now: Date,
): { readonly subject: string; readonly text: string } {
  const says = SAYS[language];
  const lines = letters.slice(0, MOST_LINES).map(({ sender, subject, why }) => {
    const { sentence } = explain(why, {}, { language, audience: 'adult', now });
    return `- ${sender} : « ${subject} ». ${sentence}`;
  });
  return {
    subject: says.subject(letters.length),
    text: [says.lead, lines.join('\n'), says.end].join('\n\n'),
  };
}

const SAYS = {
  fr: {
    subject: (count: number) =>
      count === 1
        ? 'Un message pour vous a été refusé'
        : `${count} messages pour vous ont été refusés`,
    lead: 'Ces messages venus de l’extérieur ne vous ont pas été remis, à cause de ce qu’ils contiennent. Leurs expéditeurs le savent.',
    end: 'Si vous attendiez l’un d’eux, demandez à la personne de l’envoyer autrement. La liste est sous « Refusés » pendant 30 jours.',
  },
  en: {
    subject: (count: number) =>
      count === 1 ? 'A message for you was refused' : `${count} messages for you were refused`,
    lead: 'These messages from outside were not delivered to you, because of what is in them. Their senders know.',
    end: 'If you expected one of them, ask the person to send it another way. The list is under “Refused” for 30 days.',
  },
} as const;
