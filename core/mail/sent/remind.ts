import { nameForChild } from '../../directory/child-names.ts';
import type { Person, Roster } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { takeReminder } from '../../store/mail/readers.ts';
import type { ServiceWords } from '../delivery/telling/notice.ts';
import { SERVICE_LETTERS } from '../delivery/telling/service-letters.ts';
import type { ReminderOutcome } from './contract.ts';
import { ownLetter, type At, type SentParts } from './parts.ts';
import { knownReaders, waitingFor } from './read-state.ts';

/**
 * A notice of the service to everybody who has not read a letter, of whom its writer learns no
 * more than how many. Whoever the writer may not write to any more gets none: the rules are asked.
 * A child who has reported it is counted and hears nothing: neither who wrote it nor they are told.
 */
export async function remind(parts: SentParts, viewer: Viewer, at: At): Promise<ReminderOutcome> {
  const letter = await parts.store.read(viewer.school, (tx) => ownLetter(tx, viewer, at));
  const known = letter && (await knownReaders(parts, viewer, letter));
  if (!letter || !known || letter.recalled !== null) return { kind: 'missing' };
  const rosters = await parts.directory.rosters([viewer.school], { maxAgeMs: 0 });
  const roster = rosters.get(viewer.school);
  if (!roster) return { kind: 'missing' };
  const waiting = waitingFor(known);
  const people = waiting.flatMap(({ addressId }) => roster.people.get(addressId) ?? []);
  const allowed = await whoMayBeReached(parts, viewer, people);
  if (allowed.length === 0) return { kind: 'nobody' };
  if (!(await parts.store.write(viewer.school, (tx) => takeReminder(tx, letter.message))))
    return { kind: 'too-soon' };
  const about = { writer: viewer, subject: letter.subject, roster, now: parts.clock() };
  const reported = new Set(waiting.flatMap((one) => (one.reported ? [one.account] : [])));
  const told = allowed.filter(({ account }) => !reported.has(account));
  for (const [text, some] of Map.groupBy(told, (one) => words(one, about).text)) {
    const subject = some[0] === undefined ? letter.subject : words(some[0], about).subject;
    const raw = await parts.notices.write({ to: null, subject, text });
    await parts.notices.deliverToAll(
      viewer.school,
      some.map(({ account }) => account),
      raw,
    );
  }
  return { kind: 'reminded', readers: allowed.length };
}

async function whoMayBeReached(
  { delivery }: SentParts,
  viewer: Viewer,
  people: readonly Person[],
): Promise<Person[]> {
  const allowed: Person[] = [];
  for (const person of people) {
    const outcome = await delivery.checkRecipient({ kind: 'account', viewer }, person.address);
    if (outcome.kind === 'accepted') allowed.push(person);
  }
  return allowed;
}

interface About {
  readonly writer: Viewer;
  readonly subject: string;
  readonly roster: Roster;
  readonly now: Date;
}

/** What one reader is told, with the writer's name as they know it. */
function words(
  { language, role, addressId }: Person,
  { writer, subject, roster, now }: About,
): ReturnType<Words> {
  const person = roster.people.get(writer.addressId);
  if (role !== 'pupil' || !person)
    return SERVICE_LETTERS[language].toRead.adult(writer.displayName, subject);
  const name = nameForChild(person, roster, { addressId, roster, now });
  return SERVICE_LETTERS[language].toRead.child(name, subject);
}

type Words = (name: string, subject: string) => ServiceWords;
