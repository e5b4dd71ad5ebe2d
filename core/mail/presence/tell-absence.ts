import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { Directory } from '../../directory/directory.ts';
import { viewerOf } from '../../directory/viewer-of.ts';
import { Fault } from '../../ground/fault.ts';
import type { Language, SchoolId } from '../../ground/ids.ts';
import { compose } from '../../letters/message/compose.ts';
import { readEnvelope, readReferences } from '../../letters/message/envelope.ts';
import { readHeader } from '../../letters/message/header.ts';
import type { Viewer } from '../../rules/viewer.ts';
import {
  absenceReply,
  forgetAbsenceReply,
  personOf,
  type AbsenceReply,
} from '../../store/mail/absence-replies.ts';
import { rawOfMessage } from '../../store/mail/outbox.ts';
import type { OwnAbsence } from '../../store/people/contract.ts';
import { readPresence } from '../../store/people/presence.ts';
import type { Store } from '../../store/store.ts';
import type { openDelivery } from '../delivery/accept.ts';

export interface TellingParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly delivery: Pick<ReturnType<typeof openDelivery>, 'acceptOwn'>;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly domain: string;
}

/** RFC 3834 §3.1.5: a word that it is automatic, then the subject that was answered. */
const SUBJECT: Readonly<Record<Language, (subject: string) => string>> = {
  fr: (subject) => `Réponse automatique : ${subject}`,
  en: (subject) => `Automatic reply: ${subject}`,
};
const MAX_SUBJECT_CHARS = 200;
/** RFC 5322 §3.6.4; the last fifty, since each answer adds one. */
const MAX_REFERENCES = 50;

/**
 * Tells who wrote to somebody that they are away, as the row says: what they write goes the way of
 * any letter of theirs, scanned and asked of the rules, and is stored in one transaction with the
 * row's mark. Whoever calls it and however often, it is told once; killed in between, not at all
 * yet. Back again, or refused by a rule: nothing is told, and the row is gone.
 */
export async function tellAbsence(
  parts: TellingParts,
  school: SchoolId,
  row: number,
): Promise<void> {
  const { store, clock } = parts;
  const reply = await store.read(school, (tx) => absenceReply(tx, row));
  const letter =
    reply !== null && reply.repliedAt === null && (await letterOf(parts, school, reply));
  if (!letter || reply === null)
    return store.write(school, (tx) => forgetAbsenceReply(tx, row, clock()));
  const outcome = await parts.delivery.acceptOwn(
    {
      sender: { kind: 'account', viewer: letter.from },
      recipients: [reply.correspondent],
      via: 'automatic',
      peer: null,
      session: randomUUID(),
      trace: '',
      draft: null,
      absenceReply: row,
      paper: null,
      notice: null,
    },
    Readable.from([await write(parts, { school, row, reply, ...letter })]),
  );
  if (outcome.kind === 'scanner-silent') return; // the worker puts it off
  if (outcome.kind !== 'accepted')
    await store.write(school, (tx) => forgetAbsenceReply(tx, row, clock()));
}

interface Letter {
  readonly from: Viewer;
  readonly words: string;
  /** The message that is answered. */
  readonly answered: Buffer;
}

/** Who tells what; null where there is nothing to tell any more. */
async function letterOf(
  { store, directory, clock }: TellingParts,
  school: SchoolId,
  { account, isOutside, message }: AbsenceReply,
): Promise<Letter | null> {
  const kept = await store.read(school, async (tx) => {
    const [address, answered] = [await personOf(tx, account), await rawOfMessage(tx, message)];
    return address === null || answered === null
      ? null
      : { address, answered, presence: await readPresence(tx, account) };
  });
  const from =
    kept && (await viewerOf(directory, { home: school, addressId: kept.address }, clock()));
  if (!from || from.away === null || kept.presence.absence === null) return null;
  const words = wordsFor(kept.presence.absence, { isOutside });
  return words === null ? null : { from, words, answered: kept.answered };
}

function wordsFor(
  { isOn, outside, words, outsideWords }: OwnAbsence,
  { isOutside }: { readonly isOutside: boolean },
) {
  if (!isOn || (isOutside && outside === 'nobody')) return null;
  return isOutside && outside === 'own' ? outsideWords : words;
}

interface Written extends Letter {
  readonly school: SchoolId;
  readonly row: number;
  readonly reply: AbsenceReply;
}

/** RFC 3834 §3.1, field by field. */
async function write(
  { clock, domain }: TellingParts,
  { school, row, reply, from, words, answered }: Written,
): Promise<Buffer> {
  const read = readHeader(answered, 0, answered.length);
  const header = read.kind === 'header' ? read.header : null;
  const envelope = header && readEnvelope(header);
  const answers = envelope?.messageId ?? null;
  const inReplyTo = answers !== null && /^<[^\s<>]{1,998}>$/.test(answers) ? answers : null;
  const before = header === null ? [] : readReferences(header);
  const composed = await compose({
    from: { name: from.displayName, address: from.address },
    to: [{ name: '', address: reply.correspondent }],
    cc: [],
    subject: SUBJECT[from.language](envelope?.subject ?? '')
      .slice(0, MAX_SUBJECT_CHARS)
      .trim(),
    text: `${words}\n`,
    attachments: [],
    inReplyTo,
    references: [...before, ...(inReplyTo === null ? [] : [inReplyTo])].slice(-MAX_REFERENCES),
    date: clock(),
    messageId: `<absence.${school}.${row}.${reply.queuedAt.getTime()}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' },
  });
  if (composed.kind === 'refused')
    throw new Fault('row-missing', `an absence can't be told: ${composed.field}`, {
      transient: false,
    });
  return composed.raw;
}
