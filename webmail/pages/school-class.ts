import type {
  AdultPlace,
  ClassActed,
  ClassId,
  ClassSheet,
  ClassTrouble,
  Placed,
  SchoolClasses,
  SchoolId,
} from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { field, type Form } from '../forms.ts';
import { around, framed, type FramePart } from '../frame.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import { addressIdOf } from '../ids.ts';
import { faceOf, icon, label, token } from '../parts.ts';
import {
  classFields,
  classFormOf,
  coverField,
  dayWords,
  pathOf,
  saidOf,
  teacherBoxes,
  troubleOf,
  type ClassForm,
} from '../school-parts.ts';
import type { Visit } from '../visit.ts';
import { askWhy } from './schools.ts';

/** A page of one class, or the form of a new one, with what was said about the last act. */
interface Told {
  readonly said: unknown;
  readonly trouble: ClassTrouble | null;
}

const QUIET: Told = { said: null, trouble: null };
const EMPTY: ClassForm = { name: '', levels: [], cover: null, teachers: [] };

/** GET /school/:school/new: name, levels, teachers. */
export async function newClass(
  visit: Visit<FramePart | 'classes'>,
  school: SchoolId,
  typed: { readonly form: ClassForm; readonly trouble: ClassTrouble } | null = null,
): Promise<Answer> {
  const all = await visit.core.classes.overview(visit.viewer, school);
  if (all === null) return askWhy(visit, school);
  const words = visit.texts.school.form;
  const form = typed?.form ?? EMPTY;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead}</p>
    </div>
    ${troubleOf(visit, typed?.trouble)}
    <form class="sheet pad stack" method="post" action="${pathOf(school)}/new">
      ${classFields(visit, form, typed?.trouble ?? null)} ${teacherBoxes(visit, all, form.teachers)}
      ${coverField(visit, form)}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'check')}${words.create}</button>
        <a class="btn quiet" href="${pathOf(school)}">${words.cancel}</a>
      </div>
    </form>
  `;
  return shown(visit, { title: words.title, content, status: typed === null ? 200 : 422 });
}

/** POST /school/:school/new. */
export async function create(
  visit: Visit<FramePart | 'classes'>,
  school: SchoolId,
  given: Form,
): Promise<Answer> {
  const form = classFormOf(given);
  const acted = await visit.core.classes.create(visit.viewer, school, form);
  if (acted.kind === 'trouble') return newClass(visit, school, { form, trouble: acted.why });
  return acted.kind === 'done' ? { kind: 'go', to: `${pathOf(school)}?said=created` } : MISSING;
}

/** GET /school/:school/class/:class: its name, who teaches it and until when, its end. */
export async function schoolClass(
  visit: Visit<FramePart | 'classes'>,
  school: SchoolId,
  {
    id,
    told = QUIET,
    typed = null,
  }: { readonly id: ClassId; readonly told?: Told; readonly typed?: ClassForm | null },
): Promise<Answer> {
  const all = await visit.core.classes.overview(visit.viewer, school);
  if (all === null) return askWhy(visit, school);
  const one = all.classes.find((sheet) => sheet.id === id);
  if (one === undefined) return MISSING;
  const words = visit.texts.school.sheet;
  const content = html`
    <p><a href="${pathOf(school)}">${visit.texts.school.back}</a></p>
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
    ${saidOf(visit, told.said)}${troubleOf(visit, told.trouble)} ${adults(visit, all, one)}
    ${settings(visit, all, { one, form: typed ?? { ...one, teachers: [] }, trouble: told.trouble })}
    ${ending(visit, all, one)}
  `;
  return shown(visit, {
    title: words.title(one.name),
    content,
    status: told.trouble === null ? 200 : 422,
  });
}

function settings(
  visit: Visit,
  { school }: SchoolClasses,
  {
    one,
    form,
    trouble,
  }: { readonly one: ClassSheet; readonly form: ClassForm; readonly trouble: ClassTrouble | null },
): Html {
  const { form: words, sheet } = visit.texts.school;
  const choice = (mode: ClassSheet['moderation']): Html => html`
    <label class="tick">
      <input
        type="radio"
        name="moderation"
        value="${mode}"
        ${attributes({ checked: one.moderation === mode })}
      />
      <span>${words.moderations[mode]}</span>
    </label>
  `;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="${pathOf(school, one.id)}"
      aria-labelledby="st"
    >
      <h2 id="st">${sheet.settings}</h2>
      <p>
        ${sheet.list}${visit.texts.colon}
        <b class="wrap">${one.address}</b>
        <br />
        <span class="small soft">${sheet.listHint}</span>
      </p>
      ${classFields(visit, form, trouble)}${coverField(visit, form)}
      <fieldset class="field">
        <legend>${words.moderation}</legend>
        ${choice('open')}${choice('first-contact')}${choice('all')}
      </fieldset>
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'check')}${words.save}</button>
      </div>
    </form>
  `;
}

