/**
 * The words before each message of APPEND and REPLACE; the message itself is read by the intake, as
 * it comes.
 */
import { type AnnouncedLiteral, type Cursor, GrammarError } from './cursor.ts';
import { dateTime, flagList } from './parse-sets.ts';

/** A message whose bytes come next. */
export interface MessageAhead {
  readonly flags: readonly string[];
  readonly internalDate: Date | null;
  readonly utf8: boolean;
  readonly announced: AnnouncedLiteral;
}

/**
 * append-message (RFC 9051 §9; RFC 3502 §6.3.11 for several): `[SP flags] [SP date-time] SP
 * literal`, the cursor at its first space. `UTF8 (literal8)` of RFC 6855 §4 too; its `)` comes
 * after the bytes.
 */
export function messageAhead(cursor: Cursor): MessageAhead {
  cursor.space();
  const flagged = cursor.sees('(');
  const flags = flagged ? flagList(cursor) : [];
  if (flagged) cursor.space();
  const internalDate = cursor.sees('"') ? dateTime(cursor) : null;
  if (internalDate) cursor.space();
  const utf8 = cursor.skipKeyword('UTF8');
  if (utf8) cursor.expect(' (');
  const announced = cursor.announced() ?? cursor.fail('the literal of a message');
  if (!Number.isSafeInteger(announced.sizeBytes))
    throw new GrammarError('The message is too big', { status: 'NO', code: 'TOOBIG' });
  if (utf8 && !announced.literal8) cursor.fail('a literal8 in UTF8 (…)');
  return { flags, internalDate, utf8, announced };
}
