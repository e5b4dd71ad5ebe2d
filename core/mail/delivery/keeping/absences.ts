import type { AccountId } from '../../../ground/ids.ts';
import { answerable } from '../../../letters/message/automatic-answer.ts';
import { isAway, type Person, type Roster } from '../../../roster/snapshot.ts';
import type { NewMessage } from '../../../store/mail/messages.ts';

/** Somebody named themselves who gets a message while they are away. */
export interface AbsentReader {
  readonly account: AccountId;
  readonly address: string;
  readonly tellsOutside: boolean;
}

/** Whether somebody is away today, on the calendar of their home school. */
export function absentOf(person: Person, home: Roster | undefined, now: Date): AbsentReader | null {
  const { absence, account, address } = person;
  if (absence === null || home === undefined) return null;
  if (!isAway(person, now, home.school.timeZone)) return null;
  return { account, address, tellsOutside: absence.tellsOutside };
}

/** To whom the absence of one reader is told. */
interface AbsenceToTell {
  readonly account: AccountId;
  readonly correspondent: string;
  readonly isOutside: boolean;
}

/**
 * Whose absence is told to who wrote a letter, of those who get it, where a program may answer at
 * all (RFC 3834). Nothing goes to a From that nobody proves, be it by its account, SPF, DKIM or
 * DMARC: it may be anybody's (backscatter).
 */
export function absencesToTell(
  { sender: { addressId, role }, handed, raw }: Pick<NewMessage, 'sender' | 'handed' | 'raw'>,
  readers: readonly { readonly absent: AbsentReader | null }[],
): readonly AbsenceToTell[] {
  const isProved = addressId !== null || (handed !== null && handed.provedBy !== null);
  if (role === 'system' || !isProved) return [];
  const isOutside = role === 'outside';
  return readers.flatMap(({ absent }) => {
    if (absent === null || (isOutside && !absent.tellsOutside)) return [];
    const { account, address } = absent;
    const answer = answerable(raw, { own: address, cameFrom: isOutside ? 'outside' : 'town' });
    if (answer.kind === 'unanswerable') return [];
    const correspondent = isOutside ? answer.to : answer.to.toLowerCase();
    return correspondent === address ? [] : [{ account, correspondent, isOutside }];
  });
}
