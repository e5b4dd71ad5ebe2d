import { peopleOf } from '../../directory/people-of.ts';
import type { AddressId, MailboxId, Uid } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import {
  lockCopies,
  putBack,
  reportedLetter,
  takeCopies,
  type ReportedLetter,
} from '../../store/mail/reported-copies.ts';
import {
  changeReport,
  deleteMark,
  deleteReport,
  insertReport,
  lockReport,
  reportFrom,
  stepsOf,
} from '../../store/mail/reports.ts';
import type { SchoolTx } from '../../store/store.ts';
import { adultsOf } from './adults.ts';
import type { LetterReturn } from './contract.ts';
import { TAKE_BACK_MS, type ReportParts } from './parts.ts';

interface At {
  readonly mailbox: MailboxId;
  readonly uid: Uid;
}

/** Who wrote a letter, as far as somebody of ours did. */
interface Writer {
  readonly id: AddressId | null;
  readonly name: string;
}

/**
 * One tap: the letter leaves the child's mail and is kept, in one transaction. Whoever recalls it
 * at that moment has taken an unread copy before, or finds none any more.
 */
export async function report(parts: ReportParts, viewer: Viewer, at: At): Promise<number | null> {
  if (viewer.role !== 'pupil') return null;
  const seen = await parts.store.read(viewer.school, (tx) =>
    reportedLetter(tx, viewer.account, at),
  );
  if (seen === null)
    return parts.store.read(viewer.school, (tx) => reportFrom(tx, viewer.account, at));
  if (!isReportable(seen, viewer)) return null;
  const writer = await writerOf(parts, seen);
  const classes = viewer.classes.map(({ id }) => id);
  const adults = await adultsOf(parts, {
    school: viewer.school,
    child: viewer.addressId,
    classes,
    writer: writer.id,
  });
  const isOfSchool = seen.senderRole === 'teacher' || seen.senderRole === 'head';
  const nobody = adults.teachers.length + adults.heads.length === 0;
  const id = await parts.store.write(viewer.school, async (tx) => {
    await lockCopies(tx, viewer.account);
    const letter = await reportedLetter(tx, viewer.account, at);
    if (letter === null) return reportFrom(tx, viewer.account, at);
    const now = parts.clock();
    const made = await insertReport(tx, {
      message: letter.message,
      account: viewer.account,
      child: viewer.addressId,
      childName: viewer.displayName,
      classes,
      writer: writer.id,
      writerRole: writer.id === null ? 'outside' : letter.senderRole,
      writerName: writer.name,
      at: now,
      toldFrom: new Date(now.getTime() + TAKE_BACK_MS),
      copies: letter.copies,
      forTown: (writer.id !== null && isOfSchool) || nobody,
    });
    await takeCopies(tx, letter.copies);
    return made;
  });
  if (id !== null) parts.mailEvents.announce(viewer.school, [viewer.account]);
  return id;
}

/** Whatever somebody else wrote. What a program put there may be anybody's. */
function isReportable({ sender, senderRole, origin }: ReportedLetter, viewer: Viewer): boolean {
  if (origin === 'added' || origin === 'brought') return true;
  return senderRole !== 'system' && sender !== viewer.addressId;
}

async function writerOf({ directory }: ReportParts, letter: ReportedLetter): Promise<Writer> {
  const [from] = letter.from;
  const said = from === undefined ? '' : from.name || from.address;
  if (letter.sender === null || letter.origin === 'added' || letter.origin === 'brought')
    return { id: null, name: said };
  const found = (await peopleOf(directory, [letter.sender])).get(letter.sender);
  return { id: letter.sender, name: found?.person.displayName ?? said };
}

/** The tap was a mistake: the letter comes back as it was. Nobody has been told by then. */
export async function takeBack(
  parts: ReportParts,
  viewer: Viewer,
  id: number,
): Promise<LetterReturn> {
  const done = await parts.store.write(viewer.school, async (tx): Promise<LetterReturn> => {
    const found = await lockReport(tx, id);
    if (found === null || found.child !== viewer.addressId) return { kind: 'missing' };
    if (found.level > 0 || found.closedAt !== null || found.toldFrom <= parts.clock())
      return { kind: 'too-late' };
    const place = await putBack(tx, viewer.account, found);
    if (place === null) return { kind: 'missing' };
    await forget(tx, id, parts.clock());
    return { kind: 'back', ...place };
  });
  if (done.kind === 'back') parts.mailEvents.announce(viewer.school, [viewer.account]);
  return done;
}

/** What adults had done about the same letter once before stays written down. */
async function forget(tx: SchoolTx, id: number, now: Date): Promise<void> {
  if ((await stepsOf(tx, [id])).size > 0) return changeReport(tx, id, { closedAt: now });
  await deleteReport(tx, id);
  await deleteMark(tx, id);
}
