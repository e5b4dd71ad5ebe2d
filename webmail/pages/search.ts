import type { MessageRow } from '../../core/core.ts';
import { emptyPane, seekForm } from '../adult-list.ts';
import { page, type Answer } from '../answer.ts';
import { around, framed, type FramePart } from '../frame.ts';
import { html, type Html } from '../html.ts';
import { mailboxesNav, type Around } from '../mailbox-nav.ts';
import { pathOf } from '../mailboxes.ts';
import { searchForm } from '../message-list.ts';
import { messageRow } from '../message-row.ts';
import { scene } from '../parts.ts';
import { readSearch } from '../search/query.ts';
import type { Visit } from '../visit.ts';

/** GET /search?q=: one's own messages that hold all these words. */
export async function search(visit: Visit<FramePart | 'mail'>, asked: unknown): Promise<Answer> {
  const near = await around(visit);
  const { text: words, query, isEmpty } = readSearch(visit, near.mailboxes, asked);
  const rows = isEmpty ? [] : (await visit.core.mail.search(visit.viewer, query)).rows;
  const { texts, audience } = visit;
  const title = words === '' ? texts.search.title : texts.search.found(words, rows.length);
  const list = foundList(visit, near, { words, rows });
  const main =
    audience === 'child'
      ? html`
          <main id="main" class="body yard">
            ${mailboxesNav(visit, near, null)}
            <section class="stack" aria-labelledby="t">
              <h1 id="t">${title}</h1>
              ${searchForm(visit, words)}${list}
            </section>
          </main>
        `
      : html`
          <main id="main" class="mail three">
            ${mailboxesNav(visit, near, null)}
            <section class="list" aria-labelledby="t">
              ${seekForm(visit, words)}
              <div class="roll">
                <h1 class="day flush" id="t">${title}</h1>
                ${list}
              </div>
            </section>
            ${emptyPane(visit, texts.search.hint)}
          </main>
        `;
  return page(
    framed(visit, near, {
      title,
      section: 'messages',
      shelf: null,
      main,
      isMail: audience === 'adult',
    }),
  );
}

function foundList(
  visit: Visit,
  { mailboxes: mailboxes }: Around,
  { words, rows }: { readonly words: string; readonly rows: readonly MessageRow[] },
): Html {
  const { texts, audience } = visit;
  if (rows.length === 0)
    return html`
      <div class="state${audience === 'child' ? ' sheet' : ''}">
        ${scene(visit, 'bench')}
        <p>${words === '' ? texts.search.type[audience] : texts.search.nothing[audience]}</p>
      </div>
    `;
  const shown = rows.map((row) => {
    const path = pathOf(mailboxes, row.mailbox);
    return messageRow(visit, row, {
      href: `${path}/${row.uid}`,
      current: false,
      showTo: path === '/mail/sent',
    });
  });
  return html`
    <ul class="msgs margin ${audience === 'child' ? 'sheet' : 'rows'}">
      ${shown}
    </ul>
  `;
}
