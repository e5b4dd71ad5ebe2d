import type { Uid } from '../../../core/ground/ids.ts';
import type { LaterTimes, ListRow } from '../../../core/mail/reading/contract.ts';
import type { Mailbox } from '../../../core/store/mail/contract.ts';
import { listEdge } from '../../components/list-edge.ts';
import { keyOf, messageRow } from '../../components/message-row.ts';
import { pathOf, unseenIn, type ChosenMailbox } from '../../frame/mailboxes.ts';
import { emptyTrashForm } from '../../frame/notices.ts';
import { emptyScene, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { dayHeading, longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { hunt } from '../search/seek.ts';
import { chosenBar, pickForm } from './deeds.ts';
import { filterChips, filtered, inQuery, type Filter } from './list-filter.ts';

/** One page of a list as it is shown. */
export interface ShownList {
  readonly chosen: ChosenMailbox;
  /** Narrows the list. */
  readonly filter: Filter;
  readonly rows: readonly ListRow[];
  /** Whether newer rows stand before these, older ones after them. */
  readonly newer: boolean;
  readonly older: boolean;
  /** The message that is open beside it. */
  readonly open: Uid | null;
  /** The keys of rows that are ticked. */
  readonly picked?: ReadonlySet<string>;
  /** Of drafts of notices: the board that each is for. */
  readonly boards?: ReadonlyMap<Uid, string>;
  /** Of what waits for its hour: when each comes back. */
  readonly returns?: ReadonlyMap<Uid, Date>;
  /** The hours at which messages may come back; null for a child. */
  readonly later: LaterTimes | null;
}

/** Which rows a script may fetch again when mail is announced: those of a list from its top. */
export function live({ chosen, newer, filter }: ShownList): Html {
  const only = inQuery(filter);
  return attributes({
    'data-live': newer ? null : filtered(chosen.path, filter),
    'data-only': only === '' ? null : only,
  });
}

/** The list column of an adult; also beside an open message. */
export function adultList(
  visit: Visit,
  mailboxes: readonly Mailbox[],
  { shown, notes }: { readonly shown: ShownList; readonly notes: Html },
): Html {
  return html`
    <section
      class="list"
      aria-labelledby="lt"
      ${attributes({ 'data-keys': visit.habits.shortcuts })}
    >
      ${hunt(visit, { mailboxes, searched: null, filters: filtersOf(visit, shown) })}
      <div
        class="roll"
        id="list"
        ${live(shown)}
        ${attributes({ 'data-after': visit.comfort.after ?? null })}
      >
        ${listHeading(visit, mailboxes, shown)} ${notes}
        ${
          shown.chosen.shelf === 'trash' && shown.rows.length > 0
            ? html`
                <div class="strip">${emptyTrashForm(visit)}</div>
              `
            : NOTHING
        }
        ${
          shown.rows.length === 0
            ? nothingHere(visit, shown)
            : html`
                ${moreLink(visit, shown, 'newer')}
                <ul class="msgs margin rows">
                  ${adultRows(visit, mailboxes, shown)}
                </ul>
                ${moreLink(visit, shown, 'older')}
              `
        }
      </div>
      ${pickForm(visit, shown.chosen, shown.filter)}
      <noscript data-bar>
        ${shown.rows.length === 0 ? NOTHING : chosenBar(visit, mailboxes, shown)}
      </noscript>
      <a class="btn main fab" href="/write">${icon(visit, 'write')}${visit.texts.frame.write}</a>
      ${listEdge(visit)}
    </section>
  `;
}

/** Where there is nothing, there is nothing to choose among. */
function filtersOf(visit: Visit, { chosen, filter, rows }: ShownList): Html {
  return rows.length === 0 && inQuery(filter) === '' ? NOTHING : filterChips(visit, chosen, filter);
}

/** The page is the list's, but where a message is open beside it. */
function listHeading(
  { texts }: Visit,
  mailboxes: readonly Mailbox[],
  { chosen, open }: ShownList,
): Html {
  const title = texts.box.adultTitle(
    chosen.title,
    chosen.shelf === 'inbox' ? unseenIn(mailboxes) : 0,
  );
  return open === null
    ? html`
        <h1 class="vh" id="lt">${title}</h1>
      `
    : html`
        <h2 class="vh" id="lt">${title}</h2>
      `;
}

/** What stands above a row: the day that it came on; of what waits, when it comes back. */
function headingOf(visit: Visit, { returns }: ShownList, row: ListRow): string {
  if (returns === undefined) return dayHeading(visit.clock, row.at);
  const at = returns.get(row.uid);
  const words = visit.texts.putOff;
  return at === undefined ? words.noHour : words.returns(longDate(visit.clock, at));
}

/** Rows under their headings. */
function adultRows(visit: Visit, mailboxes: readonly Mailbox[], shown: ShownList): Html[] {
  const { chosen } = shown;
  const showTo = chosen.shelf === 'sent' || chosen.shelf === 'drafts';
  let day = '';
  return shown.rows.flatMap((row) => {
    const heading = headingOf(visit, shown, row);
    const dayRow = html`
      <li class="day">${heading}</li>
    `;
    const before = heading === day ? [] : [dayRow];
    day = heading;
    const where = chosen.shelf === 'starred' ? pathOf(mailboxes, row.mailbox) : chosen.path;
    return [
      ...before,
      messageRow(visit, row, {
        href:
          chosen.shelf === 'drafts'
            ? `/write/${row.uid}`
            : filtered(`${where}/${row.uid}`, shown.filter),
        current: row.uid === shown.open,
        showTo,
        board: shown.boards?.get(row.uid),
        whole: row,
        canBePicked: true,
        isPicked: shown.picked?.has(keyOf(row)) === true,
      }),
    ];
  });
}

/** Where the list goes on; a script follows it by itself as one scrolls there. */
function moreLink(visit: Visit, shown: ShownList, way: 'newer' | 'older'): Html {
  const { texts } = visit;
  const edge = way === 'older' ? shown.rows.at(-1) : shown.rows[0];
  if (edge === undefined || !shown[way]) return NOTHING;
  const from = way === 'older' ? 'before' : 'after';
  return html`
    <p class="more" data-more="${way}">
      <a
        class="btn mini"
        href="${filtered(shown.chosen.path, shown.filter, `${from}=${edge.uid}`)}"
      >
        ${texts.box[way === 'older' ? 'older' : 'newer']}
      </a>
    </p>
  `;
}

function nothingHere(visit: Visit, { chosen, filter }: ShownList): Html {
  const words = visit.texts.box;
  if (inQuery(filter) !== '')
    return html`
      <div class="state">
        <p>${words.filter.nothing}</p>
        <p><a class="btn" href="${chosen.path}">${words.filter.showAll}</a></p>
      </div>
    `;
  return html`
    <div class="state">
      ${emptyScene(chosen.shelf)}
      <p>${visit.texts.box.empty.adult[chosen.shelf ?? 'archive']}</p>
    </div>
  `;
}
