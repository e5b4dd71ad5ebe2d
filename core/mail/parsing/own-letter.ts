import { Fault } from '../../ground/fault.ts';
import { compose } from '../../letters/message/compose.ts';
import type { HeaderAddress, ReadMessage } from '../../letters/message/message.ts';
import { readLetter } from './letters.ts';

/** A letter that the service writes: to whom, with what words, from which of its addresses. */
interface ServiceLetter {
  readonly from: string;
  /** Null: to several, and none of them is named. */
  readonly to: HeaderAddress | null;
  readonly subject: string;
  readonly text: string;
  /** The left side of its Message-ID. */
  readonly id: string;
  readonly date: Date;
  readonly domain: string;
  /** Besides that a program wrote it (RFC 3834 §3.1.7). */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Writes it: bytes that say that a program wrote them, so that nobody's absence answers. */
export async function writeOurs(letter: ServiceLetter): Promise<Buffer> {
  const composed = await compose({
    from: { name: 'Préau', address: letter.from },
    to: letter.to === null ? [] : [letter.to],
    cc: [],
    subject: letter.subject,
    text: letter.text,
    attachments: [],
    inReplyTo: null,
    references: [],
    date: letter.date,
    messageId: `<${letter.id}@${letter.domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated', ...letter.headers },
  });
  if (composed.kind === 'refused')
    throw new Fault('row-missing', `a letter of ours can't be written: ${composed.field}`, {
      transient: false,
    });
  return composed.raw;
}

/** Reads one back, as any letter is. */
export async function readOurs(raw: Buffer): Promise<ReadMessage> {
  const read = await readLetter(raw);
  if (read.kind === 'refused')
    throw new Fault('row-missing', 'a letter of ours can’t be read', { transient: false });
  return read.message;
}
