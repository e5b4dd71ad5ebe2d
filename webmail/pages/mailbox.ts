import type { MessageRow, Mailbox, Uid } from '../../core/core.ts';
import { page, MISSING, type Answer } from '../answer.ts';
import { around, framed, type FramePart } from '../frame.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import { uidOf } from '../ids.ts';
import { mailboxesNav, type Around } from '../mailbox-nav.ts';
import { chosenMailbox, pathOf, unseenIn, type Chosen } from '../mailboxes.ts';
import { emptyTrashForm, restBanner, roomBanner } from '../notices.ts';
import { icon, messageRow, namedIcon, scene } from '../parts.ts';
import type { Visit } from '../visit.ts';

/** Rows a page: six fit a child's screen without scrolling, an adult's list holds a morning. */
const ROWS = { child: 12, adult: 40 } as const;

export interface ListPage {
  readonly chosen: Chosen;
  readonly rows: readonly MessageRow[];
  /** Where the next page starts, or null at the end. */
  readonly older: Uid | null;
  /** Not the newest page. */
  readonly later: boolean;
  readonly open: Uid | null;
}

/** What was just done with a message, by the name in the address. */
const SAID = [
  'thrown',
  'emptied',
  'restored',
  'erased',
  'archived',
  'dropped',
  'redrafted',
] as const;
export type DoneWithMessage = (typeof SAID)[number];

/** GET /mail/:mailbox, /mail/:mailbox?before=UID: one list, newest first. */
export async function mailbox(
  visit: Visit<FramePart | 'mail'>,
  slug: string,
  query: { readonly before: unknown; readonly said: unknown },
): Promise<Answer> {
  const near = await around(visit);
  const chosen = chosenMailbox(visit, near.mailboxes, slug);
  if (chosen === null) return MISSING;
  const before = query.before === undefined ? null : uidOf(query.before);
  if (before === null && query.before !== undefined) return MISSING;
  const [shown, room] = await Promise.all([
    loadRows(visit, chosen, { before, open: null }),
    visit.core.mail.room(visit.viewer),
  ]);
  const notes = html`
    ${saidBanner(
      visit,
      SAID.find((one) => one === query.said),
    )}
    ${restBanner(visit)}${roomBanner(visit, room, chosen.shelf)}
  `;
  return page(mailboxView(visit, near, { shown, notes }));
}

/** The rows of one list from an UID downwards. */
export async function loadRows(
  visit: Visit<'mail'>,
  chosen: Chosen,
  from: { readonly before: Uid | null; readonly open: Uid | null },
): Promise<ListPage> {
  const limit = ROWS[visit.audience];
  const base = { chosen, later: from.before !== null, open: from.open };
  if (chosen.shelf === 'starred') {
    return { ...base, rows: await visit.core.mail.starred(visit.viewer), older: null };
  }
  const rows = await visit.core.mail.list(visit.viewer, chosen.mailbox.id, {
    before: from.before,
    limit: limit + 1,
  });
  return {
    ...base,
    rows: rows.slice(0, limit),
    older: rows.length > limit ? (rows[limit - 1]?.uid ?? null) : null,
  };
}

/** The whole page of a list. */
function mailboxView(
  visit: Visit,
  near: Around,
  { shown, notes }: { readonly shown: ListPage; readonly notes: Html },
): Html {
  const { texts } = visit;
  const { chosen } = shown;
  const unread = chosen.shelf === 'inbox' ? unseenIn(near.mailboxes) : 0;
  const main =
    visit.audience === 'child'
      ? html`
          <main id="main" class="body yard">
            ${mailboxesNav(visit, near, chosen.shelf)} ${pupilList(visit, near, { shown, notes })}
          </main>
        `
      : html`
          <main id="main" class="mail fill">
            ${mailboxesNav(visit, near, chosen.shelf)}
            ${adultList(visit, near.mailboxes, { shown, notes })}
            <div class="pane empty">
              ${
                shown.rows.length === 0
                  ? NOTHING
                  : html`
                      <div class="state">
                        ${scene(visit, 'bench')}
                        <p class="soft">${texts.box.choose}</p>
                      </div>
                    `
              }
            </div>
          </main>
        `;
  return framed(visit, near, {
    title: texts.box.counted(chosen.title, unread),
    section: 'messages',
    shelf: chosen.shelf,
    main,
  });
}

/** Which rows a script may fetch again when mail is announced: those of the newest page. */
function live({ chosen, later }: ListPage): Html {
  return attributes({ 'data-live': !later ? chosen.path : null });
}

