import type { AddressId, ClassId, SchoolId } from '../../../core/ground/ids.ts';
import type { ClassTrouble, SchoolClasses } from '../../../core/school/classes/contract.ts';
import { around, framed, type FramePart } from '../../frame/frame.ts';
import { coverClass, icon } from '../../frame/parts.ts';
import { doneBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeCalendarDay } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { addressIdOf, classIdOf } from '../../ids.ts';

/** Grade levels as a form offers them. */
const LEVELS = ['TPS', 'PS', 'MS', 'GS', 'CP', 'CE1', 'CE2', 'CM1', 'CM2', 'ULIS'] as const;
const COVERS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** A sentence on top of a page that says why something was not done. */
export function alertBanner(visit: Visit, tone: 'wait' | 'stop', sentence: string): Html {
  return html`
    <p class="banner ${tone}" role="alert">
      ${icon(visit, 'warning')}
      <span class="grow">${sentence}</span>
    </p>
  `;
}

/** What went wrong, in words; nothing for what isn't known. */
export function troubleOf(visit: Visit, why: unknown): Html {
  const words: Readonly<Record<string, string>> = visit.texts.school.trouble;
  const sentence = typeof why === 'string' ? words[why] : undefined;
  return sentence === undefined ? NOTHING : alertBanner(visit, 'wait', sentence);
}

/** That something was done, in words. */
export function saidOf(visit: Visit, said: unknown): Html {
  const words: Readonly<Record<string, string>> = visit.texts.school.said;
  const sentence = typeof said === 'string' ? words[said] : undefined;
  return sentence === undefined ? NOTHING : doneBanner(visit, sentence);
}

/** A page of a school's classes. */
export async function schoolPage(
  visit: Visit<FramePart>,
  {
    title,
    content,
    status = 200,
  }: { readonly title: string; readonly content: Html; readonly status?: number },
): Promise<Answer> {
  const main = html`
    <main id="main" class="body narrow"><div class="stack wide">${content}</div></main>
  `;
  return {
    kind: 'page',
    status,
    body: framed(visit, await around(visit), {
      title,
      section: 'school',
      shelf: null,
      styles: ['codes.css', 'school.css'],
      main,
    }),
  };
}

/** A day of the school's calendar in words: « 24 novembre 2026 ». */
export function dayWords(visit: Visit, day: string): string {
  return wholeCalendarDay(visit.viewer.language, day);
}

/** What a form of a class says, as the person typed it. */
export interface ClassForm {
  readonly name: string;
  readonly levels: readonly string[];
  readonly cover: number | null;
  readonly teachers: readonly AddressId[];
}

export function classFormOf(form: Form): ClassForm {
  const cover = Number(field(form, 'cover'));
  return {
    name: field(form, 'name').slice(0, 200),
    levels: fieldsOf(form, 'level').filter((one) => LEVELS.some((level) => level === one)),
    cover: COVERS.some((one) => one === cover) ? cover : null,
    teachers: fieldsOf(form, 'teacher').flatMap((one) => addressIdOf(one) ?? []),
  };
}

/** Name and levels: the same for a new class and for one that is there. */
export function classFields(
  visit: Visit,
  { name, levels }: Pick<ClassForm, 'name' | 'levels'>,
  trouble: ClassTrouble | null,
): Html {
  const words = visit.texts.school.form;
  const wrongName = trouble === 'name-missing' || trouble === 'name-taken';
  return html`
    <div class="field">
      <label for="name">${words.name}</label>
      <input
        class="input named"
        id="name"
        name="name"
        value="${name}"
        maxlength="40"
        autocomplete="off"
        required
        aria-describedby="name-hint"
        ${attributes({ 'aria-invalid': wrongName ? 'true' : null })}
      />
      <p class="hint" id="name-hint">${words.nameHint}</p>
    </div>
    <fieldset class="field">
      <legend>${words.levels}</legend>
      <div class="row">
        ${LEVELS.map(
          (level) => html`
            <label class="tick level">
              <input
                type="checkbox"
                name="level"
                value="${level}"
                ${attributes({ checked: levels.includes(level) })}
              />
              <span>${level}</span>
            </label>
          `,
        )}
      </div>
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
        ${sorted.map(
          ({ id, name, teaches }) => html`
            <label class="tick">
              <input
                type="checkbox"
                name="teacher"
                value="${id}"
                ${attributes({ checked: chosen.includes(id) })}
              />
              <span>
                ${name}${' '}
                <span class="small soft">
                  ${teaches.length === 0 ? words.free : visit.texts.list(teaches)}
                </span>
              </span>
            </label>
          `,
        )}
      </div>
      <p class="hint">${words.teachersHint}</p>
    </fieldset>
  `;
}

/** Where these pages lie. */
export const pathOf = (school: SchoolId, classId: ClassId | null = null): string =>
  classId === null ? `/school/${school}` : `/school/${school}/class/${classId}`;

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
