import { sql, type Selectable } from 'kysely';
import type { AddressId, MessageId } from '../../ground/ids.ts';
import type { Attachment, Envelope, Part } from '../../letters/message/message.ts';
import type { Role } from '../../rules/facts.ts';
import { anyOf } from '../any-of.ts';
import { bytesElsewhere, withRaw } from '../bodies/elsewhere.ts';
import type { Origin } from '../columns.ts';
import { ownKept } from '../own.ts';
import type { SchoolTx } from '../store.ts';
import type { Database } from '../tables.ts';
import type { HandoverNotes } from './messages.ts';

/** A stored message as moderation and release need it. */
export interface StoredMessage {
  readonly id: MessageId;
  readonly senderAddressId: AddressId | null;
  readonly senderRole: Role;
  readonly origin: Origin;
  readonly envelope: Envelope;
  readonly attachments: readonly Attachment[];
  readonly structure: Part;
  readonly receivedAt: Date;
  /** A program wrote it (RFC 3834 §2). */
  readonly automatic: boolean;
  readonly handed: HandoverNotes | null;
  readonly raw: Buffer;
}

/** The same without its bytes, which may be many. */
export type StoredHead = Omit<StoredMessage, 'raw'>;

const HEAD = [
  'id',
  'sender_address_id',
  'sender_role',
  'origin',
  'envelope',
  'attachments',
  'structure',
  'received_at',
  'automatic',
  'recipients',
  'proved_by',
  'junk_signs',
] as const;

export async function storedMessages(
  tx: SchoolTx,
  ids: readonly MessageId[],
): Promise<Map<MessageId, StoredMessage>> {
  if (ids.length === 0) return new Map();
  const rows = await ownKept(tx)
    .selectFrom('message', { id: anyOf(ids) })
    .select([...HEAD, 'raw'])
    .execute();
  const whole = await withRaw(tx, rows);
  return new Map(whole.map((row) => [row.id, { ...headOf(row), raw: row.raw }]));
}

export async function storedHeads(
  tx: SchoolTx,
  ids: readonly MessageId[],
): Promise<Map<MessageId, StoredHead>> {
  if (ids.length === 0) return new Map();
  const rows = await ownKept(tx)
    .selectFrom('message', { id: anyOf(ids) })
    .select(HEAD)
    .execute();
  return new Map(rows.map((row) => [row.id, headOf(row)]));
}

function headOf(row: Pick<Selectable<Database['message']>, (typeof HEAD)[number]>): StoredHead {
  return {
    id: row.id,
    senderAddressId: row.sender_address_id,
    senderRole: row.sender_role,
    origin: row.origin,
    envelope: row.envelope,
    attachments: row.attachments,
    structure: row.structure,
    receivedAt: row.received_at,
    automatic: row.automatic,
    handed:
      row.recipients === null
        ? null
        : {
            recipients: row.recipients,
            provedBy: row.proved_by,
            junkSigns: row.junk_signs ?? [],
          },
  };
}

/** A piece of a message's bytes, the end left out. */
interface ByteRange {
  readonly message: MessageId;
  readonly start: number;
  readonly end: number;
}

/**
 * The bytes of pieces, in their order; the database reads no more of a big message than these.
 * Empty for a message that is gone.
 */
export async function rangesOf(tx: SchoolTx, ranges: readonly ByteRange[]): Promise<Buffer[]> {
  const found: Buffer[] = ranges.map(() => Buffer.alloc(0));
  const { rows } = await sql<{ nth: number; bytes: Buffer | null }>`
    select p.nth::integer as nth, substring(m.raw from p.start + 1 for p.length) as bytes
    from unnest(${ranges.map(({ message }) => message)}::bigint[],
        ${ranges.map(({ start }) => start)}::integer[],
        ${ranges.map(({ start, end }) => Math.max(0, end - start))}::integer[]) with ordinality
        as p (message, start, length, nth)
      join message m on m.school_id = ${tx.school}
      and m.id = p.message
  `.execute(tx.kept);
  const away = rows.flatMap(({ nth, bytes }) => (bytes === null ? [nth - 1] : []));
  const brought = await bytesElsewhere(
    tx,
    away
      .flatMap((at) => ranges[at] ?? [])
      .map((range) => ({ message: range.message, span: range })),
  );
  for (const { nth, bytes } of rows) if (bytes !== null) found[nth - 1] = bytes;
  for (const [at, bytes] of brought.entries()) found[away[at] ?? 0] = bytes;
  return found;
}
