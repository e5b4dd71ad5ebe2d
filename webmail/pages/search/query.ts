import type { MailboxId } from '../../../core/ground/ids.ts';
import { plainWord } from '../../../core/letters/message/hits.ts';
import type { SearchQuery, SearchTerm } from '../../../core/mail/reading/contract.ts';
import type { Mailbox } from '../../../core/store/mail/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { todayOn } from '../../frame/when.ts';
import { TEXTS } from '../../texts/texts.ts';
import { dayMeant } from './days.ts';
import { tokensOf, type Token } from './grammar.ts';

/** A search as it was typed and as it is asked. */
export interface ReadSearch {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** How its rows are put together is the reader's habit. */
  readonly query: Omit<SearchQuery, 'by'>;
  /** Nothing to look for. */
  readonly isEmpty: boolean;
  /** Tokens whose value means nothing here: a day that is none, a folder that isn't there. */
  readonly unread: readonly Token[];
}

/** Characters of a search. */
export const MAX_SEARCH = 200;

/** Reads what a viewer typed, with their folders and the day it is. */
export function readSearch(
  visit: Pick<Visit, 'audience' | 'viewer' | 'clock'>,
  mailboxes: readonly Mailbox[],
  typed: unknown,
): ReadSearch {
  const text = typeof typed === 'string' ? typed.trim().slice(0, MAX_SEARCH) : '';
  const today = todayOn(visit.clock);
  const tokens = tokensOf(text).filter((one) => one.text !== '');
  const unread: Token[] = [];
  const terms: SearchTerm[] = [];
  let within: ReadonlySet<MailboxId> | null = null;
  for (const [at, token] of tokens.entries()) {
    const { kind, not } = token;
    if (kind === 'in') {
      const place = placeMeant(visit, mailboxes, token.text);
      if (place === null) unread.push(token);
      else if (place === 'starred') terms.push({ kind: 'starred', not });
      else within = joined(within, { place, not }, mailboxes);
      continue;
    }
    const term = termOf(visit, { ...token, kind }, { today, isLast: at === tokens.length - 1 });
    if (term === null) unread.push(token);
    else terms.push(term);
  }
  return {
    text,
    tokens,
    query: { terms, within: within === null ? null : [...within] },
    isEmpty: terms.length === 0 && within === null,
    unread,
  };
}

/** A token that says something of a message itself. */
type Typed = Pick<Token, 'text' | 'not'> & { readonly kind: Exclude<Token['kind'], 'in'> };

function termOf(
  { viewer }: Pick<Visit, 'viewer'>,
  { kind, text, not }: Typed,
  { today, isLast }: { readonly today: string; readonly isLast: boolean },
): SearchTerm | null {
  switch (kind) {
    case 'word':
      return { kind, text, isBeginning: isLast, not };
    case 'phrase':
    case 'subject':
      return { kind, text, not };
    case 'from':
    case 'to':
      return { kind, text: MYSELF.has(plainWord(text)) ? viewer.address : text, not };
    case 'file':
      return { kind, text: FILE_KINDS[plainWord(text)] ?? text, not };
    case 'since':
    case 'before': {
      const day = dayMeant(text, today);
      return day === null ? null : { kind: 'since', day, not: (kind === 'before') !== not };
    }
  }
}

const MYSELF: ReadonlySet<string> = new Set(['moi', 'me']);

/** What people call files: a part of their media type; an empty text is any file. */
const FILE_KINDS: Readonly<Partial<Record<string, string>>> = {
  oui: '',
  yes: '',
  image: 'image/',
  photo: 'image/',
  dessin: 'image/',
  picture: 'image/',
  son: 'audio/',
  voix: 'audio/',
  audio: 'audio/',
  sound: 'audio/',
  film: 'video/',
  video: 'video/',
};

/** « pièce:oui » */
export const isAnyFile = (text: string): boolean => FILE_KINDS[plainWord(text)] === '';

type Place = 'starred' | readonly MailboxId[];

/** The folders whose name, in either language, begins so; of one's own by any level. */
function placeMeant(
  { audience }: Pick<Visit, 'audience'>,
  mailboxes: readonly Mailbox[],
  text: string,
): Place | null {
  const wanted = plainWord(text);
  const begins = (names: readonly string[]) =>
    names.some((name) => plainWord(name).startsWith(wanted));
  const titles = (shelf: NonNullable<Mailbox['use']> | 'starred') => [
    TEXTS.fr.shelf[audience][shelf],
    TEXTS.en.shelf[audience][shelf],
  ];
  const meant = mailboxes.filter(({ use, name }) =>
    begins(use === null ? [name, ...name.split('/')] : [...titles(use), use]),
  );
  if (meant.length > 0) return meant.map(({ id }) => id);
  return begins([...titles('starred'), 'starred']) ? 'starred' : null;
}

/** Of several folders any; one that must not be it takes itself from all others. */
function joined(
  before: ReadonlySet<MailboxId> | null,
  { place, not }: { readonly place: readonly MailboxId[]; readonly not: boolean },
  mailboxes: readonly Mailbox[],
): ReadonlySet<MailboxId> {
  if (!not) return new Set([...(before ?? []), ...place]);
  const usual = mailboxes
    .filter(({ use }) => use !== 'trash' && use !== 'junk' && use !== 'drafts')
    .map(({ id }) => id);
  return new Set([...(before ?? usual)].filter((id) => !place.includes(id)));
}
