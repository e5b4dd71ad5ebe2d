/**
 * Pieces of responses (RFC 9051 §7, §9 `response`): pure, ASCII unless the session has UTF-8.
 * Strings are core's `imap-string.ts`, names `names.ts`.
 */
import { imapString } from '../../core/letters/message/imap-string.ts';
import { encodeName } from './names.ts';
import type { PartialRange } from './number-set.ts';
import { MONTHS } from './parse-sets.ts';
import { setOf } from './ranges.ts';
import type { SearchReturns } from './search-tree.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** date-time (§9) in UTC: `" 7-Feb-1994 21:52:25 +0000"`. */
export function dateTimeText(ms: number): string {
  const at = new Date(ms);
  return `"${String(at.getUTCDate()).padStart(2)}-${MONTHS[at.getUTCMonth()] ?? ''}-${String(at.getUTCFullYear()).padStart(4, '0')} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000"`;
}

interface MailboxLine {
  readonly attributes: readonly string[];
  readonly utf8: boolean;
  readonly extended?: string;
}

/**
 * mailbox-list (§7.3.1): `(\HasNoChildren) "/" name`; `extended` is what comes in one more
 * parenthesis (RFC 5258 §4).
 */
export function mailboxList(kind: 'LIST' | 'LSUB', name: string, line: MailboxLine): string {
  return `* ${kind} (${line.attributes.join(' ')}) "/" ${encodeName(name, line)}${line.extended ? ` (${line.extended})` : ''}\r\n`;
}

/** entry (RFC 5464 §5): an astring. */
export const entryText = (entry: string): string =>
  /^[!#-$&'+-[\]-z|}~]+$/.test(entry) ? entry : imapString(entry);

/** What a search or sort found, ready to be said: numbers or UIDs in the order of the answer. */
interface Result {
  readonly numbers: Uint32Array;
  /** Mod-sequence for `MODSEQ` (RFC 7162 §3.1.5), or null where the search had none. */
  readonly modseq: number | null;
}

/**
 * ESEARCH (§7.3.4; RFC 4731, 9394). MIN and MAX are the first and the last of the order (RFC 5267
 * §3.2); without a match neither they nor ALL are said.
 */
export function esearch(
  tag: string,
  { byUid, returns }: { readonly byUid: boolean; readonly returns: SearchReturns },
  result: Result,
): string {
  const { numbers } = result;
  const some = numbers.length > 0;
  const { partial } = returns;
  const items = [
    returns.min && some ? ` MIN ${numbers[0]}` : '',
    returns.max && some ? ` MAX ${numbers[numbers.length - 1]}` : '',
    returns.count ? ` COUNT ${numbers.length}` : '',
    returns.all && some ? ` ALL ${setOf(numbers)}` : '',
    partial
      ? ` PARTIAL (${partial.from}:${partial.to} ${setOf(slice(numbers, partial)) || 'NIL'})`
      : '',
    result.modseq !== null && some ? ` MODSEQ ${result.modseq}` : '',
  ];
  return `* ESEARCH (TAG ${imapString(tag)})${byUid ? ' UID' : ''}${items.join('')}\r\n`;
}

/**
 * RFC 9394 §3.1: the positions asked for, the ends in either order, from the end where they are
 * negative. In ascending order of the result.
 */
export function slice(numbers: ArrayLike<number>, { from, to }: PartialRange): number[] {
  const [low, high] =
    from > 0
      ? [Math.min(from, to) - 1, Math.max(from, to)]
      : [numbers.length + Math.min(from, to), numbers.length + Math.max(from, to) + 1];
  return Array.from(
    { length: Math.max(0, Math.min(high, numbers.length) - Math.max(0, low)) },
    (_, i) => numbers[Math.max(0, low) + i] ?? 0,
  );
}

/** SEARCH and SORT of RFC 3501 §7.2.5 and RFC 5256 §4. */
export function plainResult(kind: 'SEARCH' | 'SORT', result: Result): string {
  const { numbers, modseq } = result;
  return `* ${kind}${numbers.length > 0 ? ` ${numbers.join(' ')}` : ''}${modseq !== null && numbers.length > 0 ? ` (MODSEQ ${modseq})` : ''}\r\n`;
}