function adults(visit: Visit, all: SchoolClasses, one: ClassSheet): Html {
  const words = visit.texts.school.sheet;
  const list = (role: 'teacher' | 'aide', placed: readonly Placed[]): Html =>
    placed.length === 0
      ? html`
          <p class="soft">${words.nobody}</p>
        `
      : html`
          <ul class="lines">
            ${placed.map((adult) => adultLine(visit, all, { one, adult, role }))}
          </ul>
        `;
  return html`
    <section class="sheet pad stack" aria-labelledby="te">
      <h2 id="te">${words.teachers}</h2>
      ${list('teacher', one.teachers)}
      ${
        one.aides.length === 0
          ? NOTHING
          : html`
              <h3>${words.aides}</h3>
              ${list('aide', one.aides)}
            `
      }
      <details>
        <summary>${words.add}</summary>
        ${adultForm(visit, all, one)}
      </details>
    </section>
  `;
}

function adultLine(
  visit: Visit,
  { school, today }: SchoolClasses,
  {
    one,
    adult,
    role,
  }: { readonly one: ClassSheet; readonly adult: Placed; readonly role: 'teacher' | 'aide' },
): Html {
  const words = visit.texts.school.sheet;
  const { name } = adult.face;
  const dates = [
    adult.from > today
      ? words.fromDay(dayWords(visit, adult.from))
      : words.since(dayWords(visit, adult.from)),
    ...(adult.until === null ? [] : [words.until(dayWords(visit, adult.until))]),
  ].join(', ');
  const hidden = html`
    ${token(visit)}
    <input type="hidden" name="adult" value="${adult.id}" />
    <input type="hidden" name="role" value="${role}" />
  `;
  const last =
    adult.from > today
      ? NOTHING
      : html`
          <form class="row tied" method="post" action="${pathOf(school, one.id)}/adult">
            ${hidden}
            <label class="small soft" for="u${adult.id}${role}">
              ${words.lastDay}
              <span class="vh">${' '}${name}</span>
            </label>
            <input
              class="input day"
              id="u${adult.id}${role}"
              type="date"
              name="until"
              min="${today}"
              value="${adult.until ?? ''}"
            />
            <button class="btn mini">
              ${words.setLast}
              <span class="vh">${' '}${name}</span>
            </button>
          </form>
        `;
  return html`
    <li class="line row">
      ${faceOf(visit, adult.face)}
      <span class="grow">
        <b>${name}</b>
        <br />
        <span class="small soft">${dates}</span>
      </span>
      ${last}
      <form method="post" action="${pathOf(school, one.id)}/adult/remove">
        ${hidden}
        <button class="btn mini no">
          ${words.remove}
          <span class="vh">${' '}${words.removeWho(name)}</span>
        </button>
      </form>
    </li>
  `;
}

function adultForm(
  visit: Visit,
  { school, adults: choices, today }: SchoolClasses,
  one: ClassSheet,
): Html {
  const words = visit.texts.school.sheet;
  return html`
    <form class="stack inner" method="post" action="${pathOf(school, one.id)}/adult">
      <div class="pair">
        <div class="field">
          <label for="who">${words.who}</label>
          <select id="who" name="adult">
            <option value="">${words.chooseAdult}</option>
            ${choices.map(
              ({ id, name, teaches }) => html`
                <option value="${id}">
                  ${name}${teaches.length === 0 ? '' : ` (${teaches.join(', ')})`}
                </option>
              `,
            )}
          </select>
        </div>
        <div class="field">
          <label for="else">${words.elsewhere}</label>
          <input class="input" id="else" name="address" inputmode="email" autocomplete="off" />
        </div>
      </div>
      <fieldset class="field">
        <legend>${words.role}</legend>
        <div class="row">
          <label class="tick level">
            <input type="radio" name="role" value="teacher" checked />
            <span>${words.roles.teacher}</span>
          </label>
          <label class="tick level">
            <input type="radio" name="role" value="aide" />
            <span>${words.roles.aide}</span>
          </label>
        </div>
      </fieldset>
      <div class="pair">
        <div class="field">
          <label for="fr">${words.from}</label>
          <input class="input day" id="fr" type="date" name="from" min="${today}" />
          <p class="hint">${words.fromHint}</p>
        </div>
        <div class="field">
          <label for="un">${words.lastDay}</label>
          <input class="input day" id="un" type="date" name="until" min="${today}" />
          <p class="hint">${words.untilHint}</p>
        </div>
      </div>
      <div class="row">
        ${token(visit)}
        <button class="btn">${icon(visit, 'plus')}${words.addNow}</button>
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
      <span class="grow">${words.ending(dayWords(visit, one.endsOn))}</span>
      <form method="post" action="${pathOf(school, one.id)}/end">
        ${token(visit)}
        <button class="btn" name="keep" value="1">${words.keep}</button>
      </form>
    </div>
  `;
}

