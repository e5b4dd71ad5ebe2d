import type { CupboardRef, FolderAt, FoundView } from '../../../core/school/cupboard/contract.ts';
import { backLink, commas, icon } from '../../frame/parts.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { fileArchive } from '../../sheets/archive.ts';
import { facts, thumb } from './item-row.ts';
import { cupboardPage, lineName } from './page.ts';
import {
  cupboardPath,
  cupboardRefOf,
  itemPath,
  shownName,
  type CupboardDeskPart,
  type CupboardNames,
  type CupboardPart,
} from './parts.ts';

/** What is looked for, above what lies in a cupboard. */
export const findForm = (visit: Visit, ref: CupboardRef, typed = ''): Html => html`
  <form class="find-c" method="get" action="${cupboardPath(ref)}/find" role="search">
    <label class="vh" for="find">${visit.texts.cupboards.find}</label>
    <input
      class="input"
      id="find"
      type="search"
      name="q"
      value="${typed}"
      maxlength="100"
      placeholder="${visit.texts.cupboards.find}"
    />
    <button class="btn">${icon(visit, 'search')}${visit.texts.cupboards.findDo}</button>
  </form>
`;

/** GET /cupboards/:school/:cupboard/find: what bears these words in its name. */
export async function find(
  given: Visit<CupboardDeskPart>,
  names: CupboardNames,
  q: unknown,
): Promise<Answer> {
  const ref = cupboardRefOf(names);
  const typed = typeof q === 'string' ? q.slice(0, 100) : '';
  const view = await given.core.cupboards.search(given.viewer, ref, typed);
  if (view === null) return MISSING;
  const visit = atSchool(given, view);
  const words = visit.texts.cupboards;
  const none = html`
    <p class="bare soft">${words.foundNone[visit.audience]}</p>
  `;
  const here = html`
    <section class="sheet in-folder" aria-label="${words.findTitle}">
      ${view.found.length === 0 ? none : NOTHING}
      <ul class="stored">
        ${view.found.map((item) => line(visit, item))}
      </ul>
    </section>
  `;
  const isElsewhereAlone = view.found.length === 0 && view.elsewhere.length > 0;
  return cupboardPage(visit, view, {
    title: words.findTitle,
    content: html`
      ${backLink(visit, cupboardPath(ref), words.back)} ${findForm(visit, ref, typed)}
      ${isElsewhereAlone ? NOTHING : here}
      ${view.elsewhere.map((one) => elsewhere(visit, one, view.cupboards))}
    `,
  });
}

/** What was found in another cupboard, under its name. */
function elsewhere(
  visit: Visit,
  { line: where, found }: FoundView['elsewhere'][number],
  all: FoundView['cupboards'],
): Html {
  const name = lineName(visit, where, all);
  return html`
    <section class="sheet in-folder">
      <h2><a href="${cupboardPath(where.ref)}">${name}</a></h2>
      <ul class="stored">
        ${found.map((item) => line(visit, item))}
      </ul>
    </section>
  `;
}

function line(visit: Visit, item: FoundView['found'][number]): Html {
  return html`
    <li>
      <span class="th">${thumb(visit, item)}</span>
      <span class="nm">
        <a href="${itemPath(item.ref)}">${shownName(item)}</a>
        <span class="small soft">
          ${commas(item.within.join(' › '), item.kind === 'folder' ? visit.texts.cupboards.folder : facts(visit, item))}
        </span>
      </span>
    </li>
  `;
}

/** GET …/all.zip: all that one sees in a folder. */
export async function folderZip(visit: Visit<CupboardPart>, at: FolderAt): Promise<Answer> {
  const archive = await visit.core.cupboards.archive(visit.viewer, at);
  if (archive === null) return MISSING;
  return {
    kind: 'stream',
    name: `${archive.name === '' ? visit.texts.cupboards.places.own : archive.name}.zip`,
    mediaType: 'application/zip',
    body: fileArchive(archive.files),
  };
}
