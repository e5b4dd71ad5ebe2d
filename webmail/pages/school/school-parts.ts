import type { AddressId, ClassId } from '../../../core/ground/ids.ts';
import type {
  ClassSheet,
  ClassTrouble,
  SchoolClasses,
} from '../../../core/school/classes/contract.ts';
import { tick } from '../../components/field.ts';
import { boxesOf, formOf } from '../../components/form.ts';
import { coverClass } from '../../frame/parts.ts';
import { saidBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, type Html } from '../../html.ts';
import { fieldsOf, type Form } from '../../http/forms.ts';
import { addressIdOf, classIdOf } from '../../ids.ts';

/** Grade levels as a form offers them. */
const LEVELS = ['TPS', 'PS', 'MS', 'GS', 'CP', 'CE1', 'CE2', 'CM1', 'CM2', 'ULIS'] as const;
const COVERS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** That something was done, in words. */
export const saidOf = (visit: Visit, said: unknown): Html =>
  saidBanner(visit, visit.texts.school.said, said);

/** What a form of a class says, as the person typed it. */
export interface ClassForm {
  readonly name: string;
  readonly levels: readonly string[];
  readonly cover: number | null;
  readonly teachers: readonly AddressId[];
  readonly moderation: ClassSheet['moderation'];
}

const NAME_FORM = formOf({
  name: { most: 40, isRequired: true, as: { autocomplete: 'off' } },
});
const LEVEL_BOXES = boxesOf('checkbox', 'level', LEVELS);
const COVER_BOXES = boxesOf('radio', 'cover', COVERS);
const MODERATION_BOXES = boxesOf('radio', 'moderation', ['open', 'first-contact', 'all'] as const);

export function classFormOf(form: Form): ClassForm {
  const [cover = null] = COVER_BOXES.tickedIn(form);
  const [moderation = 'open'] = MODERATION_BOXES.tickedIn(form);
  return {
    ...NAME_FORM.typedIn(form),
    levels: LEVEL_BOXES.tickedIn(form),
    cover,
    teachers: fieldsOf(form, 'teacher').flatMap((one) => addressIdOf(one) ?? []),
    moderation,
  };
}

/** What is wrong with the name of a class is said below it. */
export const isOfName = (trouble: ClassTrouble | null) =>
  trouble === 'name-missing' || trouble === 'name-taken';

/** Name and levels: the same for a new class and for one that is there. */
export function classFields(
  visit: Visit,
  { name, levels }: Pick<ClassForm, 'name' | 'levels'>,
  trouble: ClassTrouble | null,
): Html {
  const words = visit.texts.school.form;
  return html`
    ${NAME_FORM.shown(visit, {
      typed: { name },
      wrong: isOfName(trouble) ? { name: visit.texts.school.trouble[trouble] } : {},
    }).line('name', { label: words.name, hint: words.nameHint, look: 'named' })}
    <fieldset class="field">
      <legend>${words.levels}</legend>
      <div class="row">${LEVEL_BOXES.shown(levels, (level) => level, 'level')}</div>
      <p class="hint">${words.levelsHint}</p>
    </fieldset>
  `;
}

/** The colour of the exercise books; without one chosen, a new class takes what is free. */
export function coverField(visit: Visit, { cover }: Pick<ClassForm, 'cover'>): Html {
  const words = visit.texts.school.form;
  return html`
    <fieldset class="field">
      <legend>${words.cover}</legend>
      <div class="swatches">
        ${COVERS.map(
          (one) => html`
            <label class="tick swatch ${coverClass(one)}">
              <input
                type="radio"
                name="cover"
                value="${one}"
                ${attributes({ checked: cover === one })}
              />
              <span class="spine" aria-hidden="true"></span>
              <span>${words.covers[one - 1]}</span>
            </label>
          `,
        )}
      </div>
    </fieldset>
  `;
}

/** Which messages of its pupils are read first. */
export function moderationBoxes(visit: Visit, { moderation }: Pick<ClassForm, 'moderation'>): Html {
  const words = visit.texts.school.form;
  return html`
    <fieldset class="field">
      <legend>${words.moderation}</legend>
      ${MODERATION_BOXES.shown([moderation], (mode) => words.moderations[mode])}
    </fieldset>
  `;
}

/** Those who teach at the school as boxes, those without a class first. */
export function teacherBoxes(
  visit: Visit,
  { adults }: SchoolClasses,
  chosen: readonly AddressId[],
): Html {
  const words = visit.texts.school.form;
  const teaching = adults.filter(({ post }) => post !== 'staff');
  const sorted = [
    ...teaching.filter(({ teaches }) => teaches.length === 0),
    ...teaching.filter(({ teaches }) => teaches.length > 0),
  ];
  return html`
    <fieldset class="field">
      <legend>${words.teachers}</legend>
      <div class="boxes">
        ${sorted.map(({ id, name, teaches }) =>
          tick({
            type: 'checkbox',
            name: 'teacher',
            value: id,
            isOn: chosen.includes(id),
            words: html`
              ${name}${' '}
              <span class="small soft">
                ${teaches.length === 0 ? words.free : visit.texts.list(teaches)}
              </span>
            `,
          }),
        )}
      </div>
      <p class="hint">${words.teachersHint}</p>
    </fieldset>
  `;
}

/** `12-3`: pupil 12, who stands in class 3; `12-0`, in none. Null for another spelling. */
export function pickedOf(
  text: string,
): { readonly pupil: AddressId; readonly from: ClassId | null } | null {
  const [first = '', second = '', ...more] = text.split('-');
  const [pupil, from] = [addressIdOf(first), second === '0' ? null : classIdOf(second)];
  return more.length > 0 || pupil === null || (from === null && second !== '0')
    ? null
    : { pupil, from };
}
