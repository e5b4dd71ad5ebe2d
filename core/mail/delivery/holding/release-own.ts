import { randomUUID } from 'node:crypto';
import type { MessageId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { lockOwn, wishFor } from '../../../store/mail/hold-decisions.ts';
import type { ReleaseParts } from '../parts.ts';
import { takeEffect } from './moderation-due.ts';

/** What somebody says who lets a letter of their own go. */
const MAX_REASON = 500;

/** Lets a letter of the viewer's go that waits for their own word; why stays in the journal. */
export type ReleaseOwn = (viewer: Viewer, message: MessageId, reason: string) => Promise<boolean>;

/** False: nothing of theirs waits for their word (any more), or they gave no reason. */
export async function releaseOwn(
  parts: ReleaseParts,
  viewer: Viewer,
  { message, reason }: { readonly message: MessageId; readonly reason: string },
): Promise<boolean> {
  const note = reason.trim().slice(0, MAX_REASON);
  if (note === '') return false;
  const { school, addressId: by } = viewer;
  const ids = await parts.store.write(school, async (tx) => {
    const own = await lockOwn(tx, { message, writer: by });
    const wish = { decision: randomUUID(), kind: 'release', by, note } as const;
    await wishFor(tx, own, { ...wish, effectAt: parts.clock() });
    return own;
  });
  const [first] = ids;
  if (first === undefined) return false;
  // Those that wait together go together; where this process ends first, the worker does it.
  await takeEffect(parts, school, first);
  return true;
}
