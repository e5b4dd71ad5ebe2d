import type { ClassId, SchoolId } from '../../../core/ground/ids.ts';
import type {
  AdultMembership,
  ClassActed,
  ClassSheet,
  ClassTrouble,
  SchoolClasses,
  WithClasses,
} from '../../../core/school/classes/contract.ts';
import { askWhy } from '../../components/ask-why.ts';
import { isRefused } from '../../components/form.ts';
import { pathOf, schoolPage, troubleOf } from '../../components/school-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { backLink, icon, label, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeCalendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { addressIdOf } from '../../ids.ts';
import { ADULT_FORM, adults, ROLE_BOXES, type AdultTyped } from './school-adults.ts';
import {
  classFields,
  classFormOf,
  coverField,
  isOfName,
  moderationBoxes,
  saidOf,
  teacherBoxes,
  type ClassForm,
} from './school-parts.ts';

/** A page of one class, or the form of a new one, with what was said about the last act. */
interface Notice {
  readonly said: unknown;
  readonly trouble: ClassTrouble | null;
}

const QUIET: Notice = { said: null, trouble: null };
const EMPTY: ClassForm = { name: '', levels: [], cover: null, teachers: [], moderation: 'open' };

/** GET /school/:school/new: name, levels, teachers. */
export async function newClass(
  visit: Visit<FramePart & WithClasses>,
  school: SchoolId,
  typed: { readonly form: ClassForm; readonly trouble: ClassTrouble } | null = null,
): Promise<Answer> {
  const all = await visit.core.classes.overview(visit.viewer, school);
  if (all === null) return askWhy(visit, school);
  const words = visit.texts.school.form;
  const form = typed?.form ?? EMPTY;
  const trouble = typed?.trouble ?? null;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead}</p>
    </div>
    ${isOfName(trouble) ? NOTHING : troubleOf(visit, trouble)}
    <form class="sheet pad stack" method="post" action="${pathOf(school)}/new" novalidate>
      ${classFields(visit, form, trouble)} ${teacherBoxes(visit, all, form.teachers)}
      ${coverField(visit, form)}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'check')}${words.create}</button>
        <a class="btn quiet" href="${pathOf(school)}">${words.cancel}</a>
      </div>
    </form>
  `;
  return schoolPage(visit, { title: words.title, content, refused: typed !== null });
}

/** POST /school/:school/new. */
export async function create(
  visit: Visit<FramePart & WithClasses>,
  school: SchoolId,
  given: Form,
): Promise<Answer> {
  const form = classFormOf(given);
  const acted = await visit.core.classes.create(visit.viewer, school, form);
  if (acted.kind === 'trouble') return newClass(visit, school, { form, trouble: acted.why });
  return acted.kind === 'done' ? { kind: 'go', to: `${pathOf(school)}?said=created` } : MISSING;
}

/** A class of a school that the viewer may see; else what they are answered. */
export async function classAt(
  visit: Visit<FramePart & WithClasses>,
  school: SchoolId,
  id: ClassId,
): Promise<Answer | { readonly all: SchoolClasses; readonly one: ClassSheet }> {
  const all = await visit.core.classes.overview(visit.viewer, school);
  if (all === null) return askWhy(visit, school);
  const one = all.classes.find((sheet) => sheet.id === id);
  return one === undefined ? MISSING : { all, one };
}

interface ClassShown {
  readonly id: ClassId;
  readonly notice?: Notice;
  readonly typed?: ClassForm | null;
  readonly adult?: AdultTyped | null;
}

/** GET /school/:school/class/:class: its name, who teaches it and until when, its end. */
export async function schoolClass(
  visit: Visit<FramePart & WithClasses>,
  school: SchoolId,
  { id, notice = QUIET, typed = null, adult = null }: ClassShown,
): Promise<Answer> {
  const found = await classAt(visit, school, id);
  if ('kind' in found) return found;
  const { all, one } = found;
  const words = visit.texts.school.sheet;
  const form = typed ?? { ...one, teachers: [] };
  const isBelow = isOfName(notice.trouble) || (adult !== null && isRefused(adult));
  const content = html`
    ${backLink(visit, pathOf(school), visit.texts.school.back)}
    <div class="split">
      <h1>${label(one.name, one.cover)}</h1>
      <div class="row">
        <a class="btn" href="${pathOf(school)}">${icon(visit, 'people')}${words.spread}</a>
        ${
          visit.viewer.role === 'agent'
            ? NOTHING
            : html`
                <a class="btn" href="/codes/${id}">${icon(visit, 'print')}${words.print}</a>
              `
        }
      </div>
    </div>
    ${saidOf(visit, notice.said)}${isBelow ? NOTHING : troubleOf(visit, notice.trouble)}
    ${adults(visit, all, { one, typed: adult })}
    ${settings(visit, all, { one, form, trouble: notice.trouble })} ${ending(visit, all, one)}
  `;
  return schoolPage(visit, {
    title: words.title(one.name),
    content,
    refused: notice.trouble !== null,
  });
}

interface SettingsForm {
  readonly one: ClassSheet;
  readonly form: ClassForm;
  readonly trouble: ClassTrouble | null;
}

function settings(
  visit: Visit,
  { school }: SchoolClasses,
  { one, form, trouble }: SettingsForm,
): Html {
  const { form: words, sheet } = visit.texts.school;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="${pathOf(school, one.id)}"
      aria-labelledby="st"
      novalidate
    >
      <h2 id="st">${sheet.settings}</h2>
      <p>
        ${sheet.list}${visit.texts.colon}
        <b>${one.address}</b>
        <br />
        <span class="small soft">${sheet.listHint}</span>
      </p>
      ${classFields(visit, form, trouble)}${coverField(visit, form)} ${moderationBoxes(visit, form)}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'check')}${words.save}</button>
      </div>
    </form>
  `;
}

