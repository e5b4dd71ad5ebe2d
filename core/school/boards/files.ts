import type { MessageId } from '../../ground/ids.ts';
import { offeredFile } from '../../letters/message/attachments.ts';
import { partsOf } from '../../letters/message/body.ts';
import type { Attachment, OfferedFile } from '../../letters/message/message.ts';
import { rangesOf, storedHeads } from '../../store/mail/stored-messages.ts';
import type { SchoolTx } from '../../store/store.ts';

/** The files of the letters that notices are. */
export async function filesOf(
  tx: SchoolTx,
  messages: readonly MessageId[],
): Promise<ReadonlyMap<MessageId, readonly Attachment[]>> {
  const heads = await storedHeads(tx, messages);
  return new Map([...heads].map(([id, { attachments }]) => [id, attachments]));
}

/** One of them, its encoding undone; null: there is none at this path. */
export async function fileAt(
  tx: SchoolTx,
  message: MessageId,
  path: string,
): Promise<OfferedFile | null> {
  const head = (await storedHeads(tx, [message])).get(message);
  const attachment = head?.attachments.find((one) => one.path === path);
  const part = head && [...partsOf(head.structure)].find((one) => one.path === path);
  if (attachment === undefined || part === undefined) return null;
  const { bodyStart: start, bodyEnd: end } = part;
  const [bytes = Buffer.alloc(0)] = await rangesOf(tx, [{ message, start, end }]);
  return offeredFile(attachment, part, bytes);
}
