import type { CupboardItemId } from '../../../core/ground/ids.ts';
import type {
  CupboardLine,
  FolderAt,
  FolderView,
  StoredItem,
} from '../../../core/school/cupboard/contract.ts';
import { icon } from '../../frame/parts.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import type { UntrustedFields } from '../../http/route.ts';
import { cupboardItemIdOf } from '../../ids.ts';
import { facts } from './item-row.ts';
import { lineName } from './page.ts';
import {
  cupboardPath,
  cupboardTitle,
  iconOf,
  placeOf,
  queryOf,
  shownName,
  whereIn,
  type CupboardPart,
} from './parts.ts';

/** Where somebody looks for files for a letter: in a folder, or by their names in a cupboard. */
export interface Picking {
  /** Null: the first cupboard that they have. */
  readonly at: FolderAt | null;
  readonly after: CupboardItemId | null;
  readonly q: string;
}

export const pickingIn = (query: UntrustedFields): Picking => ({
  at: whereIn(query),
  after: cupboardItemIdOf(query['after']),
  q: typeof query['q'] === 'string' ? query['q'].trim().slice(0, 100) : '',
});

interface Picked {
  readonly visit: Visit<CupboardPart>;
  readonly view: FolderView;
  /** What bears the words that were looked for; null: nothing was. */
  readonly found: readonly StoredItem[] | null;
}

/** What there is where they look; null: nothing that is theirs. */
export async function lookedAt(
  given: Visit<CupboardPart>,
  { at, after, q }: Picking,
): Promise<Picked | null> {
  const { core, viewer } = given;
  const where = at ?? (await core.cupboards.list(viewer))[0]?.ref ?? null;
  const view = where && (await core.cupboards.folder(viewer, where, after));
  if (view === null) return null;
  const found = q === '' ? null : await core.cupboards.search(viewer, view.cupboard, q);
  const all = found && [...found.found, ...found.elsewhere.flatMap((one) => one.found)];
  return { visit: atSchool(given, view), view, found: all };
}

/** The cupboards, the way back, the search: each a link or a form to `base`. */
export function pickWays(
  { visit, view }: Pick<Picked, 'visit' | 'view'>,
  base: string,
  q: string,
): Html {
  const words = visit.texts.cupboards;
  const fields = Object.entries(
    Object.fromEntries(new URLSearchParams(queryOf(view.cupboard).slice(1))),
  );
  return html`
    ${places(visit, view, base)}
    <form class="find-c" method="get" action="${base}" role="search">
      ${fields.map(
        ([name, value]) => html`
          <input type="hidden" name="${name}" value="${value}" />
        `,
      )}
      <label class="vh" for="pick-q">${words.find}</label>
      <input
        class="input"
        id="pick-q"
        type="search"
        name="q"
        value="${q}"
        maxlength="100"
        placeholder="${words.find}"
      />
      <button class="btn">${icon(visit, 'search')}${words.findDo}</button>
    </form>
    ${q === '' ? wayTo(visit, view, base) : NOTHING}
  `;
}

function places(visit: Visit, { cupboard, cupboards: all }: FolderView, base: string): Html {
  const here = cupboardPath(cupboard);
  const link = (line: CupboardLine): Html => html`
    <a
      href="${base}${queryOf(line.ref)}"
      ${attributes({ 'aria-current': cupboardPath(line.ref) === here && 'true' })}
    >
      ${lineName(visit, line, all)}
    </a>
  `;
  return html`
    <nav class="cupboards" aria-label="${visit.texts.cupboards.others}">${all.map(link)}</nav>
  `;
}

/** The folders that one is in, each a way back. */
function wayTo(visit: Visit, view: FolderView, base: string): Html {
  if (view.folder === null) return NOTHING;
  const steps = [
    { ref: view.cupboard, name: cupboardTitle(visit, view) },
    ...view.way.slice(0, -1),
  ];
  return html`
    <p class="row">
      ${steps.map(
        ({ ref, name }) => html`
          <a class="btn mini" href="${base}${queryOf(ref)}">${icon(visit, 'back')}${name}</a>
        `,
      )}
      <b>${view.folder.name}</b>
    </p>
  `;
}

/** Each file with its tick, each folder to be opened. */
export function pickList({ visit, view, found }: Picked, base: string): Html {
  const words = visit.texts.cupboards;
  const items = found ?? view.items;
  const none = html`
    <p class="bare soft">
      ${found === null ? words.empty[visit.audience] : words.foundNone[visit.audience]}
    </p>
  `;
  const further = html`
    <p class="row">
      <a class="btn" href="${base}${queryOf(placeOf(view))}&after=${view.further ?? 0}">
        ${words.further}${icon(visit, 'arrow')}
      </a>
    </p>
  `;
  return html`
    <fieldset class="picked">
      <legend class="vh">${words.pick.files}</legend>
      ${items.length === 0 ? none : NOTHING} ${items.map((item) => pick(visit, item, base))}
    </fieldset>
    ${found === null && view.further !== null ? further : NOTHING}
  `;
}

function pick(visit: Visit, item: StoredItem, base: string): Html {
  const what = html`
    ${icon(visit, iconOf(item))}
    <span>
      ${shownName(item)}
      <br />
      <span class="small soft">${facts(visit, item)}</span>
    </span>
  `;
  if (item.kind === 'folder')
    return html`
      <a class="pick-one" href="${base}${queryOf(item.ref)}">${what}</a>
    `;
  return html`
    <label class="pick-one">
      <input type="checkbox" name="file" value="${item.ref.school}/${item.ref.item}" />
      ${what}
    </label>
  `;
}
