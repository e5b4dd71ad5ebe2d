import type { AddressId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { insertAnswer } from '../../store/papers/answers.ts';
import { withdrawPaper } from '../../store/papers/papers.ts';
import type { PaperRef, PaperSlip, SlipEntered } from './contract.ts';
import { isAnswerTo } from './counting.ts';
import { paperToActOn } from './desk.ts';
import { frameOf, type PaperChild } from './facts.ts';
import { signatureRow } from './family.ts';
import { keepSignature } from './journal.ts';
import type { PaperParts } from './parts.ts';
import { remindOf } from './reminding.ts';
import type { Signer } from './slip.ts';

const MOST_NAME = 80;
const MOST_NOTE = 500;

/**
 * Notes a slip that came back on paper, before the end or after it: what was signed in time may be
 * carried home late.
 */
export async function enter(
  parts: PaperParts,
  viewer: Viewer,
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
  });
  const isKept = await parts.store.write(ref.school, async (tx) => {
    if (!(await insertAnswer(tx, row))) return false;
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
  parts: PaperParts,
  viewer: Viewer,
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
