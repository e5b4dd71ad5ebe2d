import { Fault } from '../../ground/fault.ts';
import type { AccountId, MessageId, SchoolId } from '../../ground/ids.ts';
import type { Night } from '../../ground/night-job.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { headsOf } from '../../roster/snapshot.ts';
import { writeAudit } from '../../store/audit.ts';
import { filesFromOutside, takeOut } from '../../store/mail/rescanning.ts';
import { storedMessages, type StoredMessage } from '../../store/mail/stored-messages.ts';
import { allSchools } from '../../store/schools/roster.ts';
import { isInfectedNow } from '../delivery/judging/scan-again.ts';
import type { ReleaseParts } from '../delivery/parts.ts';
import { readLetter } from '../parsing/letters.ts';
import type { RescanReport } from './contract.ts';
import { takenWords } from './taken-words.ts';

/** A signature comes some days after what it knows. */
const DAYS = 7;
/** Letters whose ids one statement asks for. */
const AT_ONCE = 100;

/** Letters on which the scanner gives no answer, more than which are its own fault. */
const MOST_SILENT = 20;

/** A letter, named. */
export interface RescanLetter {
  readonly school: SchoolId;
  readonly id: MessageId;
}

/** Where one is among all: a school, and the last number that was looked at in it. */
export interface RescanPoint {
  readonly school: number;
  readonly after: number;
  /** On the way here the scanner gave no answer on these: they are asked again at the end. */
  readonly silent: readonly RescanLetter[];
}

/**
 * As `Quarantine.rescan`, from one letter on; `reached` hears of each that was looked at. A letter
 * on which the scanner gives no answer keeps none behind it from being looked at. Throws where the
 * scanner is away, or the night ends.
 */
export async function rescan(
  parts: ReleaseParts,
  night: Pick<Night, 'breathe'>,
  { from, reached }: { from?: RescanPoint; reached?: (point: RescanPoint) => Promise<void> } = {},
): Promise<RescanReport> {
  const since = new Date(parts.clock().getTime() - DAYS * DAY_MS);
  const silent = [...(from?.silent ?? [])];
  let [letters, taken] = [0, 0];
  for (const school of (await parts.store.readTown(allSchools)).toSorted((a, b) => a - b)) {
    if (from !== undefined && school < from.school) continue;
    const after = school === from?.school ? from.after : 0;
    for await (const message of lettersOf(parts, school, { since, after })) {
      await night.breathe();
      letters += 1;
      const became = await lookAt(parts, school, message);
      if (became === 'taken') taken += 1;
      if (became === 'silent' && silent.length >= MOST_SILENT) throw scannerDown();
      if (became === 'silent') silent.push({ school, id: message.id });
      await reached?.({ school, after: message.id, silent: [...silent] });
      if (became === 'silent' && !(await parts.scanner.ping())) throw scannerDown();
    }
  }
  const again = await askAgain(parts, night, silent);
  return { letters, taken: taken + again.taken, silent: again.silent };
}

const scannerDown = () =>
  new Fault('scanner-down', 'it gives no answer on letters of the last days', { transient: true });

/** Asks once more on those that had no answer; what has none now is named in the log. */
async function askAgain(
  parts: ReleaseParts,
  night: Pick<Night, 'breathe'>,
  letters: readonly RescanLetter[],
): Promise<Pick<RescanReport, 'taken' | 'silent'>> {
  let [taken, silent] = [0, 0];
  for (const { school, id } of letters) {
    await night.breathe();
    const message = (await parts.store.read(school, (tx) => storedMessages(tx, [id]))).get(id);
    if (message === undefined) continue;
    const became = await lookAt(parts, school, message);
    if (became === 'taken') taken += 1;
    if (became !== 'silent') continue;
    silent += 1;
    parts.log.warn({ school, message: id }, 'the scanner gives no answer on a letter');
  }
  return { taken, silent };
}

/** Takes it out where it is harmful by now; `silent`: the scanner gives no answer on it. */
async function lookAt(
  parts: ReleaseParts,
  school: SchoolId,
  message: StoredMessage,
): Promise<'harmless' | 'taken' | 'silent'> {
  try {
    if (!(await isHarmfulNow(parts, message))) return 'harmless';
  } catch (error) {
    if (error instanceof Fault && error.code === 'scanner-down') return 'silent';
    throw error;
  }
  await take(parts, school, message);
  return 'taken';
}

/** One in memory at a time: some are big. */
async function* lettersOf(
  { store }: ReleaseParts,
  school: SchoolId,
  { since, after: begin }: { readonly since: Date; readonly after: number },
): AsyncGenerator<StoredMessage> {
  let after = begin;
  for (;;) {
    const from = { since, after, limit: AT_ONCE };
    const ids: MessageId[] = await store.read(school, (tx) => filesFromOutside(tx, from));
    for (const id of ids) {
      const message = (await store.read(school, (tx) => storedMessages(tx, [id]))).get(id);
      if (message) yield message;
    }
    after = ids.at(-1) ?? after;
    if (ids.length < AT_ONCE) return;
  }
}

async function isHarmfulNow({ scanner }: ReleaseParts, { raw }: StoredMessage): Promise<boolean> {
  const read = await readLetter(raw);
  return read.kind === 'read' && isInfectedNow(scanner, raw, read.message);
}

/** Gone, told and written down at once, or not at all. */
async function take(
  parts: ReleaseParts,
  school: SchoolId,
  { id, envelope, receivedAt }: StoredMessage,
): Promise<void> {
  const roster = (await parts.directory.rosters([school], { maxAgeMs: 0 })).get(school);
  if (roster === undefined) return;
  const { timeZone } = roster.school;
  const told = await parts.store.town(async (tx) => {
    const readers = new Set(await takeOut(await tx.in(school), id));
    await writeAudit(await tx.in(school), null, 'take-out', { copies: readers.size });
    const heads = new Set(headsOf(roster, parts.clock()));
    const accounts: AccountId[] = [];
    for (const person of roster.people.values()) {
      const isReader = readers.has(person.account);
      if (!isReader && !heads.has(person.addressId)) continue;
      const raw = await parts.notices.writeTo(
        person,
        takenWords(person, { isReader, envelope, receivedAt, timeZone }),
      );
      await parts.notices.place(tx, { school, account: person.account }, raw);
      accounts.push(person.account);
    }
    return accounts;
  });
  parts.mailEvents.announce(school, told);
}
