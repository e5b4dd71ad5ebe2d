import type { MailboxId, Uid } from '../ids.ts';
import { readBody } from '../message/body.ts';
import { readHtml } from '../message/html-text.ts';
import type { Part } from '../message/message.ts';
import { conversationOf, shortBodies } from '../store/mail/conversation.ts';
import { listedRow, rowsOfMessages, type ListedRow } from '../store/mail/listing.ts';
import type { Viewer } from '../viewer.ts';
import type { Turn } from './contract.ts';
import { facesOf, rowOf, type ReadingParts } from './rows.ts';

/** Messages beside the one that is open. */
const MAX_TURNS = 40;
/** A longer message opens by itself. */
const MAX_TURN_BYTES = 100_000;
/** Characters shown of one. */
const MAX_TURN_TEXT = 10_000;

/** The other messages of a conversation, each once, where it lies first. */
export async function conversation(
  parts: ReadingParts,
  viewer: Viewer,
  mailbox: MailboxId,
  uid: Uid,
): Promise<Turn[]> {
  const { rows, bodies } = await parts.store.read(viewer.school, async (tx) => {
    const open = await listedRow(tx, viewer.account, mailbox, uid);
    const messages = open
      ? (await conversationOf(tx, viewer.account, open.message, MAX_TURNS + 1)).filter(
          (id) => id !== open.message,
        )
      : [];
    if (messages.length === 0)
      return {
        rows: [],
        bodies: new Map<ListedRow['message'], { raw: Buffer; structure: Part }>(),
      };
    return {
      rows: once(await rowsOfMessages(tx, viewer.account, messages)),
      bodies: await shortBodies(tx, messages, MAX_TURN_BYTES),
    };
  });
  const faces = await facesOf(parts, viewer, rows);
  return rows.map((row) => {
    const body = bodies.get(row.message);
    return { ...rowOf(row, faces, viewer), text: body === undefined ? null : textOf(body) };
  });
}

/** What one wrote to a list of one's own lies in Sent and in the inbox. */
function once(rows: readonly ListedRow[]): ListedRow[] {
  const seen = new Set<ListedRow['message']>();
  return rows.filter(({ message }) => !seen.has(message) && seen.add(message));
}

function textOf({ raw, structure }: { readonly raw: Buffer; readonly structure: Part }): string {
  const { text, html } = readBody(raw, structure);
  return (text ?? readHtml(html ?? '').text).slice(0, MAX_TURN_TEXT);
}