function pupilList(
  visit: Visit,
  near: Around,
  { shown, notes }: { readonly shown: ListPage; readonly notes: Html },
): Html {
  const { texts, viewer } = visit;
  const inbox = shown.chosen.shelf === 'inbox';
  const fresh = unseenIn(near.mailboxes);
  const title = inbox ? texts.box.pupilHello(viewer.givenName, fresh) : shown.chosen.title;
  // Looking for something is for whoever has more than a page: a little one's first page stays as
  // it is.
  return html`
    <div class="stack">
      <section class="stack" id="list" aria-labelledby="t" ${live(shown)}>
        <div class="split">
          <h1 id="t">${title}</h1>
          <button class="btn" type="button" data-listen="#list" hidden>
            ${icon(visit, 'sound')}${texts.box.listen}
          </button>
        </div>
        ${notes}
        ${
          shown.rows.length === 0
            ? emptyState(visit, shown)
            : html`
                <ul class="msgs sheet margin">
                  ${rowsOf(visit, near.mailboxes, shown)}
                </ul>
              `
        }
        ${pager(visit, near.mailboxes, shown)}
      </section>
      ${shown.older !== null || shown.later ? searchForm(visit, '') : NOTHING}
    </div>
  `;
}

/** The list column of an adult; also beside an open message. */
export function adultList(
  visit: Visit,
  mailboxes: readonly Mailbox[],
  { shown, notes }: { readonly shown: ListPage; readonly notes: Html },
): Html {
  const { texts } = visit;
  const unread = shown.chosen.shelf === 'inbox' ? unseenIn(mailboxes) : 0;
  const title = texts.box.adultTitle(shown.chosen.title, unread);
  // Beside an open message the page is the message's.
  const heading =
    shown.open === null
      ? html`
          <h1 class="vh" id="lt">${title}</h1>
        `
      : html`
          <h2 class="vh" id="lt">${title}</h2>
        `;
  return html`
    <section class="list" aria-labelledby="lt">
      ${searchForm(visit, '')}
      <div id="list" ${live(shown)}>
        ${heading} ${notes}
        ${
          shown.rows.length === 0
            ? emptyState(visit, shown)
            : html`
                <ul class="msgs margin">
                  ${rowsOf(visit, mailboxes, shown)}
                </ul>
              `
        }
        ${pager(visit, mailboxes, shown)}
      </div>
    </section>
  `;
}

/**
 * One's own messages by their words; it stands outside what a script fetches anew, so that nobody
 * types in vain.
 */
export function searchForm(visit: Visit, words: string): Html {
  const { texts, audience } = visit;
  return html`
    <form class="tools search" role="search" action="/search">
      <label class="vh" for="q">${texts.search.label[audience]}</label>
      <input
        class="input"
        id="q"
        type="search"
        name="q"
        value="${words}"
        placeholder="${texts.search.label[audience]}"
        maxlength="200"
        autocomplete="off"
      />
      <button class="btn${audience === 'child' ? '' : ' only'}">
        ${
          audience === 'child'
            ? html`
                ${icon(visit, 'search')}${texts.search.go}
              `
            : namedIcon(visit, 'search', texts.search.go)
        }
      </button>
    </form>
  `;
}

function rowsOf(visit: Visit, mailboxes: readonly Mailbox[], shown: ListPage): Html[] {
  const { chosen } = shown;
  const showTo = chosen.shelf === 'sent' || chosen.shelf === 'drafts';
  return shown.rows.map((row) =>
    messageRow(visit, row, {
      href:
        chosen.shelf === 'drafts'
          ? `/write/${row.uid}`
          : `${chosen.shelf === 'starred' ? pathOf(mailboxes, row.mailbox) : chosen.path}/${row.uid}`,
      current: row.uid === shown.open,
      showTo,
    }),
  );
}

function saidBanner(visit: Visit, said: DoneWithMessage | undefined): Html {
  if (said === undefined) return NOTHING;
  const { said: words, seeTrash } = visit.texts.box;
  return html`
    <p class="banner ok" role="status">
      ${icon(visit, 'check')}
      <span class="grow">
        ${words[said]}
        ${
          said === 'thrown' || said === 'dropped'
            ? html`
                ${' '}
                <a href="/mail/trash">${seeTrash}</a>
              `
            : NOTHING
        }
      </span>
    </p>
  `;
}

function emptyState(visit: Visit, { chosen }: ListPage): Html {
  const child = visit.audience === 'child';
  return html`
    <div class="state${child ? ' sheet' : ''}">
      ${scene(visit, 'bench')}
      <p>${visit.texts.box.empty[visit.audience][chosen.shelf ?? 'archive']}</p>
    </div>
  `;
}

function pager(
  visit: Visit,
  mailboxes: readonly Mailbox[],
  { chosen, rows, older, later }: ListPage,
): Html {
  const { texts } = visit;
  if (rows.length === 0) return NOTHING;
  const total =
    chosen.shelf === 'starred'
      ? rows.length
      : (mailboxes.find((one) => one.id === chosen.mailbox.id)?.total ?? rows.length);
  const back = later
    ? html`
        <a class="btn" href="${chosen.path}">${icon(visit, 'back')}${texts.box.newest}</a>
      `
    : NOTHING;
  const next =
    older === null
      ? NOTHING
      : html`
          <a class="btn" href="${chosen.path}?before=${older}">
            ${texts.box.older}${icon(visit, 'arrow', 'tail')}
          </a>
        `;
  const empty = chosen.shelf === 'trash' ? emptyTrashForm(visit) : NOTHING;
  return html`
    <div class="split pager">
      <span class="soft">${texts.box.count(total)}</span>
      <span class="row">${empty}${back}${next}</span>
    </div>
  `;
}
