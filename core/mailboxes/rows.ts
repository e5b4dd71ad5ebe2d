/** Rows and sections of messages, in bounded batches: a transaction each, so that a slow reader holds none open. */
import type { MailboxId, Uid, Viewer } from '../core.ts';
import type { Part } from '../message/message.ts';
import { fetchBatch, shapesOf } from '../store/mail/fetching.ts';
import { BATCH_CHARACTERS, BATCH_ROWS, FIRST_BATCH_ROWS, NARROW_BATCH_ROWS } from './limits.ts';
import type { Batch, Columns, UidSet } from './contract.ts';
import { readable, type OpenedParts } from './opened.ts';
import type { MailboxParts } from './parts.ts';
import { after } from './uid-set.ts';

/** Columns of any length. */
const TEXTS = ['preview', 'envelope', 'body', 'bodyStructure'] as const;

/** Rows ascending; the next batch is read while one is worked on. */
export async function* fetch(parts: OpenedParts, viewer: Viewer, mailbox: MailboxId, uids: UidSet, columns: Columns, changedSince: number | null): AsyncGenerator<Batch> {
  const load = (set: UidSet, limit: number): Promise<Batch | null> => parts.store.readMoment(viewer.school, async (tx) => {
    const page = { limit, changedSince, texts: parts.texts };
    const own = await fetchBatch(tx, { mailbox, owner: viewer.account }, set, columns, page);
    return own ?? (await readable(tx, viewer, mailbox) ? fetchBatch(tx, { mailbox, owner: null }, set, columns, page) : null);
  });
  const hasTexts = TEXTS.some((name) => columns[name]);
  let limit = hasTexts ? FIRST_BATCH_ROWS : NARROW_BATCH_ROWS;
  let coming: Promise<Batch | null> = load(uids, limit);
  let rest = uids;
  for (;;) {
    const batch = await coming;
    const last = batch?.uids.at(-1);
    if (!batch || last === undefined) return;
    rest = after(rest, last);
    const isLast = batch.uids.length < limit || rest.length === 0;
    if (!isLast) {
      if (hasTexts) limit = nextLimit(batch, limit);
      coming = load(rest, limit);
      coming.catch(() => {}); // thrown when it is waited for; nobody may wait for it any more
    }
    yield batch;
    if (isLast) return;
  }
}

/** Short rows come by the thousand, long ones by the dozen. */
function nextLimit(batch: Batch, limit: number): number {
  const characters = [batch.envelopes, batch.bodies, batch.bodyStructures, batch.previews].flat().reduce((sum, text) => sum + text.length, 0);
  if (characters > BATCH_CHARACTERS) return Math.max(1, Math.floor(limit / 8));
  return characters > BATCH_CHARACTERS / 4 ? limit : BATCH_ROWS;
}

export function structure({ store }: MailboxParts, viewer: Viewer, mailbox: MailboxId, uid: Uid): Promise<Part | null> {
  return store.read(viewer.school, async (tx) => {
    if (!await readable(tx, viewer, mailbox)) return null;
    const [shape] = await shapesOf(tx, mailbox, [{ from: uid, to: uid }], { limit: 1, structure: true });
    return shape?.structure ?? null;
  });
}