/** POST /school/:school/class/:class: name, levels, colour, moderation. */
export async function change(
  visit: Visit<FramePart | 'classes'>,
  school: SchoolId,
  { id, form }: { readonly id: ClassId; readonly form: Form },
): Promise<Answer> {
  const typed = classFormOf(form);
  const moderation =
    (['first-contact', 'all'] as const).find((one) => one === field(form, 'moderation')) ?? 'open';
  const acted = await visit.core.classes.change(visit.viewer, school, {
    class: id,
    name: typed.name,
    levels: typed.levels,
    cover: typed.cover ?? 0,
    moderation,
  });
  return told(visit, school, { id, acted, said: 'changed', typed });
}

/** POST /school/:school/class/:class/adult: somebody before the class, or their last day. */
export async function placeAdult(
  visit: Visit<FramePart | 'classes'>,
  school: SchoolId,
  { id, form }: { readonly id: ClassId; readonly form: Form },
): Promise<Answer> {
  const typed = field(form, 'address').trim().slice(0, 320);
  const adult: AdultPlace['adult'] =
    typed === '' ? (addressIdOf(field(form, 'adult')) ?? '') : typed;
  const acted = await visit.core.classes.placeAdult(visit.viewer, school, {
    class: id,
    adult,
    role: roleOf(form),
    from: dayOf(form, 'from'),
    until: dayOf(form, 'until'),
  });
  return told(visit, school, { id, acted, said: 'placed', typed: null });
}

/** POST /school/:school/class/:class/adult/remove. */
export async function removeAdult(
  visit: Visit<FramePart | 'classes'>,
  school: SchoolId,
  { id, form }: { readonly id: ClassId; readonly form: Form },
): Promise<Answer> {
  const adult = addressIdOf(field(form, 'adult'));
  if (adult === null) return MISSING;
  return told(visit, school, {
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

const roleOf = (form: Form): AdultPlace['role'] =>
  field(form, 'role') === 'aide' ? 'aide' : 'teacher';
const dayOf = (form: Form, name: string): string | null =>
  field(form, name) === '' ? null : field(form, name);

async function told(
  visit: Visit<FramePart | 'classes'>,
  school: SchoolId,
  {
    id,
    acted,
    said,
    typed,
  }: {
    readonly id: ClassId;
    readonly acted: ClassActed;
    readonly said: string;
    readonly typed: ClassForm | null;
  },
): Promise<Answer> {
  if (acted.kind === 'trouble')
    return schoolClass(visit, school, { id, told: { said: null, trouble: acted.why }, typed });
  return acted.kind === 'done' ? { kind: 'go', to: `${pathOf(school, id)}?said=${said}` } : MISSING;
}

/** GET /school/:school/class/:class/end: what it means, and the day. */
export async function endClass(
  visit: Visit<FramePart | 'classes'>,
  school: SchoolId,
  { id, trouble = null }: { readonly id: ClassId; readonly trouble?: ClassTrouble | null },
): Promise<Answer> {
  const all = await visit.core.classes.overview(visit.viewer, school);
  if (all === null) return askWhy(visit, school);
  const one = all.classes.find((sheet) => sheet.id === id);
  if (one === undefined) return MISSING;
  const words = visit.texts.school.sheet;
  const only = one.pupils.filter(({ others }) => others.length === 0).length;
  const content = html`
    <h1>${words.endTitle(one.name)}</h1>
    ${troubleOf(visit, trouble)}
    <form class="sheet pad stack" method="post" action="${pathOf(school, id)}/end">
      <p>${words.endText(one.name, only)}</p>
      <p>${words.endKeeps}</p>
      <div class="field">
        <label for="day">${words.endDay}</label>
        <input
          class="input day"
          id="day"
          type="date"
          name="day"
          min="${all.today}"
          value="${all.today}"
          required
        />
      </div>
      <div class="row">
        ${token(visit)}
        <button class="btn no">${icon(visit, 'calendar')}${words.endYes(one.name)}</button>
        <a class="btn main" href="${pathOf(school, id)}">${words.endNo}</a>
      </div>
    </form>
  `;
  return shown(visit, {
    title: words.endTitle(one.name),
    content,
    status: trouble === null ? 200 : 422,
  });
}

/** POST /school/:school/class/:class/end: its last day, or that it goes on. */
export async function end(
  visit: Visit<FramePart | 'classes'>,
  school: SchoolId,
  { id, form }: { readonly id: ClassId; readonly form: Form },
): Promise<Answer> {
  const keep = field(form, 'keep') === '1';
  const acted = await visit.core.classes.end(visit.viewer, school, {
    class: id,
    lastDay: keep ? null : field(form, 'day'),
  });
  if (acted.kind === 'trouble') return endClass(visit, school, { id, trouble: acted.why });
  return acted.kind === 'done'
    ? { kind: 'go', to: `${pathOf(school, id)}?said=${keep ? 'kept' : 'ended'}` }
    : MISSING;
}

async function shown(
  visit: Visit<FramePart>,
  {
    title,
    content,
    status,
  }: { readonly title: string; readonly content: Html; readonly status: number },
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
