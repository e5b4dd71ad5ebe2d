import type {
  CupboardLine,
  FolderAt,
  FolderView,
  ItemRef,
  StoredItem,
} from '../../../core/school/cupboard/contract.ts';
import { backLink, icon, token } from '../../frame/parts.ts';
import { alertBanner, doneBanner } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import type { UntrustedFields } from '../../http/route.ts';
import { cupboardItemIdOf } from '../../ids.ts';
import { itemOf, thrownBefore } from './found.ts';
import { cupboardPage, headline, lineName } from './page.ts';
import {
  cupboardPath,
  cupboardTitle,
  folderPath,
  itemPath,
  placeOf,
  queryOf,
  shownName,
  whereIn,
  whereTyped,
  type CupboardDeskPart,
} from './parts.ts';

/** GET /stored/:school/:item/move: where else it could lie, folder by folder. */
export function moveItem(
  visit: Visit<CupboardDeskPart>,
  ref: ItemRef,
  query: UntrustedFields,
): Promise<Answer> {
  const after = cupboardItemIdOf(query['after']);
  return show(visit, ref, { at: whereIn(query), after, trouble: null });
}

interface Choosing {
  /** Null: where it lies. */
  readonly at: FolderAt | null;
  readonly after: StoredItem['ref']['item'] | null;
  readonly trouble: string | null;
}

async function show(
  given: Visit<CupboardDeskPart>,
  ref: ItemRef,
  { at, after, trouble }: Choosing,
): Promise<Answer> {
  const found = await itemOf(given, ref);
  if (found === null || !found.item.mayArrange) return MISSING;
  const lies = found.view.way.at(-2)?.ref ?? found.view.cupboard;
  const where = at ?? lies;
  const view = await given.core.cupboards.folder(given.viewer, where, after);
  if (view === null || view.cupboard.school !== ref.school) return MISSING;
  const visit = atSchool(given, view);
  const words = visit.texts.cupboards;
  const { item } = found;
  const isThere = folderPath(where) === folderPath(lies);
  const isOther = cupboardPath(view.cupboard) !== cupboardPath(found.view.cupboard);
  const title = words.move.title(shownName(item));
  return cupboardPage(
    visit,
    { ...found.view, cupboards: [] },
    {
      title,
      refused: trouble !== null,
      content: html`
        ${backLink(visit, folderPath(lies), words.back)}
        ${trouble === null ? NOTHING : alertBanner(visit, 'wait', trouble)}
        <section class="sheet pad change-item" aria-label="${title}">
          ${headline(found.view, title)} ${places(visit, item, view)} ${folders(visit, item, view)}
          ${hereForm(visit, { item, view, isThere, isOther })}
        </section>
      `,
    },
  );
}

const pathOf = ({ ref }: StoredItem, at: FolderAt): string => `${itemPath(ref)}/move${queryOf(at)}`;

/** The cupboards of this school that one puts something into. */
function places(visit: Visit, item: StoredItem, { cupboard, cupboards: all }: FolderView): Html {
  const theirs = all.filter(({ ref, takes }) => takes && ref.school === cupboard.school);
  const here = cupboardPath(cupboard);
  const link = (line: CupboardLine): Html => html`
    <a
      href="${pathOf(item, line.ref)}"
      ${attributes({ 'aria-current': cupboardPath(line.ref) === here && 'true' })}
    >
      ${lineName(visit, line, theirs)}
    </a>
  `;
  return html`
    <nav class="cupboards" aria-label="${visit.texts.cupboards.others}">${theirs.map(link)}</nav>
  `;
}

