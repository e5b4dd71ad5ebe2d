import type { AccountId, AddressId, MessageId } from '../../ids.ts';
import { answerable } from '../../message/automatic-answer.ts';
import { isAway, type Person, type Roster } from '../../roster/snapshot.ts';
import type { Role } from '../../rules/facts.ts';
import { queueAbsenceReply } from '../../store/mail/absence-replies.ts';
import type { Handed } from '../../store/mail/messages.ts';
import type { SchoolTx } from '../../store/store.ts';

/** Somebody named themselves who gets a message while they are away. */
export interface Absent {
  readonly account: AccountId;
  readonly address: string;
  readonly tellsOutside: boolean;
}

/** Whether somebody is away today, on the calendar of their home school. */
export function absentOf(person: Person, home: Roster | undefined, now: Date): Absent | null {
  const { absence, account, address } = person;
  if (absence === null || home === undefined) return null;
  if (!isAway(person, now, home.school.timeZone)) return null;
  return { account, address, tellsOutside: absence.tellsOutside };
}

/** A message that has just come into mailboxes of a school. */
interface Arrived {
  readonly message: MessageId;
  readonly raw: Buffer;
  readonly role: Role;
  /** Whether something stands behind its From: the account that sent it, SPF, DKIM or DMARC. */
  readonly isProved: boolean;
  readonly now: Date;
}

/** Whether a message's From is who sent it. */
export function isProved(
  sender: AddressId | null,
  handed: Pick<Handed, 'provedBy'> | null,
): boolean {
  return sender !== null || (handed !== null && handed.provedBy !== null);
}

/**
 * Lets the absence of those who got a message be told to who wrote it, where a program may answer
 * at all (RFC 3834). Nothing goes to a From that nobody proves: it may be anybody's (backscatter).
 */
export async function noteAbsences(
  tx: SchoolTx,
  absent: readonly Absent[],
  { message, raw, role, isProved, now }: Arrived,
): Promise<void> {
  if (role === 'system' || !isProved) return;
  const isOutside = role === 'outside';
  for (const { account, address, tellsOutside } of absent) {
    if (isOutside && !tellsOutside) continue;
    const answer = answerable(raw, { own: address, cameFrom: isOutside ? 'outside' : 'town' });
    if (answer.kind === 'unanswerable') continue;
    const correspondent = isOutside ? answer.to : answer.to.toLowerCase();
    if (correspondent === address) continue;
    await queueAbsenceReply(tx, { account, correspondent, isOutside, message, now });
  }
}
