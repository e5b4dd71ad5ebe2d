import { SHARED } from '../../core/mail/mailboxes/contract/listed.ts';
import type { SpecialUse } from '../../core/store/mail/contract.ts';

/** A folder as the old server lists it. */
export interface OldFolder {
  readonly path: string;
  readonly delimiter: string;
  /** `\Sent`, `\Noselect`, … in any case. */
  readonly flags: ReadonlySet<string>;
  /** Of RFC 6154; null for none. */
  readonly specialUse: string | null;
  /** Who says so: the server, or the client because of the name. */
  readonly useSaidBy: 'server' | 'name';
}

/**
 * Where a folder's messages go: a mailbox that every account has, or one of that path, made if need
 * be.
 */
export type Destination =
  | { readonly kind: 'use'; readonly use: SpecialUse }
  | { readonly kind: 'path'; readonly path: string };

const USES: Readonly<Record<string, SpecialUse>> = {
  '\\inbox': 'inbox',
  '\\sent': 'sent',
  '\\drafts': 'drafts',
  '\\trash': 'trash',
  '\\junk': 'junk',
  '\\archive': 'archive',
};
/** What holds every message once more (RFC 6154 §2): bringing it would double the mail. */
const VIRTUAL: ReadonlySet<string> = new Set(['\\all', '\\flagged', '\\important']);
const NO_MESSAGES: ReadonlySet<string> = new Set(['\\noselect', '\\nonexistent']);

const LEVELS = 8;
const LEVEL_CHARACTERS = 60;
/**
 * What a level of ours can't hold: controls, the separator, LIST's wildcards; and what joins or
 * turns letters but draws nothing itself.
 */
const UNUSABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}/*%]+/gu;
const UNSEEN = /\p{Cf}+/gu;

/**
 * Where each folder goes; null for those without messages of their own. Special-use folders become
 * ours, by their name alone only where they lie outermost: what is in a « Corbeille » of some
 * project isn't thrown away. A prefix that all the others share with INBOX (`INBOX.Projets`) is
 * dropped; names that can't be ours are written with `-`. Two old folders may lead to one mailbox:
 * their messages come together there, none is lost.
 */
export function destinationOf({
  path,
  delimiter,
  flags,
  specialUse,
  useSaidBy,
}: OldFolder): Destination | null {
  const told = [...flags].map((flag) => flag.toLowerCase());
  const levels = (delimiter === '' ? [path] : path.split(delimiter))
    .map(levelOf)
    .filter((level) => level !== '');
  const own = levels.length > 1 && levels[0]?.toUpperCase() === 'INBOX' ? levels.slice(1) : levels;
  const use = useSaidBy === 'server' || own.length === 1 ? (specialUse ?? '').toLowerCase() : '';
  if (
    told.some((flag) => NO_MESSAGES.has(flag)) ||
    VIRTUAL.has(use) ||
    told.some((flag) => VIRTUAL.has(flag))
  )
    return null;
  if (path.toUpperCase() === 'INBOX') return { kind: 'use', use: 'inbox' };
  const ours = USES[use];
  if (ours !== undefined) return { kind: 'use', use: ours };
  const deep =
    own.length > LEVELS
      ? [...own.slice(0, LEVELS - 1), shortened(own.slice(LEVELS - 1).join(' - '))]
      : own;
  return deep.length === 0
    ? null
    : {
        kind: 'path',
        path: deep
          .map((level, at) => (at === 0 && level === SHARED ? `${SHARED} -` : level))
          .join('/'),
      };
}

/**
 * Where others' folders and everybody's begin (RFC 2342); undefined or false where the server
 * doesn't say.
 */
interface Namespaces {
  readonly other: readonly { readonly prefix: string }[] | false;
  readonly shared: readonly { readonly prefix: string }[] | false;
}

/**
 * Whether a folder is somebody else's or everybody's: it isn't this account's mail, and would be
 * copied into each mailbox that sees it.
 */
export function isOthers(path: string, namespaces: Namespaces | undefined): boolean {
  const prefixes = [...(namespaces?.other || []), ...(namespaces?.shared || [])]
    .map(({ prefix }) => prefix)
    .filter((prefix) => prefix !== '');
  return prefixes.some((prefix) => path.startsWith(prefix));
}

function levelOf(name: string): string {
  if (name === '') return '';
  return shortened(
    name
      .normalize('NFC')
      .replace(UNSEEN, '')
      .replace(UNUSABLE, '-')
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/^\.{0,2}$/, '-'),
  );
}

/** Cut between two characters, not within an emoji. */
function shortened(level: string): string {
  let kept = '';
  for (const letter of level) {
    if (kept.length + letter.length > LEVEL_CHARACTERS) break;
    kept += letter;
  }
  return kept.trim();
}

/**
 * Flags that are kept: RFC 9051 §2.3.2's without \Recent and \Deleted, and keywords, whatever an
 * atom may hold.
 */
export function keptFlags(flags: Iterable<string>): string[] {
  return [...flags].filter(
    (flag) => /^\\(Seen|Answered|Flagged|Draft)$/i.test(flag) || /^[^\\]/.test(flag),
  );
}

/**
 * The date that is kept, if it is one of the calendar that INTERNALDATE can tell (RFC 9051 §9
 * `date-year`); else null, which is now.
 */
export function keptDate(given: Date | string | undefined): Date | null {
  const at = new Date(given ?? NaN);
  return Number.isFinite(at.getTime()) && at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9_999
    ? at
    : null;
}
