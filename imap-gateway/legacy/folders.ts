import type { SpecialUse } from '../../core/core.ts';

/** A folder as the old server lists it. */
export interface OldFolder {
  readonly path: string;
  readonly delimiter: string;
  /** `\Sent`, `\Noselect`, … in any case. */
  readonly flags: ReadonlySet<string>;
  /** Of RFC 6154, told by the server or guessed from the name by the client; null for none. */
  readonly specialUse: string | null;
}

/** Where a folder's messages go: a mailbox that every account has, or one of that path, made if need be. */
export type NewPlace = { readonly kind: 'use'; readonly use: SpecialUse } | { readonly kind: 'path'; readonly path: string };

const USES: Readonly<Record<string, SpecialUse>> = { '\\inbox': 'inbox', '\\sent': 'sent', '\\drafts': 'drafts', '\\trash': 'trash', '\\junk': 'junk', '\\archive': 'archive' };
/** What holds every message once more (RFC 6154 §2): bringing it would double the mail. */
const VIRTUAL: ReadonlySet<string> = new Set(['\\all', '\\flagged', '\\important']);
const NO_MESSAGES: ReadonlySet<string> = new Set(['\\noselect', '\\nonexistent']);

const LEVELS = 8;
const LEVEL_CHARACTERS = 60;
/** What a level of ours can't hold: controls, the separator, LIST's wildcards. */
const UNUSABLE = /[\p{C}/*%]+/gu;

/**
 * Where each folder goes; null for those without messages of their own. Special-use folders become ours; a prefix that all the
 * others share with INBOX (`INBOX.Projets`) is dropped; names that can't be ours are written with `-`. Two old folders may lead
 * to one place: their messages come together there, none is lost.
 */
export function newPlace({ path, delimiter, flags, specialUse }: OldFolder): NewPlace | null {
  const told = [...flags].map((flag) => flag.toLowerCase());
  const use = (specialUse ?? '').toLowerCase();
  if (told.some((flag) => NO_MESSAGES.has(flag)) || VIRTUAL.has(use) || told.some((flag) => VIRTUAL.has(flag))) return null;
  if (path.toUpperCase() === 'INBOX') return { kind: 'use', use: 'inbox' };
  const ours = USES[use];
  if (ours !== undefined) return { kind: 'use', use: ours };
  const levels = (delimiter === '' ? [path] : path.split(delimiter)).map(levelOf).filter((level) => level !== '');
  const own = levels.length > 1 && levels[0]?.toUpperCase() === 'INBOX' ? levels.slice(1) : levels;
  const deep = own.length > LEVELS ? [...own.slice(0, LEVELS - 1), own.slice(LEVELS - 1).join(' - ').slice(0, LEVEL_CHARACTERS)] : own;
  return deep.length === 0 ? null : { kind: 'path', path: deep.join('/') };
}

function levelOf(name: string): string {
  return name.normalize('NFC').replace(UNUSABLE, '-').replace(/\s+/g, ' ').trim().replace(/^\.\.?$/, '-').slice(0, LEVEL_CHARACTERS);
}

/** Flags that are kept: RFC 9051 §2.3.2's without \Recent and \Deleted, and keywords; what a client wrote with spaces is no flag, and NIL can't be kept. */
export function keptFlags(flags: Iterable<string>): string[] {
  return [...flags].filter((flag) => /^\\(Seen|Answered|Flagged|Draft)$/i.test(flag) || /^(?!nil$)[\w$.-]{1,50}$/i.test(flag));
}

/** The date that is kept, if it is one of the calendar that INTERNALDATE can tell (RFC 9051 §9 `date-year`); else null, which is now. */
export function keptDate(given: Date | string | undefined): Date | null {
  const at = new Date(given ?? NaN);
  return Number.isFinite(at.getTime()) && at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9_999 ? at : null;
}
