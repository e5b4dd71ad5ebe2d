import type { Uid } from '../../../core/ground/ids.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { WithReports } from '../../../core/mail/reports/contract.ts';
import type { BoardNews, WithBoards } from '../../../core/school/boards/contract.ts';
import type { WithPeople } from '../../../core/school/people/contract.ts';
import type { ListedBy, PageFrom } from '../../../core/store/mail/contract.ts';
import { boardsOfDrafts } from '../../components/board-paths.ts';
import { emptyPane } from '../../components/empty-pane.ts';
import { keyOf } from '../../components/message-row.ts';
import { dayBanner, offersDay } from '../../components/own-day-offer.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { mailboxesNav, type PageSurroundings } from '../../frame/mailbox-nav.ts';
import { chosenMailbox, draftsIn, mailboxMeant } from '../../frame/mailboxes.ts';
import {
  askedBanner,
  boardBanner,
  helpedBanner,
  papersBanner,
  reportsBanner,
  restBanner,
  roomBanner,
  standingBanner,
} from '../../frame/notices.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { page, withMicrophone, MISSING, type Answer } from '../../http/answer.ts';
import { uidOf } from '../../ids.ts';
import { messagesOf } from './acts.ts';
import { adultList, type ShownList } from './adult-list.ts';
import { EVERYTHING, filterOf, type Filter } from './list-filter.ts';
import { pupilList } from './message-list.ts';
import { actToast, toldOf, type ActNotice, type ToldOf } from './told.ts';

/** Rows a page: six fit a child's screen without scrolling, an adult's list holds a morning. */
const ROWS = { child: 12, adult: 40 } as const;
/** Rows above an open one, where a list is made around it: it is seen, and what is near it. */
const ABOVE = 4;

/** GET /mail/:mailbox, with ?before=UID or ?after=UID where it goes on: one list, newest first. */
export async function mailbox(
  visit: Visit<
    FramePart &
      WithMail &
      WithPeople<'ownChildren'> &
      WithReports<'own'> &
      WithBoards<'news' | 'drafts'>
  >,
  slug: string,
  query: ToldOf & ListQuery,
): Promise<Answer> {
  const picked = messagesOf([query.m].flat().filter((one) => typeof one === 'string'));
  const from = beginningOf(query, picked[0]?.uid);
  if (from === null) return MISSING;
  const filter = filterOf(visit, query);
  const [surroundings, rows, room, told, helped, children, news, draftBoards, isOver] =
    await Promise.all([
      surroundingsOf(visit),
      loadRows(visit, slug, { filter, from }),
      visit.core.mail.room(visit.viewer),
      toldOf(visit, query),
      visit.audience === 'child' ? visit.core.reports.own(visit.viewer) : [],
      visit.viewer.role === 'guardian' ? visit.core.people.ownChildren(visit.viewer) : [],
      slug === 'inbox' ? visit.core.boards.news(visit.viewer) : NO_NEWS,
      slug === 'drafts' ? boardsOfDrafts(visit) : NO_BOARDS,
      slug === 'inbox' && offersDay(visit) ? visit.core.mail.isDayOver(visit.viewer) : false,
    ]);
  const chosen = chosenMailbox(visit, surroundings.mailboxes, slug);
  if (chosen === null || rows === null) return MISSING;
  const shown = {
    ...rows,
    chosen,
    open: null,
    picked: new Set(picked.map(keyOf)),
    boards: draftBoards,
  };
  const notes = html`
    ${isOver ? dayBanner(visit) : NOTHING} ${reportsBanner(visit, surroundings.reports)}
    ${helpedBanner(visit, helped)} ${standingBanner(visit, surroundings.standing)}
    ${restBanner(visit, chosen.shelf === 'drafts' ? 0 : draftsIn(surroundings.mailboxes))}
    ${papersBanner(visit, surroundings.toSign)} ${boardBanner(visit, news)}
    ${askedBanner(visit, children)} ${roomBanner(visit, room, chosen.shelf)}
  `;
  const answer = page(mailboxView(visit, surroundings, { shown, notes, told }));
  return visit.audience === 'adult' ? withMicrophone(answer) : answer;
}

const NO_NEWS: BoardNews = { unseen: 0, answers: 0, wishes: 0 };
const NO_BOARDS: ReadonlyMap<Uid, string> = new Map();

/** What the address of a list says besides: where its page begins, and what of it is shown. */
interface ListQuery {
  readonly before: unknown;
  readonly after: unknown;
  readonly who: unknown;
  readonly unread: unknown;
  /** Rows that are still ticked. */
  readonly m: unknown;
}

