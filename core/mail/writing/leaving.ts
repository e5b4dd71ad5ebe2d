import type { LetterId } from '../../ground/ids.ts';
import { hasPhotograph } from '../../letters/message/photographs.ts';
import { EMPTY } from '../../roster/relate.ts';
import type { Outcome, Refusal } from '../../rules/outcome.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { DraftRef } from '../../store/mail/contract.ts';
import { draftOfLetter, draftState, sentLetter } from '../../store/mail/drafts.ts';
import { mailboxOf } from '../../store/mail/entries.ts';
import {
  callBack as callBackRow,
  leaveAt,
  leavingDrafts,
} from '../../store/mail/leaving-drafts.ts';
import { isDoubtful } from '../delivery/judging/doubtful.ts';
import { outcomeOf } from '../delivery/judging/judge.ts';
import type { HandedIn, Leaving } from './contract.ts';
import { letterMessageId } from './draft-form.ts';
import { judgedNow } from './judged.ts';
import { keptDraft, letterOf, writingOf, type StoredDraft } from './kept-draft.ts';
import { spelledOut } from './own-lists.ts';
import type { WritingParts } from './parts.ts';
import { allowedOf } from './reach.ts';

/** Letters that one account may let wait for an hour; more stay drafts. */
const MAX_SCHEDULED = 100;

/**
 * Hands a letter in: it leaves at `at`, or after the seconds in which it may be called back. The
 * rules are asked now, so that a refusal is heard at once, and again when it leaves.
 */
export async function handIn(
  parts: WritingParts,
  viewer: Viewer,
  { ref, at, send }: Handing,
): Promise<HandedIn> {
  const kept = await keptDraft(parts, viewer, ref);
  if (kept === null) return { kind: 'no-recipient' };
  const letter = letterOf(kept, parts.domain);
  if (kept.leavesAt !== null) return { kind: 'leaves', letter, at: kept.leavesAt };
  const foreseen = await foresee(parts, viewer, kept);
  if (foreseen?.kind === 'denied' || foreseen?.kind === 'no-recipient') return foreseen;
  if (at === null && parts.undoMs === 0) return send();
  const leavesAt = at ?? new Date(parts.clock().getTime() + parts.undoMs);
  const handed = await parts.store.write(viewer.school, async (tx): Promise<HandedIn> => {
    const waiting = await leavingDrafts(tx, viewer.account, MAX_SCHEDULED);
    if (waiting.length >= MAX_SCHEDULED) return { kind: 'too-many-scheduled' };
    const reason = at === null ? 'undo' : 'later';
    const holds = await leaveAt(tx, viewer.account, { ref, reason, at: leavesAt });
    return holds === null ? { kind: 'no-recipient' } : { kind: 'leaves', letter, at: holds };
  });
  if (handed.kind === 'leaves') parts.mailEvents.announce(viewer.school, [viewer.account]);
  return handed;
}

interface Handing {
  readonly ref: DraftRef;
  readonly at: Date | null;
  /** Sends it now, where nothing is to be waited for. */
  readonly send: () => Promise<Outcome>;
}

/** What the rules say now of a letter that leaves later; null where it may go. */
async function foresee(
  parts: WritingParts,
  viewer: Viewer,
  kept: StoredDraft,
): Promise<Outcome | null> {
  const spelled = await spelledOut({ parts, viewer }, writingOf(kept), allowedOf(parts, viewer));
  if (spelled.kind === 'denied') return spelled;
  const { recipients } = spelled;
  if (recipients.length === 0) return { kind: 'no-recipient' };
  const content = {
    ...EMPTY,
    attachments: kept.message.danger,
    photograph: hasPhotograph(kept.message, parts.secret),
    ...(await parts.sites.lookUp(kept.message.links)),
    doubtfulWords: await isDoubtful(
      parts,
      { sender: { kind: 'account', viewer }, recipients },
      { raw: kept.raw, read: kept.message },
    ),
  };
  return outcomeOf(await judgedNow(parts, viewer, { recipients, content }));
}

/** What became of a letter that was handed in; null where it is a draft like any other, or none. */
export async function leaving(
  parts: WritingParts,
  viewer: Viewer,
  letter: LetterId,
): Promise<Leaving | null> {
  const found = await parts.store.read(viewer.school, async (tx) => {
    const messageId = letterMessageId(letter, parts.domain);
    const sent = await sentLetter(tx, viewer.account, messageId);
    if (sent !== null) return { sent, draft: null };
    const mailbox = await mailboxOf(tx, viewer.account, 'drafts');
    const uid = mailbox === null ? null : await draftOfLetter(tx, mailbox, messageId);
    return { sent, draft: mailbox === null || uid === null ? null : { mailbox, uid } };
  });
  if (found.sent !== null) {
    const message = await parts.mail.read(viewer, found.sent.mailbox, found.sent.uid);
    return message && { kind: 'left', message };
  }
  const kept = found.draft && (await keptDraft(parts, viewer, found.draft));
  if (!kept || kept.leavesAt === null) return null;
  const foreseen = await foresee(parts, viewer, kept);
  const held = foreseen?.kind === 'held' ? foreseen.held : [];
  return waiting(parts, kept, { at: kept.leavesAt, held });
}

const waiting = (
  { domain }: WritingParts,
  kept: StoredDraft,
  when: { readonly at: Date; readonly held: readonly Refusal[] },
): Leaving => ({
  kind: 'waits',
  letter: letterOf(kept, domain),
  ref: kept.ref,
  writing: writingOf(kept),
  ...when,
});

/** Takes a letter back that hasn't left; false where it has, or is just leaving. */
export async function callBack(
  parts: WritingParts,
  viewer: Viewer,
  letter: LetterId,
): Promise<boolean> {
  const isBack = await parts.store.write(viewer.school, async (tx) => {
    const mailbox = await mailboxOf(tx, viewer.account, 'drafts');
    const messageId = letterMessageId(letter, parts.domain);
    const uid = mailbox === null ? null : await draftOfLetter(tx, mailbox, messageId);
    if (mailbox === null || uid === null) return false;
    const state = await draftState(tx, viewer.account, { mailbox, uid });
    // Nothing to call back: it waits for nothing any more.
    if (state !== null && state.waitsFor === null) return true;
    return callBackRow(tx, { mailbox, uid });
  });
  if (isBack) parts.mailEvents.announce(viewer.school, [viewer.account]);
  return isBack;
}

/** Letters that wait for their hour, the next first. */
export async function scheduled(parts: WritingParts, viewer: Viewer): Promise<readonly Leaving[]> {
  const refs = await parts.store.read(viewer.school, (tx) =>
    leavingDrafts(tx, viewer.account, MAX_SCHEDULED),
  );
  const found: Leaving[] = [];
  for (const ref of refs) {
    const kept = await keptDraft(parts, viewer, ref);
    if (kept?.leavesAt) found.push(waiting(parts, kept, { at: kept.leavesAt, held: [] }));
  }
  return found;
}
