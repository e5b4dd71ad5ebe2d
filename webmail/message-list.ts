import type { MessageRow, Mailbox, Uid } from '../core/core.ts';
import { attributes, html, NOTHING, type Html } from './html.ts';
import type { Around } from './mailbox-nav.ts';
import { pathOf, unseenIn, type Chosen } from './mailboxes.ts';
import { emptyTrashForm } from './notices.ts';
import { icon, messageRow, namedIcon, scene } from './parts.ts';
import type { Visit } from './visit.ts';

export interface ListPage {
  readonly chosen: Chosen;
  readonly rows: readonly MessageRow[];
  /** Where the next page starts, or null at the end. */
  readonly older: Uid | null;
  /** Not the newest page. */
  readonly later: boolean;
  readonly open: Uid | null;
}

/** Which rows a script may fetch again when mail is announced: those of the newest page. */
function live({ chosen, later }: ListPage): Html {
  return attributes({ 'data-live': !later ? chosen.path : null });
}

export function pupilList(
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