/**
 * Where the address says that the page begins, or where its first ticked row is seen; null where it
 * says nothing that could be.
 */
function beginningOf(
  query: Pick<ListQuery, 'before' | 'after'>,
  ticked: Uid | undefined,
): PageFrom | null {
  const kind = query.before === undefined ? 'after' : 'before';
  if (query[kind] === undefined)
    return ticked === undefined
      ? { kind: 'newest' }
      : { kind: 'around', uid: ticked, above: ABOVE };
  const uid = uidOf(query[kind]);
  return uid === null ? null : { kind, uid };
}

type Rows = Omit<ShownList, 'chosen' | 'open'>;

/** A page of the list that an address means; null where it means none. */
async function loadRows(
  visit: Visit<WithMail>,
  slug: string,
  { filter, from }: Pick<ShownList, 'filter'> & { readonly from: PageFrom },
): Promise<Rows | null> {
  if (slug === 'starred') {
    const rows = await visit.core.mail.starred(visit.viewer);
    const alone = rows.map((row) => ({ ...row, messages: 1, withOwn: false }));
    const later = await laterTimes(visit);
    return { filter: EVERYTHING, rows: alone, newer: false, older: false, later };
  }
  const mailbox = mailboxMeant(slug);
  if (mailbox === null) return null;
  const [page, later] = await Promise.all([
    visit.core.mail.page(visit.viewer, mailbox, {
      from,
      limit: ROWS[visit.audience],
      by: listedBy(visit, slug),
      ...filter,
    }),
    laterTimes(visit),
  ]);
  return { filter, ...page, later, ...(slug === 'later' ? await byReturn(visit, page) : {}) };
}

/** When messages may come back, for an adult. */
const laterTimes = async ({ audience, core, viewer }: Visit<WithMail>) =>
  audience === 'child' ? null : core.mail.laterTimes(viewer);

/** When each row of a page of what waits comes back; the store has the next one first. */
async function byReturn(
  { core, viewer }: Visit<WithMail<'returns'>>,
  { rows }: Pick<Rows, 'rows'>,
): Promise<Pick<Rows, 'returns'>> {
  const mailbox = rows[0]?.mailbox;
  if (mailbox === undefined) return {};
  const uids = rows.map(({ uid }) => uid);
  return { returns: await core.mail.returns(viewer, mailbox, uids) };
}

/** Drafts are one by one: each is opened to be finished; and so is what has an hour of its own. */
export function listedBy({ habits }: Visit, slug: string): ListedBy {
  return habits.byConversation && slug !== 'drafts' && slug !== 'later'
    ? 'conversation'
    : 'message';
}

/**
 * The list beside an open message: made around it, so that it is where the reader left it. Null
 * where the address means none.
 */
export function rowsAround(
  visit: Visit<WithMail>,
  slug: string,
  { filter, open }: { readonly filter: Filter; readonly open: Uid },
): Promise<Rows | null> {
  return loadRows(visit, slug, { filter, from: { kind: 'around', uid: open, above: ABOVE } });
}

/** What may be chosen in a list; null where there is nothing. */
function chooseWords({ texts }: Visit, { rows, chosen }: ShownList): string | null {
  if (rows.length === 0) return null;
  return texts.box[chosen.shelf === 'drafts' ? 'chooseDraft' : 'choose'];
}

interface ListPage {
  readonly shown: ShownList;
  readonly notes: Html;
  readonly told: ActNotice;
}

/** The whole page of a list. */
function mailboxView(
  visit: Visit,
  surroundings: PageSurroundings,
  { shown, notes, told }: ListPage,
): Html {
  const { chosen } = shown;
  const main =
    visit.audience === 'child'
      ? html`
          <main id="main" class="body yard">
            ${mailboxesNav(visit, surroundings, chosen.shelf)}
            ${pupilList(visit, surroundings, { shown, notes })}
          </main>
        `
      : html`
          <main id="main" class="mail three">
            ${mailboxesNav(visit, surroundings, chosen.shelf)}
            ${adultList(visit, surroundings.mailboxes, { shown, notes })}
            ${emptyPane(visit, chooseWords(visit, shown), chosen.shelf)}
          </main>
        `;
  return framed(visit, surroundings, {
    title: chosen.title,
    section: 'messages',
    shelf: chosen.shelf,
    main,
    skipTo: 'list',
    toast: actToast(visit, surroundings, { ...shown, told }),
    isMail: visit.audience === 'adult',
  });
}
