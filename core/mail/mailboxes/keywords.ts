/**
 * Flags as they are named (RFC 9051 §2.3.2): the system's, whatever their case, and keywords,
 * written as the mailbox wrote them first. Pure.
 */
import { SYSTEM_FLAGS, type SystemFlag } from '../../store/mail/flag-columns.ts';
import type { MailboxStop } from './contract/stop.ts';
import { MAX_KEYWORD_CHARACTERS, MAX_KEYWORDS, MAX_MESSAGE_KEYWORDS } from './limits.ts';

/**
 * Names that were given, each once. \Recent and what else begins with a backslash is nobody's to
 * change.
 */
export function splitFlags(
  flags: readonly string[],
  known: readonly string[],
): { readonly system: readonly SystemFlag[]; readonly keywords: readonly string[] } {
  const system = SYSTEM_FLAGS.filter((flag) =>
    flags.some((one) => one.toLowerCase() === flag.toLowerCase()),
  );
  const spelt = new Map(known.map((word) => [word.toLowerCase(), word]));
  const keywords = new Map(
    flags
      .filter((flag) => !flag.startsWith('\\'))
      .map((word) => [word.toLowerCase(), spelt.get(word.toLowerCase()) ?? word]),
  );
  return { system, keywords: [...keywords.values()] };
}

/**
 * A keyword is an atom (RFC 9051 §9 `flag-keyword`), NIL too; of a mailbox there are so many at
 * most.
 */
export function keywordsStop(
  keywords: readonly string[],
  known: readonly string[],
): MailboxStop | null {
  if (!keywords.every(canBeKeyword)) return { kind: 'cannot', why: 'keyword' };
  if (keywords.length > MAX_MESSAGE_KEYWORDS)
    return { kind: 'limit', what: 'keywords', limit: MAX_MESSAGE_KEYWORDS };
  return new Set([...known, ...keywords]).size > MAX_KEYWORDS
    ? { kind: 'limit', what: 'keywords', limit: MAX_KEYWORDS }
    : null;
}

function canBeKeyword(word: string): boolean {
  return (
    word.length <= MAX_KEYWORD_CHARACTERS &&
    /^[\x21-\x7E]+$/.test(word) &&
    !/[(){%*"\\\],]/.test(word)
  );
}

/**
 * Of the flags of messages that come together, those that `keywordsStop` lets into a mailbox that
 * has had `known`; the first come first.
 */
export function fittingFlags(
  messages: readonly (readonly string[])[],
  known: readonly string[],
): readonly string[][] {
  const all = new Set(known);
  return messages.map((flags) => {
    const { system, keywords } = splitFlags(flags, [...all]);
    const kept: string[] = [];
    for (const word of keywords) {
      if (
        !canBeKeyword(word) ||
        kept.length >= MAX_MESSAGE_KEYWORDS ||
        (all.size >= MAX_KEYWORDS && !all.has(word))
      )
        continue;
      kept.push(word);
      all.add(word);
    }
    return [...system, ...kept];
  });
}
