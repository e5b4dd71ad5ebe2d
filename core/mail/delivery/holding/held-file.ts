import { offeredFile } from '../../../letters/message/attachments.ts';
import { partsOf } from '../../../letters/message/body.ts';
import type { OfferedFile } from '../../../letters/message/message.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { heldTogether } from '../../../store/mail/holds.ts';
import { rangesOf, storedHeads } from '../../../store/mail/stored-messages.ts';
import type { ReleaseParts } from '../parts.ts';
import type { HoldName } from './contract.ts';
import { mayDecide, moderatedBy } from './moderated.ts';

/**
 * A file of a letter that waits, for whose word it waits: whoever decides about a drawing must see
 * it. What waits was scanned when it came, as all mail. Null: not there, or none of theirs; what
 * waits for the clock is nobody's to see.
 */
export async function heldFile(
  parts: ReleaseParts,
  viewer: Viewer,
  { school, hold, path }: HoldName & { readonly path: string },
): Promise<OfferedFile | null> {
  const moderated = (await moderatedBy(parts, viewer)).get(school);
  if (moderated === undefined) return null;
  return parts.store.readMoment(school, async (tx) => {
    const row = (await heldTogether(tx, hold)).find((one) => mayDecide(moderated, viewer, one));
    const head = row && (await storedHeads(tx, [row.message])).get(row.message);
    const attachment = head?.attachments.find((one) => one.path === path);
    const part = head && [...partsOf(head.structure)].find((one) => one.path === path);
    if (head === undefined || attachment === undefined || part === undefined) return null;
    const range = { message: head.id, start: part.bodyStart, end: part.bodyEnd };
    const [bytes] = await rangesOf(tx, [range]);
    return bytes === undefined ? null : offeredFile(attachment, part, bytes);
  });
}
