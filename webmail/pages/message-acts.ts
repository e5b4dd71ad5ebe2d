import type { Core, SpecialUse, Uid } from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { chosenMailbox } from '../mailboxes.ts';
import type { Visit } from '../visit.ts';
import type { DoneWithMessage } from './mailbox.ts';

/** What a form of ours may ask to be marked. */
const MARKS: ReadonlyMap<string, Parameters<Core['mail']['mark']>[3]> = new Map([
  ['seen', { seen: true }],
  ['unseen', { seen: false }],
  ['flagged', { flagged: true }],
  ['unflagged', { flagged: false }],
]);
/** Where a message may go, and what the list then says of it. */
const TARGETS: readonly (readonly [SpecialUse, DoneWithMessage])[] = [
  ['inbox', 'restored'],
  ['archive', 'archived'],
  ['trash', 'thrown'],
];
/** A draft was never received: it goes to the bin, and back to where it can be finished. */
const DRAFT_TARGETS: readonly (readonly [SpecialUse, DoneWithMessage])[] = [
  ['drafts', 'redrafted'],
  ['trash', 'dropped'],
];

/** POST /mail/:mailbox/:uid/mark: the star, or the bead put back. */
export async function mark(
  visit: Visit<'mail'>,
  slug: string,
  act: { readonly uid: Uid; readonly mark: string },
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  const marks = MARKS.get(act.mark);
  if (chosen === null || marks === undefined) return MISSING;
  if ((await visit.core.mail.read(visit.viewer, chosen.mailbox.id, act.uid)) === null)
    return MISSING;
  await visit.core.mail.mark(visit.viewer, chosen.mailbox.id, [act.uid], marks);
  return { kind: 'go', to: act.mark === 'unseen' ? chosen.path : `${chosen.path}/${act.uid}` };
}

/**
 * POST /mail/:mailbox/:uid/report: « Ce message me gêne ». The teachers are told; the message
 * stays.
 */
export async function report(
  visit: Visit<'mail' | 'moderation'>,
  slug: string,
  uid: Uid,
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (
    chosen === null ||
    !(await visit.core.moderation.report(visit.viewer, chosen.mailbox.id, uid))
  )
    return MISSING;
  return { kind: 'go', to: `${chosen.path}/${uid}?reported=1` };
}

/**
 * POST /mail/:mailbox/:uid/move: to the bin, the archive, back to where it came from, or erased for
 * good.
 */
export async function move(
  visit: Visit<'mail'>,
  slug: string,
  act: { readonly uid: Uid; readonly to: string },
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const shown = await visit.core.mail.read(visit.viewer, chosen.mailbox.id, act.uid);
  if (shown === null) return MISSING;
  if (act.to === 'erase' && chosen.shelf === 'trash') {
    await visit.core.mail.erase(visit.viewer, chosen.mailbox.id, [act.uid]);
    return { kind: 'go', to: `${chosen.path}?said=erased` };
  }
  const [target, said] =
    (shown.isDraft ? DRAFT_TARGETS : TARGETS).find(([use]) => use === act.to) ?? [];
  if (target === undefined) return MISSING;
  await visit.core.mail.move(visit.viewer, chosen.mailbox.id, [act.uid], target);
  return { kind: 'go', to: `${chosen.path}?said=${said}` };
}

/** POST /mail/trash/empty: everything in the bin is erased for good. */
export async function emptyTrash(visit: Visit<'mail'>): Promise<Answer> {
  await visit.core.mail.emptyTrash(visit.viewer);
  return { kind: 'go', to: '/mail/trash?said=emptied' };
}
