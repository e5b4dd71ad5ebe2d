import type { MailboxId, Uid } from '../../ground/ids.ts';
import { mapInTurns } from '../../ground/map-in-turns.ts';
import { readBody } from '../../letters/message/body.ts';
import { readHtml } from '../../letters/message/html-text.ts';
import type { Part } from '../../letters/message/message.ts';
import type { RoomVisit } from '../../rules/viewer.ts';
import { shortBodies } from '../../store/mail/conversation.ts';
import { rowsOfConversation } from '../../store/mail/list-page.ts';
import type { ListedRow } from '../../store/mail/listing.ts';
import type { ConversationTurn } from './contract.ts';
import { facesOf, rowOf, type ReadingParts } from './rows.ts';

/** Messages beside the one that is open. */
const MAX_TURNS = 40;
/** A longer message opens by itself. */
const MAX_TURN_BYTES = 100_000;
/** Characters shown of one. */
const MAX_TURN_TEXT = 10_000;

/** The other messages of a conversation, each once, where it lies first. */
export async function conversation(
  { parts, viewer }: RoomVisit<ReadingParts>,
  mailbox: MailboxId,
  uid: Uid,
): Promise<ConversationTurn[]> {
  const { rows, bodies } = await parts.store.read(viewer.school, async (tx) => {
    const all = await rowsOfConversation(tx, viewer.account, { mailbox, uid });
    const own = once(all).slice(-MAX_TURNS);
    return {
      rows: own,
      bodies: await shortBodies(
        tx,
        own.map(({ message }) => message),
        MAX_TURN_BYTES,
      ),
    };
  });
  const faces = await facesOf(parts, viewer, rows);
  return mapInTurns(rows, (row) => {
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
