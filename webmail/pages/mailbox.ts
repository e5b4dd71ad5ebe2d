import type { Uid } from '../../core/core.ts';
import { page, MISSING, type Answer } from '../answer.ts';
import { around, framed, type FramePart } from '../frame.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { uidOf } from '../ids.ts';
import { mailboxesNav, type Around } from '../mailbox-nav.ts';
import { chosenMailbox, unseenIn, type Chosen } from '../mailboxes.ts';
import { type ListPage, pupilList, adultList } from '../message-list.ts';
import { restBanner, roomBanner, standingBanner } from '../notices.ts';
import { icon, scene } from '../parts.ts';
import type { Visit } from '../visit.ts';

/** Rows a page: six fit a child's screen without scrolling, an adult's list holds a morning. */
const ROWS = { child: 12, adult: 40 } as const;

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
    ${standingBanner(visit, near.standing)}
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
