import type { Mailbox } from '../../../core/store/mail/contract.ts';
import { listenButton } from '../../components/listen-button.ts';
import { messageRow } from '../../components/message-row.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { pathOf, unseenIn } from '../../frame/mailboxes.ts';
import { emptyTrashForm } from '../../frame/notices.ts';
import { emptyScene, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { hunt } from '../search/seek.ts';
import { live, type ShownList } from './adult-list.ts';

export function pupilList(
  visit: Visit,
  surroundings: PageSurroundings,
  { shown, notes }: { readonly shown: ShownList; readonly notes: Html },
): Html {
  const { texts, viewer } = visit;
  const inbox = shown.chosen.shelf === 'inbox';
  const fresh = unseenIn(surroundings.mailboxes);
  const title = inbox ? texts.box.pupilHello(viewer.givenName, fresh) : shown.chosen.title;
  // Looking for something is for whoever has more than a page: a little one's first page stays as
  // it is.
  return html`
    <div class="stack">
      ${hunt(visit, { mailboxes: surroundings.mailboxes, searched: null })}
      <section class="stack" id="list" aria-labelledby="t" ${live(shown)}>
        <div class="split">
          <h1 id="t">${title}</h1>
          ${listenButton(visit, '#list')}
        </div>
        ${notes} ${shown.chosen.shelf === 'sent' ? toAlbum(visit) : NOTHING}
        ${
          shown.rows.length === 0
            ? emptyState(visit, surroundings.mailboxes, shown)
            : html`
                <ul class="msgs sheet margin">
                  ${rowsOf(visit, surroundings.mailboxes, shown)}
                </ul>
              `
        }
        ${pager(visit, surroundings.mailboxes, shown)}
      </section>
    </div>
  `;
}

/** The stamps of those to whom one has written. */
const toAlbum = (visit: Visit): Html => html`
  <p><a class="btn" href="/album">${icon(visit, 'picture')}${visit.texts.album.title}</a></p>
`;

/** Where lies what one has written oneself. */
const OWN_WORDS: ReadonlySet<string> = new Set(['sent', 'drafts']);

function rowsOf(visit: Visit, mailboxes: readonly Mailbox[], shown: ShownList): Html[] {
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
      board: shown.boards?.get(row.uid),
    }),
  );
}

/** Who has never had a letter has not read everything. */
function emptyState(visit: Visit, mailboxes: readonly Mailbox[], { chosen }: ShownList): Html {
  const { child, firstDay } = visit.texts.box.empty;
  const isNew = mailboxes.every(({ use, total }) => OWN_WORDS.has(use ?? '') || total === 0);
  return html`
    <div class="state sheet">
      ${emptyScene(chosen.shelf)}
      <p>${isNew && chosen.shelf === 'inbox' ? firstDay : child[chosen.shelf ?? 'archive']}</p>
    </div>
  `;
}

function pager(
  visit: Visit,
  mailboxes: readonly Mailbox[],
  { chosen, rows, older, newer }: ShownList,
): Html {
  const { texts } = visit;
  const last = rows.at(-1);
  if (last === undefined) return NOTHING;
  const total =
    chosen.shelf === 'starred'
      ? rows.length
      : (mailboxes.find((one) => one.id === chosen.mailbox.id)?.total ?? rows.length);
  const back = newer
    ? html`
        <a class="btn" href="${chosen.path}">${icon(visit, 'back')}${texts.box.newest}</a>
      `
    : NOTHING;
  const next = older
    ? html`
        <a class="btn" href="${chosen.path}?before=${last.uid}">
          ${texts.box.older}${icon(visit, 'arrow', 'tail')}
        </a>
      `
    : NOTHING;
  const empty = chosen.shelf === 'trash' ? emptyTrashForm(visit) : NOTHING;
  return html`
    <div class="split pager">
      <span class="soft">${texts.box.count(total)}</span>
      <span class="row">${empty}${back}${next}</span>
    </div>
  `;
}
