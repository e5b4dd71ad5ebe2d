import type { OwnGroupId } from '../../../core/ground/ids.ts';
import type { GroupClass, GroupSaved, GroupWish } from '../../../core/mail/groups/contract.ts';
import { tick } from '../../components/field.ts';
import { formOf } from '../../components/form.ts';
import { faceOf } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { fieldsOf, type Form } from '../../http/forms.ts';
import { groupList, hasGroups, type GroupPart } from './groups.ts';
import { isAddressable } from './letter-form.ts';
import { ownForm, ownFormPage } from './own-list.ts';

/** Fields of pupils that are read; a form of ours has fewer. */
const MOST_TICKED = 2_000;
const WHOMS = ['pupils', 'families', 'both'] as const;
type Trouble = Exclude<GroupSaved['kind'], 'saved' | 'missing'>;

const GROUP_FORM = formOf({
  name: { most: 40, isRequired: true, as: { autocomplete: 'off' } },
  whom: {},
});
const NEW: GroupWish = { id: null, name: '', whom: 'pupils', pupils: [] };

/** GET /groups/new: a group that isn't there yet. */
export async function newGroup(visit: Visit<GroupPart>): Promise<Answer> {
  return hasGroups(visit) ? show(visit, NEW, null) : MISSING;
}

/** GET /groups/:group: one of one's own, to be changed. */
export async function group(visit: Visit<GroupPart>, id: OwnGroupId): Promise<Answer> {
  const own = hasGroups(visit) ? await visit.core.groups.list(visit.viewer) : [];
  const one = own.find((each) => each.id === id);
  if (one === undefined) return MISSING;
  const pupils = one.pupils.map(({ address }) => address);
  return show(visit, { id, name: one.name, whom: one.whom, pupils }, null);
}

/** POST /groups and /groups/:group/change: made, or changed. */
export async function saveGroup(
  visit: Visit<GroupPart>,
  id: OwnGroupId | null,
  form: Form,
): Promise<Answer> {
  if (!hasGroups(visit)) return MISSING;
  const { name, whom } = GROUP_FORM.typedIn(form);
  const wish: GroupWish = {
    id,
    name,
    whom: WHOMS.find((one) => one === whom) ?? 'pupils',
    pupils: fieldsOf(form, 'pupil').filter(isAddressable).slice(0, MOST_TICKED),
  };
  const saved = await visit.core.groups.save(visit.viewer, wish);
  if (saved.kind === 'missing') return MISSING;
  return saved.kind === 'saved'
    ? { kind: 'go', to: '/groups?said=saved' }
    : show(visit, wish, saved.kind);
}

async function show(
  visit: Visit<GroupPart>,
  wish: GroupWish,
  why: Trouble | null,
): Promise<Answer> {
  const classes = await visit.core.groups.classes(visit.viewer);
  const words = visit.texts.groups;
  const trouble = why && words.why[why];
  const fields = GROUP_FORM.shown(visit, {
    typed: wish,
    wrong: trouble === null ? {} : { name: trouble },
  });
  const noClass = html`
    <p class="soft">${words.noClass}</p>
  `;
  return ownFormPage(visit, groupList(visit), {
    title: wish.id === null ? words.make : words.changeTitle(wish.name),
    trouble,
    form:
      classes.length === 0
        ? noClass
        : ownForm(visit, groupList(visit), {
            id: wish.id,
            name: (about) => fields.line('name', about),
            fields: whomAndPupils(visit, classes, wish),
          }),
  });
}

function whomAndPupils(visit: Visit, classes: readonly GroupClass[], wish: GroupWish): Html {
  const words = visit.texts.groups;
  const chosen = new Set(wish.pupils);
  return html`
    <fieldset class="whom">
      <legend class="h3">${words.whom}</legend>
      ${WHOMS.map((one) =>
        tick({
          type: 'radio',
          name: 'whom',
          value: one,
          isOn: one === wish.whom,
          words: words.whoms[one],
        }),
      )}
    </fieldset>
    ${classes.map((one) => classPupils(visit, one, chosen))}
  `;
}

function classPupils(visit: Visit, one: GroupClass, chosen: ReadonlySet<string>): Html {
  return html`
    <fieldset>
      <legend class="h3">${visit.texts.groups.pupils}, ${one.name}</legend>
      <ul class="group-pupils">
        ${one.pupils.map(
          (pupil) => html`
            <li>
              <label class="tick">
                <input
                  type="checkbox"
                  name="pupil"
                  value="${pupil.address}"
                  ${attributes({ checked: chosen.has(pupil.address) })}
                />
                ${faceOf(visit, pupil, 's')}
                <span class="cut">${pupil.name}</span>
              </label>
            </li>
          `,
        )}
      </ul>
    </fieldset>
  `;
}
