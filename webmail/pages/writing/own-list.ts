import { narrowPage } from '../../components/narrow-page.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { backLink, icon, token } from '../../frame/parts.ts';
import { doneBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { page, type Answer } from '../../http/answer.ts';

/** The words of a list of one's own: groups, templates. */
interface OwnWords {
  readonly title: string;
  readonly lead: string;
  readonly make: string;
  readonly toLetter: string;
  readonly back: string;
  readonly name: string;
  readonly nameHint: string;
  readonly save: string;
  readonly write: string;
  readonly change: string;
  readonly remove: string;
  readonly removeFate: string;
  readonly removeNow: string;
  readonly of: (name: string) => string;
}

/** What a teacher makes for their letters, and where it is kept: `/groups`, `/templates`. */
export interface OwnList {
  readonly path: string;
  readonly words: OwnWords;
}

/** GET of the list: all of them, a way to make one, and back to the letter. */
export async function ownListPage(
  visit: Visit<FramePart>,
  { path, words }: OwnList,
  { said, lines }: { readonly said: string | undefined; readonly lines: Html },
): Promise<Answer> {
  const main = html`
    <main id="main" class="body narrow">
      <section class="stack wide" aria-labelledby="t">
        <div class="split">
          <h1 id="t">${words.title}</h1>
          <a class="btn main" href="${path}/new">${icon(visit, 'plus')}${words.make}</a>
        </div>
        <p class="soft">${words.lead}</p>
        ${said === undefined ? NOTHING : doneBanner(visit, said)} ${lines}
        <p><a class="link" href="/write">${icon(visit, 'write')}${' '}${words.toLetter}</a></p>
      </section>
    </main>
  `;
  return page(
    framed(visit, await surroundingsOf(visit), {
      title: words.title,
      section: 'messages',
      shelf: null,
      styles: ['groups.css'],
      main,
    }),
  );
}

/** One of the list: what it is, and what can be done with it. */
interface OwnLine {
  readonly id: number;
  readonly name: string;
  readonly shown: string;
  readonly about: string;
  /** The colour at its left, where it has one. */
  readonly spine: Html;
  readonly mayWrite: boolean;
  readonly mayChange: boolean;
}

export function ownLines(visit: Visit, list: OwnList, lines: readonly OwnLine[]): Html {
  return html`
    <ul class="sheet own-groups">
      ${lines.map((one) => ownLine(visit, list, one))}
    </ul>
  `;
}

function ownLine(visit: Visit, { path, words }: OwnList, one: OwnLine): Html {
  const at = `${path}/${one.id}`;
  const of = html`
    <span class="vh">${words.of(one.name)}</span>
  `;
  const write = html`
    <a class="btn mini" href="${at}/write">${icon(visit, 'write')}${words.write}${of}</a>
  `;
  const change = html`
    <a class="btn mini" href="${at}">${icon(visit, 'settings')}${words.change}${of}</a>
    <details>
      <summary class="btn mini">${icon(visit, 'trash')}${words.remove}${of}</summary>
      <form class="stack tight" method="post" action="${at}/remove">
        <p>${words.removeFate}</p>
        ${token(visit)}
        <button class="btn no">${icon(visit, 'trash')}${words.removeNow}</button>
      </form>
    </details>
  `;
  return html`
    <li>
      ${one.spine}
      <span class="grow">
        <b>${one.shown}</b>
        <br />
        <span class="small soft">${one.about}</span>
      </span>
      ${one.mayWrite ? write : NOTHING} ${one.mayChange ? change : NOTHING}
    </li>
  `;
}

interface OwnListSheet {
  readonly title: string;
  readonly trouble: string | null;
  readonly form: Html;
  readonly scripts?: readonly string[];
}

/** The page on which one of them is made or changed, `trouble` being why it wasn't. */
export async function ownFormPage(
  visit: Visit<FramePart>,
  { path, words }: OwnList,
  shown: OwnListSheet,
): Promise<Answer> {
  const content = html`
    ${backLink(visit, path, words.back)}
    <h1>${shown.title}</h1>
    ${shown.form}
  `;
  return narrowPage(visit, {
    title: shown.title,
    section: 'messages',
    styles: ['groups.css'],
    scripts: shown.scripts ?? [],
    refused: shown.trouble !== null,
    content,
  });
}

interface OwnListForm {
  readonly id: number | null;
  /** The field of its name. */
  readonly name: (about: { readonly label: string; readonly hint: string }) => Html;
  readonly fields: Html;
}

/** Its form: the name first, then `fields`. */
export function ownForm(visit: Visit, { path, words }: OwnList, filled: OwnListForm): Html {
  const { id, name } = filled;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="${id === null ? path : `${path}/${id}/change`}"
      novalidate
    >
      ${name({ label: words.name, hint: words.nameHint })} ${filled.fields}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'check')}${words.save}</button>
      </div>
    </form>
  `;
}
