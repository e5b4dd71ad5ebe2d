import type {
  FileView,
  FolderView,
  ItemRef,
  StoredItem,
} from '../../../core/school/cupboard/contract.ts';
import { tick } from '../../components/field.ts';
import { formOf, isRefused, type Filled } from '../../components/form.ts';
import { backLink, icon, token } from '../../frame/parts.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import type { BoxPart } from './box-parts.ts';
import { showFolder } from './folder.ts';
import { itemOf, parentOf, thrownBefore } from './found.ts';
import { cupboardPage, headline } from './page.ts';
import { cupboardPath, folderPath, itemPath, type CupboardDeskPart } from './parts.ts';

const NAME = formOf({ name: { most: 240, isRequired: true } });

/** GET /stored/:school/:item/change: its name, who sees it, the bin. */
export function changeItem(visit: Visit<CupboardDeskPart>, ref: ItemRef): Promise<Answer> {
  return show(visit, ref, null);
}

async function show(
  given: Visit<CupboardDeskPart>,
  ref: ItemRef,
  filled: Filled<'name'> | null,
): Promise<Answer> {
  const found = await itemOf(given, ref);
  if (found === null || !found.item.mayArrange) return MISSING;
  const { view, item } = found;
  const visit = atSchool(given, view);
  const words = visit.texts.cupboards;
  const name = filled ?? NAME.blank({ name: item.name });
  const parent = view.way.at(-2);
  return cupboardPage(visit, view, {
    title: words.changePage(item.name),
    refused: isRefused(name),
    content: html`
      ${backLink(
        visit,
        parent === undefined ? cupboardPath(view.cupboard) : itemPath(parent.ref),
        words.backTo(parent?.name ?? words.top),
      )}
      <div class="change-item">
        ${headline(view, words.changePage(item.name))}
        <form class="sheet pad" method="post" action="${itemPath(ref)}/name" novalidate>
          ${token(visit)} ${NAME.shown(visit, name).line('name', { label: words.name })}
          <button class="btn">${words.rename}</button>
        </form>
        ${item.mayShow ? showForm(visit, view, item) : NOTHING}
        <p>
          <a class="btn" href="${itemPath(ref)}/move">${icon(visit, 'move')}${words.move.act}</a>
        </p>
        <form class="sheet pad" method="post" action="${itemPath(ref)}/throw">
          ${token(visit)}
          <button class="btn">${icon(visit, 'trash')}${words.throwAway[visit.audience]}</button>
        </form>
      </div>
    `,
  });
}

function showForm(
  visit: Visit,
  { cupboard, sights }: FolderView | FileView,
  item: StoredItem,
): Html {
  const words = visit.texts.cupboards;
  const opens = tick({
    type: 'checkbox',
    name: 'opens',
    value: '1',
    isOn: item.isOpen,
    words: words.opens,
  });
  return html`
    <form class="sheet pad" method="post" action="${itemPath(item.ref)}/show" novalidate>
      ${token(visit)}
      <fieldset class="field">
        <legend>${words.whoSees}</legend>
        ${sights.map((one) =>
          tick({
            type: 'radio',
            name: 'sees',
            value: one,
            isOn: item.sees === one,
            words: ('classId' in cupboard ? words.seesLong : words.seesLongHere)[one],
          }),
        )}
        ${item.kind === 'folder' && 'classId' in cupboard ? opens : NOTHING}
        <p class="hint">${words.whoSeesHint}</p>
      </fieldset>
      <button class="btn">${words.save}</button>
    </form>
  `;
}

/** POST …/name: another name. */
export async function renameItem(visit: Visit<BoxPart>, ref: ItemRef, form: Form): Promise<Answer> {
  const typed = NAME.typedIn(form);
  const became = await visit.core.cupboards.rename(visit.viewer, ref, field(form, 'name'));
  if (became.kind === 'missing') return notNamed(visit, ref, typed.name);
  if (became.kind === 'done') return { kind: 'go', to: `${itemPath(ref)}?said=changed` };
  const wrong = { name: visit.texts.cupboards.faults[became.fault] };
  return show(visit, ref, { typed, wrong });
}

/** What was thrown away meanwhile keeps its name: the list where it lay says so. */
async function notNamed(visit: Visit<BoxPart>, ref: ItemRef, name: string): Promise<Answer> {
  const { core, viewer, texts, audience } = visit;
  const at = await core.cupboards.thrownFrom(viewer, ref);
  if (at === null) return MISSING;
  return showFolder(visit, at, { troubles: [texts.cupboards.notNamed[audience](name)] });
}

/** POST …/show: who sees it, and whether pupils put files into it. */
export async function showItem(
  visit: Visit<CupboardDeskPart>,
  ref: ItemRef,
  form: Form,
): Promise<Answer> {
  const found = await itemOf(visit, ref);
  if (found === null) return thrownBefore(visit, ref);
  if (!found.item.mayShow) return MISSING;
  const sees = found.view.sights.find((one) => one === field(form, 'sees'));
  if (sees === undefined) return { kind: 'wrong' };
  const isOpen = field(form, 'opens') === '1';
  const isDone = await visit.core.cupboards.show(visit.viewer, ref, { sees, isOpen });
  return isDone ? { kind: 'go', to: `${itemPath(ref)}?said=changed` } : thrownBefore(visit, ref);
}

/** POST …/throw: into the bin; one is where it was. */
export async function throwItem(visit: Visit<CupboardDeskPart>, ref: ItemRef): Promise<Answer> {
  const found = await itemOf(visit, ref);
  const isDone = found !== null && (await visit.core.cupboards.throwAway(visit.viewer, ref));
  return isDone
    ? { kind: 'go', to: `${folderPath(parentOf(found))}?said=thrown` }
    : thrownBefore(visit, ref);
}