/** The way to this folder, and the folders in it. */
function folders(visit: Visit, item: StoredItem, view: FolderView): Html {
  const words = visit.texts.cupboards;
  const inside = view.items.filter(
    ({ kind, ref }) => kind === 'folder' && ref.item !== item.ref.item,
  );
  const steps = [{ ref: view.cupboard, name: cupboardTitle(visit, view) }, ...view.way].slice(
    0,
    -1,
  );
  const last = view.items.at(-1);
  const hasMore = view.further !== null && last?.kind === 'folder';
  const more = html`
    <a class="btn" href="${pathOf(item, placeOf(view))}&after=${view.further ?? 0}">
      ${words.further}${icon(visit, 'arrow')}
    </a>
  `;
  return html`
    <p class="row">
      ${steps.map(
        ({ ref, name }) => html`
          <a class="btn mini" href="${pathOf(item, ref)}">${icon(visit, 'back')}${name}</a>
        `,
      )}
    </p>
    <div class="picked">
      ${inside.map(
        (one) => html`
          <a class="pick-one" href="${pathOf(item, one.ref)}">
            ${icon(visit, 'folder')}
            <span>${one.name}</span>
          </a>
        `,
      )}
    </div>
    ${hasMore ? more : NOTHING}
  `;
}

interface Choice {
  readonly item: StoredItem;
  readonly view: FolderView;
  /** It lies in this folder; it lies in another cupboard. */
  readonly isThere: boolean;
  readonly isOther: boolean;
}

/** The press that puts it here, with who sees it then. */
function hereForm(visit: Visit, { item, view, isThere, isOther }: Choice): Html {
  const words = visit.texts.cupboards;
  const name = view.folder?.name ?? cupboardTitle(visit, view);
  const place = 'classId' in view.cupboard ? 'class' : view.cupboard.place;
  const seen = html`
    <p class="soft">${words.move.seen[place]}</p>
  `;
  const may = item.kind === 'folder' ? view.mayDivide : view.mayPut;
  if (isThere || !may)
    return html`
      <p class="soft">
        ${isThere ? words.move.liesHere(name) : words.move.notHere[visit.audience]}
      </p>
    `;
  return html`
    <form method="post" action="${itemPath(item.ref)}/move">
      ${token(visit)}
      <input type="hidden" name="at" value="${queryOf(placeOf(view)).slice(1)}" />
      ${isOther ? seen : NOTHING}
      <button class="btn main">${icon(visit, 'move')}${words.move.here(name)}</button>
    </form>
  `;
}

/** POST /stored/:school/:item/move: it lies there from now on. */
export async function putElsewhere(
  visit: Visit<CupboardDeskPart>,
  ref: ItemRef,
  form: Form,
): Promise<Answer> {
  const at = whereTyped(field(form, 'at'));
  const words = visit.texts.cupboards.move;
  if (at === null)
    return show(visit, ref, { at, after: null, trouble: words.notHere[visit.audience] });
  const isBack = field(form, 'back') === '1';
  const { cupboards } = visit.core;
  const became = isBack
    ? await cupboards.moveBack(visit.viewer, ref, at)
    : await cupboards.move(visit.viewer, ref, at);
  if (became.kind === 'missing') return thrownBefore(visit, ref);
  // Back is back: a second press finds it there.
  const isThere = isBack && became.kind === 'faulty' && became.fault === 'here';
  if (became.kind === 'faulty' && !isThere)
    return show(visit, ref, { at, after: null, trouble: words.faults[became.fault] });
  if (isBack || became.kind === 'faulty')
    return { kind: 'go', to: `${folderPath(at)}?said=movedBack` };
  const from = encodeURIComponent(queryOf(became.from).slice(1));
  return { kind: 'go', to: `${folderPath(at)}?said=moved&item=${ref.item}&from=${from}` };
}

/** What was moved, and the way back. */
export function movedBanner(
  visit: Visit,
  school: ItemRef['school'],
  query: { readonly item?: unknown; readonly from?: unknown },
): Html {
  const words = visit.texts.cupboards;
  const item = cupboardItemIdOf(query.item);
  const from = typeof query.from === 'string' ? whereTyped(query.from) : null;
  if (item === null || from === null) return doneBanner(visit, words.said.moved);
  return doneBanner(
    visit,
    html`
      <form class="row" method="post" action="${itemPath({ school, item })}/move">
        ${token(visit)}
        <input type="hidden" name="at" value="${queryOf(from).slice(1)}" />
        <input type="hidden" name="back" value="1" />
        <span>${words.said.moved}</span>
        <button class="btn mini">${icon(visit, 'undo')}${visit.texts.acts.undo}</button>
      </form>
    `,
  );
}
