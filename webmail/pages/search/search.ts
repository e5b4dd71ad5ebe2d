import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { WithBoards } from '../../../core/school/boards/contract.ts';
import { emptyPane } from '../../components/empty-pane.ts';
import { listEdge } from '../../components/list-edge.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { mailboxesNav, type PageSurroundings } from '../../frame/mailbox-nav.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';
import { page, withMicrophone, type Answer } from '../../http/answer.ts';
import { loadSearch, type SearchView } from './load.ts';
import { countFound, results, type OpenHit } from './results.ts';
import { hunt } from './seek.ts';

/** GET /search?q=: one's own messages that fit; a script asks it with every few letters typed. */
export async function search(
  visit: Visit<FramePart & WithMail & WithBoards<'drafts'>>,
  asked: unknown,
): Promise<Answer> {
  const surroundings = await surroundingsOf(visit);
  const searched = await loadSearch(visit, surroundings.mailboxes, asked);
  const { texts, audience } = visit;
  const { text } = searched.read;
  const answer = page(
    framed(visit, surroundings, {
      title: text === '' ? texts.search.title : texts.search.titled(text),
      section: 'messages',
      shelf: null,
      main:
        audience === 'child'
          ? childs(visit, surroundings, searched)
          : adults(visit, surroundings, searched),
      isMail: audience === 'adult',
      skipTo: 'list',
    }),
  );
  return audience === 'adult' ? withMicrophone(answer) : answer;
}

function childs(visit: Visit, surroundings: PageSurroundings, searched: SearchView): Html {
  return html`
    <main id="main" class="body yard">
      ${mailboxesNav(visit, surroundings, null)}
      <div class="stack">
        ${hunt(visit, { mailboxes: surroundings.mailboxes, searched })}
        <section class="stack" id="list" aria-labelledby="t" data-found="${searched.read.text}">
          <h1 id="t">${countFound(visit, searched)}</h1>
          ${results(visit, surroundings.mailboxes, { searched, open: null })}
        </section>
      </div>
    </main>
  `;
}

function adults(visit: Visit, surroundings: PageSurroundings, searched: SearchView): Html {
  return html`
    <main id="main" class="mail three">
      ${mailboxesNav(visit, surroundings, null)}
      ${foundList(visit, surroundings, { searched, open: null })}
      ${emptyPane(visit, visit.texts.search.hint)}
    </main>
  `;
}

/** The list column of an adult with what was found; also beside an open message of it. */
export function foundList(
  visit: Visit,
  surroundings: PageSurroundings,
  { searched, open }: { readonly searched: SearchView; readonly open: OpenHit | null },
): Html {
  const count = countFound(visit, searched);
  const heading =
    open === null
      ? html`
          <h1 class="day flush" id="lt">${count}</h1>
        `
      : html`
          <h2 class="day flush" id="lt">${count}</h2>
        `;
  return html`
    <section class="list" aria-labelledby="lt">
      ${hunt(visit, { mailboxes: surroundings.mailboxes, searched })}
      <div class="roll" id="list" data-found="${searched.read.text}">
        ${heading} ${results(visit, surroundings.mailboxes, { searched, open })}
      </div>
      ${listEdge(visit)}
    </section>
  `;
}
