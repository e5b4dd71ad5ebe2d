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
import { cupboardPage, headline } from './page.ts';
import { cupboardPath, folderPath, itemPath, type CupboardDeskPart } from './parts.ts';

const NAME = formOf({ name: { most: 240, isRequired: true } });

/** GET /stored/:school/:item/change: its name, who sees it, the bin. */
export function changeItem(visit: Visit<CupboardDeskPart>, ref: ItemRef): Promise<Answer> {
  return show(visit, ref, null);
}

/** A file or a folder, with what is around it. */
export async function itemOf({ core, viewer }: Visit<CupboardDeskPart>, ref: ItemRef) {
  const file = await core.cupboards.file(viewer, ref);
  if (file !== null) return { view: file, item: file.file };
  const folder = await core.cupboards.folder(viewer, ref, null);
  return folder?.folder ? { view: folder, item: folder.folder } : null;
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
export async function renameItem(
  visit: Visit<CupboardDeskPart>,
  ref: ItemRef,
  form: Form,
): Promise<Answer> {
  const became = await visit.core.cupboards.rename(visit.viewer, ref, field(form, 'name'));
  if (became.kind === 'missing') return MISSING;
  if (became.kind === 'done') return { kind: 'go', to: `${itemPath(ref)}?said=changed` };
  const wrong = { name: visit.texts.cupboards.faults[became.fault] };
  return show(visit, ref, { typed: NAME.typedIn(form), wrong });
}

/** POST …/show: who sees it, and whether pupils put files into it. */
export async function showItem(
  visit: Visit<CupboardDeskPart>,
  ref: ItemRef,
  form: Form,
): Promise<Answer> {
  const found = await itemOf(visit, ref);
  if (found === null || !found.item.mayShow) return MISSING;
  const sees = found.view.sights.find((one) => one === field(form, 'sees'));
  if (sees === undefined) return { kind: 'wrong' };
  const isOpen = field(form, 'opens') === '1';
  const isDone = await visit.core.cupboards.show(visit.viewer, ref, { sees, isOpen });
  return isDone ? { kind: 'go', to: `${itemPath(ref)}?said=changed` } : MISSING;
}

/** POST …/throw: into the bin; one is where it was. */
export async function throwItem(visit: Visit<CupboardDeskPart>, ref: ItemRef): Promise<Answer> {
  const found = await itemOf(visit, ref);
  const isDone = found !== null && (await visit.core.cupboards.throwAway(visit.viewer, ref));
  if (!isDone) return MISSING;
  const parent = found.view.way.at(-2);
  return { kind: 'go', to: `${folderPath(parent?.ref ?? found.view.cupboard)}?said=thrown` };
}
