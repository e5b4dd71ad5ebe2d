import type { AddressId } from '../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { insertAnswer, lockPaper } from '../../store/papers/answers.ts';
import { setUntil, withdrawPaper } from '../../store/papers/papers.ts';
import { frameOf, type PaperChild } from './asked-papers.ts';
import type { Extended, PaperSlip, SlipEntered } from './contract.ts';
import type { PaperRef } from './contract/slips.ts';
import { isAnswerTo } from './counting.ts';
import { paperToActOn } from './desk.ts';
import { signatureRow } from './family.ts';
import { keepSignature } from './journal.ts';
import { numbersGoneAt, paperGoneAt, reminderAt } from './moments.ts';
import type { AskingParts, PaperParts } from './parts.ts';
import { remindOf } from './reminding.ts';
import { sheetPhoto } from './sheet-photo.ts';
import type { Signer } from './slip.ts';
import { untilFor } from './wish.ts';

const MOST_NAME = 80;
const MOST_NOTE = 500;

/**
 * Notes a slip that came back on paper, before the end or after it: what was signed in time may be
 * carried home late.
 */
export async function enter(
  { parts, viewer }: RoomVisit<AskingParts>,
  ref: PaperRef,
  slip: PaperSlip,
): Promise<SlipEntered> {
  const found = await paperToActOn(parts, viewer, ref);
  const child = found?.paper.children.find(({ person }) => person.addressId === slip.child);
  if (!found || child === undefined) return { kind: 'missing' };
  const { desk, paper } = found;
  if (paper.row.withdrawnAt !== null) return { kind: 'withdrawn' };
  if (!isAnswerTo(frameOf(paper.now).question, slip.says)) return { kind: 'no-answer' };
  const signer = signerIn(child, slip);
  // Nobody notes on paper what they may sign themselves.
  if (signer === null || (signer.kind === 'guardian' && signer.id === viewer.addressId))
    return { kind: 'no-signer' };
  const photo = slip.photo && (await sheetPhoto(parts, viewer, slip.photo));
  if (photo !== null && 'kind' in photo) return photo;
  const row = signatureRow({
    roster: desk.roster,
    paper,
    child,
    signer,
    says: slip.says,
    note: slip.note.trim().slice(0, MOST_NOTE),
    at: parts.clock(),
    way: 'paper',
    by: viewer.addressId,
    photo: photo?.sha256 ?? null,
  });
  const isKept = await parts.store.write(ref.school, async (tx) => {
    const stands = await lockPaper(tx, row.paper);
    if (stands?.version !== row.version || stands.withdrawnAt !== null) return false;
    await insertAnswer(tx, row, { childName: child.name, photo });
    await keepSignature(tx, row);
    return true;
  });
  return { kind: isKept ? 'done' : 'withdrawn' };
}

function signerIn({ guardians }: PaperChild, slip: PaperSlip): Signer | null {
  if (slip.signer !== null) {
    const found = guardians.find(({ addressId }) => addressId === slip.signer);
    return found ? { kind: 'guardian', id: found.addressId, name: found.displayName } : null;
  }
  const name = slip.name.normalize('NFC').trim().replace(/\s+/gu, ' ').slice(0, MOST_NAME);
  return name === '' || /[\p{Cc}\p{Cf}]/u.test(name) ? null : { kind: 'on-paper', name };
}

/** Reminds by hand. */
export async function remind(
  { parts, viewer }: RoomVisit<PaperParts>,
  ref: PaperRef,
  child: AddressId | null,
): Promise<{ readonly reminded: number } | null> {
  const found = await paperToActOn(parts, viewer, ref);
  if (found === null) return null;
  return { reminded: await remindOf(parts, found.desk.roster, { paper: found.paper, child }) };
}

export async function withdraw(parts: PaperParts, viewer: Viewer, ref: PaperRef): Promise<boolean> {
  const found = await paperToActOn(parts, viewer, ref);
  if (found === null) return false;
  return parts.store.write(ref.school, async (tx) => {
    if (!(await withdrawPaper(tx, ref.paper, parts.clock()))) return false;
    await writeAudit(tx, viewer.addressId, 'paper-withdraw', { paper: ref.paper });
    return true;
  });
}

/** Another end: nothing of what is signed changes, so every answer holds. */
export async function extend(
  { parts, viewer }: RoomVisit<PaperParts>,
  ref: PaperRef,
  wish: Parameters<typeof untilFor>[1],
): Promise<Extended> {
  const found = await paperToActOn(parts, viewer, ref);
  if (found === null) return { kind: 'missing' };
  const { row, now: words } = found.paper;
  const { school } = found.desk.roster;
  const { timeZone } = school;
  const now = parts.clock();
  const frame = frameOf(words);
  const read = untilFor(frame, wish, { now, timeZone });
  if ('fault' in read) return { kind: 'faulty', fault: read.fault };
  const { until } = read;
  const hours = {
    until,
    remindAt: words.remindAt && reminderAt(school, until),
    numbersGoneAt: words.asksNumber ? numbersGoneAt(frame.occasion, { until, timeZone }) : null,
    goneAt: paperGoneAt(frame.occasion, { until, timeZone }),
  };
  const isDone = await parts.store.write(ref.school, async (tx) => {
    const asked = { paper: ref.paper, version: row.version };
    if (!(await setUntil(tx, asked, { hours, now }))) return false;
    await writeAudit(tx, viewer.addressId, 'paper-extend', { paper: ref.paper });
    return true;
  });
  return { kind: isDone ? 'done' : 'missing' };
}
