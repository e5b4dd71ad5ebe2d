import { sql } from 'kysely';

/** RFC 9051 §2.3.2, in the order of their bits below. */
export const SYSTEM_FLAGS = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'] as const;
export type SystemFlag = (typeof SYSTEM_FLAGS)[number];
export const FLAG_COLUMN: Readonly<
  Record<SystemFlag, 'answered' | 'flagged' | 'deleted' | 'seen' | 'draft'>
> = {
  '\\Answered': 'answered',
  '\\Flagged': 'flagged',
  '\\Deleted': 'deleted',
  '\\Seen': 'seen',
  '\\Draft': 'draft',
};

/**
 * One letter a message, for its system flags: `@` is none. One text for a thousand messages costs a
 * hundredth of a thousand values.
 */
export const flagBits = sql`
  string_agg(chr(64 + e.answered::integer + e.flagged::integer * 2 + e.deleted::integer * 4 + e.seen::integer * 8 + e.draft::integer * 16),
    '')
`;
/**
 * Keywords of each message, parted by commas, which no keyword holds; null where no message has
 * one.
 */
export const flagWords = sql`
  case
    when count(e.keywords) > 0 then string_agg(coalesce(array_to_string(e.keywords, ' '), ''),
      ',')
  end
`;

/** `uids`, `bits`, `words` and `modseqs` of entries `e`, in the order they come. */
export const flagColumns = sql`
  string_agg(e.uid::text, ',') as uids,
  ${flagBits} as bits,
  ${flagWords} as words,
  string_agg(e.modseq::text, ',') as modseqs
`;

const TEXTS = Array.from({ length: 2 ** SYSTEM_FLAGS.length }, (_, bits) =>
  SYSTEM_FLAGS.filter((_flag, index) => bits & (1 << index)).join(' '),
);

/** What `bits` and `words` say, ready for FLAGS: `\Seen $Forwarded`. */
export function flagTexts(bits: string, words: string | null): string[] {
  const system = Array.from(
    { length: bits.length },
    (_, index) => TEXTS[bits.charCodeAt(index) - 64] ?? '',
  );
  if (words === null) return system;
  return words
    .split(',')
    .map((keywords, index) =>
      keywords === '' ? (system[index] ?? '') : `${system[index] ?? ''} ${keywords}`.trimStart(),
    );
}
