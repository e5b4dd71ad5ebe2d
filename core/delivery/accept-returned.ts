import { Readable } from 'node:stream';
import type { Outcome } from '../outcome.ts';
import { readLetter } from '../parsing/letters.ts';
import { copyEndAt, noteCopyReturned, saysFailed } from './copy-returns.ts';
import type { OwnHandover, ReleaseParts } from './parts.ts';
import { receive } from './receive.ts';

/** Takes what is for the other recipients. */
type AcceptRest = (recipients: readonly string[], raw: Readable) => Promise<Outcome>;

/**
 * What a server says of copies of ours, at their reverse-paths; it is read and kept nowhere.
 * Whatever else it is for goes on to `acceptRest`. Null: no copy is concerned, and nothing was
 * read.
 */
export async function acceptReturned(
  parts: ReleaseParts,
  { sender, recipients }: Pick<OwnHandover, 'sender' | 'recipients'>,
  raw: Readable,
  acceptRest: AcceptRest,
): Promise<Outcome | null> {
  if (sender.kind !== 'outside') return null;
  const ends = new Map(recipients.map((one) => [one, copyEndAt(one, parts.domain)] as const));
  const copies = [...ends.values()].filter((end) => end !== null && end !== 'answer');
  if (copies.length === 0) return null;
  const received = await receive(raw, parts.maxMessageBytes);
  if (received.kind === 'too-big') return { kind: 'too-big', limitBytes: parts.maxMessageBytes };
  const read = await readLetter(received.bytes);
  if (read.kind === 'read' && saysFailed(received.bytes, read.message))
    for (const name of copies) await noteCopyReturned(parts, name);
  const rest = recipients.filter((one) => ends.get(one) === null);
  return rest.length === 0
    ? { kind: 'accepted', message: null }
    : acceptRest(rest, Readable.from([received.bytes]));
}
