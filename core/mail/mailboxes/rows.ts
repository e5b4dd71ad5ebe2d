/**
 * Rows and sections of messages, in bounded batches: a transaction each, so that a slow reader
 * holds none open.
 */
import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { Part } from '../../letters/message/message.ts';
import type { RoomVisit } from '../../rules/viewer.ts';
import type { Batch, UidSet } from '../../store/mail/contract.ts';
import { fetchBatch, shapesOf } from '../../store/mail/fetching.ts';
import { after } from '../../store/mail/uid-set.ts';
import type { Seer } from './contract/seer.ts';
import type { FetchWish } from './contract/wishes.ts';
import { BATCH_CHARACTERS, BATCH_ROWS, FIRST_BATCH_ROWS, NARROW_BATCH_ROWS } from './limits.ts';
import { readable, type OpenedParts } from './opened.ts';
import type { MailboxParts } from './parts.ts';

/** Columns of any length. */
const TEXTS = ['preview', 'envelope', 'body', 'bodyStructure'] as const;

/**
 * Rows ascending, in batches. The next one is asked for, on another connection, as soon as it is
 * known where this one ends: while its texts are looked up, and while it is worked on. At most two
 * are under way.
 */
export async function* fetch(
  { parts, viewer }: RoomVisit<OpenedParts, Seer>,
  mailbox: MailboxId,
  { uids, columns, changedSince = null }: FetchWish,
): AsyncGenerator<Batch> {
  const hasTexts = TEXTS.some((name) => columns[name]);
  let limit = hasTexts ? FIRST_BATCH_ROWS : NARROW_BATCH_ROWS;
  let rest = uids;
  for (let coming: Coming | null = load(rest, limit); coming;) {
    const heard: readonly number[] = await coming.heard;
    rest = after(rest, heard.at(-1) ?? Infinity);
    const isLast: boolean = heard.length < coming.limit || rest.length === 0;
    const next: Coming | null = isLast ? null : load(rest, limit);
    const batch: Batch | null = await coming.batch;
    if (!batch || batch.uids.length === 0) return;
    if (hasTexts) limit = nextLimit(batch, limit);
    yield batch;
    coming = next;
  }

  function load(set: UidSet, rows: number): Coming {
    const { promise: heard, resolve } = Promise.withResolvers<readonly number[]>();
    const batch = parts.store.readMoment(viewer.school, async (tx) => {
      const { texts } = parts;
      const page = { uids: set, columns, limit: rows, changedSince, texts, heard: resolve };
      const own = await fetchBatch(tx, { mailbox, owner: viewer.account }, page);
      return (
        own ??
        ((await readable(tx, viewer, mailbox))
          ? fetchBatch(tx, { mailbox, owner: null }, page)
          : null)
      );
    });
    const over = (): void => resolve([]);
    // what is thrown is told to whoever waits for the batch; perhaps nobody does any more
    void batch.then(over, over);
    return { limit: rows, heard, batch };
  }
}

/** A batch on its way: how many messages it may have, which are in it, and the whole. */
interface Coming {
  readonly limit: number;
  readonly heard: Promise<readonly number[]>;
  readonly batch: Promise<Batch | null>;
}

/** Short rows come by the thousand, long ones by the dozen. */
function nextLimit(batch: Batch, limit: number): number {
  const characters = [batch.envelopes, batch.bodies, batch.bodyStructures, batch.previews]
    .flat()
    .reduce((sum, text) => sum + text.length, 0);
  if (characters > BATCH_CHARACTERS) return Math.max(1, Math.floor(limit / 8));
  return characters > BATCH_CHARACTERS / 4 ? limit : BATCH_ROWS;
}

export function structure(
  { parts: { store }, viewer }: RoomVisit<MailboxParts, Seer>,
  mailbox: MailboxId,
  uid: Uid,
): Promise<Part | null> {
  return store.read(viewer.school, async (tx) => {
    if (!(await readable(tx, viewer, mailbox))) return null;
    const [shape] = await shapesOf(tx, mailbox, {
      uids: [{ from: uid, to: uid }],
      limit: 1,
      structure: true,
    });
    return shape?.structure ?? null;
  });
}