function ending(visit: Visit, { school }: SchoolClasses, one: ClassSheet): Html {
  const words = visit.texts.school.sheet;
  if (one.endsOn === null)
    return html`
      <p class="row">
        <a class="btn no" href="${pathOf(school, one.id)}/end">
          ${icon(visit, 'calendar')}${words.end}
        </a>
        <span class="soft">${words.endLead}</span>
      </p>
    `;
  return html`
    <div class="banner wait">
      ${icon(visit, 'calendar')}
      <span class="grow">${words.ending(wholeCalendarDay(visit.viewer.language, one.endsOn))}</span>
      <form method="post" action="${pathOf(school, one.id)}/end">
        ${token(visit)}
        <button class="btn" name="keep" value="1">${words.keep}</button>
      </form>
    </div>
  `;
}

/** POST /school/:school/class/:class: name, levels, colour, moderation. */
export async function change(
  visit: Visit<FramePart & WithClasses>,
  school: SchoolId,
  { id, form }: { readonly id: ClassId; readonly form: Form },
): Promise<Answer> {
  const typed = classFormOf(form);
  const acted = await visit.core.classes.change(visit.viewer, school, {
    class: id,
    name: typed.name,
    levels: typed.levels,
    cover: typed.cover ?? 0,
    moderation: typed.moderation,
  });
  return answerTo(visit, school, { id, acted, said: 'changed', typed });
}

/** POST /school/:school/class/:class/adult: somebody before the class, or their last day. */
export async function placeAdult(
  visit: Visit<FramePart & WithClasses>,
  school: SchoolId,
  { id, form }: { readonly id: ClassId; readonly form: Form },
): Promise<Answer> {
  const typed = ADULT_FORM.typedIn(form);
  const adult: AdultMembership['adult'] =
    typed.address === '' ? (addressIdOf(typed.adult) ?? '') : typed.address;
  const acted = await visit.core.classes.placeAdult(visit.viewer, school, {
    class: id,
    adult,
    role: roleOf(form),
    from: typed.from === '' ? null : typed.from,
    until: typed.until === '' ? null : typed.until,
  });
  // The form of a last day alone asks for no first one.
  const of = fieldsOf(form, 'from').length > 0 ? 'coming' : 'last-day';
  const wrong = acted.kind === 'trouble' ? wrongOfAdult(visit, of, acted.why) : {};
  return answerTo(visit, school, {
    id,
    acted,
    said: 'placed',
    typed: null,
    adult: { typed, role: roleOf(form), of, wrong },
  });
}

/** The sentence below the field of an adult's form that it is about. */
function wrongOfAdult(
  { texts }: Visit,
  of: AdultTyped['of'],
  why: ClassTrouble,
): NonNullable<AdultTyped['wrong']> {
  const sentence = texts.school.trouble[why];
  if (of === 'last-day') return why === 'dates' ? { until: sentence } : {};
  if (why === 'no-such-adult') return { address: sentence };
  return why === 'dates' ? { from: sentence } : {};
}

/** POST /school/:school/class/:class/adult/remove. */
export async function removeAdult(
  visit: Visit<FramePart & WithClasses>,
  school: SchoolId,
  { id, form }: { readonly id: ClassId; readonly form: Form },
): Promise<Answer> {
  const adult = addressIdOf(field(form, 'adult'));
  if (adult === null) return MISSING;
  return answerTo(visit, school, {
    id,
    acted: await visit.core.classes.removeAdult(visit.viewer, school, {
      class: id,
      adult,
      role: roleOf(form),
    }),
    said: 'removed',
    typed: null,
  });
}

const roleOf = (form: Form): AdultMembership['role'] => ROLE_BOXES.tickedIn(form)[0] ?? 'teacher';

interface ClassAnswer {
  readonly id: ClassId;
  readonly acted: ClassActed;
  readonly said: string;
  readonly typed: ClassForm | null;
  readonly adult?: AdultTyped | null;
}

async function answerTo(
  visit: Visit<FramePart & WithClasses>,
  school: SchoolId,
  { id, acted, said, typed, adult = null }: ClassAnswer,
): Promise<Answer> {
  if (acted.kind === 'trouble')
    return schoolClass(visit, school, {
      id,
      notice: { said: null, trouble: acted.why },
      typed,
      adult,
    });
  return acted.kind === 'done' ? { kind: 'go', to: `${pathOf(school, id)}?said=${said}` } : MISSING;
}
