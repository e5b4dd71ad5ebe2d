import type { Uid } from '../../../core/ground/ids.ts';
import type { FoundMail, WithMail } from '../../../core/mail/reading/contract.ts';
import type { Face } from '../../../core/rules/viewer.ts';
import type { WithBoards } from '../../../core/school/boards/contract.ts';
import type { Mailbox } from '../../../core/store/mail/contract.ts';
import { boardsOfDrafts } from '../../components/board-paths.ts';
import type { Visit } from '../../frame/visit.ts';
import { readSearch, type ReadSearch } from './query.ts';

/** A search, what it found, and who may be meant by it. */
export interface SearchView {
  readonly read: ReadSearch;
  readonly found: FoundMail;
  /** People who wrote to the viewer and whose name begins as what is typed. */
  readonly people: readonly Face[];
  /** Of drafts that were found and are for a board, that one. */
  readonly boards: ReadonlyMap<Uid, string>;
}

const NOTHING_FOUND: FoundMail = {
  rows: [],
  more: false,
  thrown: 0,
  sought: { words: [], phrases: [] },
};
/** Letters of a name from which on people are suggested. */
const SHORTEST_NAME = 2;

/** Reads and does a search. */
export async function loadSearch(
  visit: Visit<WithMail & WithBoards<'drafts'>>,
  mailboxes: readonly Mailbox[],
  typed: unknown,
): Promise<SearchView> {
  const read = readSearch(visit, mailboxes, typed);
  const { core, viewer, habits } = visit;
  const by = habits.byConversation ? 'conversation' : 'message';
  const [found, people] = await Promise.all([
    read.isEmpty ? NOTHING_FOUND : core.mail.search(viewer, { ...read.query, by }),
    core.mail.writers(viewer, nameTyped(read)),
  ]);
  const drafts = mailboxes.find(({ use }) => use === 'drafts');
  const hasDraft = found.rows.some(({ mailbox }) => mailbox === drafts?.id);
  return { read, found, people, boards: hasDraft ? await boardsOfDrafts(visit) : new Map() };
}

/** The word that is being typed, where it may be a name; else nothing, for the latest writers. */
function nameTyped({ tokens }: ReadSearch): string {
  const last = tokens.at(-1);
  const mayBeName = last?.kind === 'word' && !last.not && last.text.length >= SHORTEST_NAME;
  return mayBeName ? last.text : '';
}

/** The address of a search; every sign that a browser would write otherwise is written its way. */
export function searchPath(text: string): string {
  return `/search${queryOf(text)}`;
}

/** `?q=` of a search, which goes along to what it found. */
export function queryOf(text: string): string {
  return text === '' ? '' : `?q=${encodeURIComponent(text).replaceAll("'", '%27')}`;
}
