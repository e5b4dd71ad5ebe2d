import type { AddressId, ClassId, SchoolId } from '../../../core/ground/ids.ts';
import type { Why } from '../../../core/roster/days.ts';
import type { OwnClassDetails, WithTeaching } from '../../../core/school/teaching/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import { lineField } from '../../components/field.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { type FramePart } from '../../frame/frame.ts';
import { backLink, icon, label, token } from '../../frame/parts.ts';
import { alertBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { dayAfter } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { addressIdOf, schoolIdOf } from '../../ids.ts';

/** A link lasts half a term unless somebody says otherwise. */
const USUAL_DAYS = 42;
const AHEAD_DAYS = 400;

/** What was typed, to be shown again. */
interface Typed {
  readonly school: SchoolId | null;
  readonly other: string;
  readonly address: string;
  readonly from: string;
  readonly until: string;
  readonly moderated: boolean;
}

/**
 * GET /classes/:class/link?school=: first a school, then one of its classes; or the address of a
 * class that one knows.
 */
export async function linkPage(
  visit: Visit<FramePart & WithTeaching>,
  id: ClassId,
  school: unknown,
): Promise<Answer> {
  return show(visit, id, {
    typed: (details) => ({
      school: schoolIdOf(school),
      other: '',
      address: '',
      from: details.today,
      until: dayAfter(details.today, USUAL_DAYS),
      moderated: true,
    }),
    why: null,
  });
}

/**
 * POST /classes/:class/link: the proposal leaves, or the page comes again with what was typed and
 * why not.
 */
export async function propose(
  visit: Visit<FramePart & WithTeaching>,
  id: ClassId,
  form: Form,
): Promise<Answer> {
  const typed: Typed = {
    school: schoolIdOf(field(form, 'school')),
    other: field(form, 'other'),
    address: field(form, 'address').slice(0, 254),
    from: field(form, 'from'),
    until: field(form, 'until'),
    moderated: field(form, 'moderated') === 'yes',
  };
  const chosen = addressIdOf(typed.other);
  const ruling = await visit.core.teaching.proposeLink(visit.viewer, {
    class: id,
    other:
      chosen === null ? { kind: 'address', address: typed.address } : { kind: 'class', id: chosen },
    from: typed.from,
    until: typed.until,
    moderated: typed.moderated,
  });
  if (ruling.kind === 'missing') return MISSING;
  if (ruling.kind === 'refused') return show(visit, id, { typed: () => typed, why: ruling.why });
  return { kind: 'go', to: `${tabPath(id, 'links')}?said=proposed` };
}

async function show(
  visit: Visit<FramePart & WithTeaching>,
  id: ClassId,
  {
    typed: typedFor,
    why,
  }: { readonly typed: (details: OwnClassDetails) => Typed; readonly why: Why | null },
): Promise<Answer> {
  const { teaching } = visit.core;
  const [details, schools] = await Promise.all([
    teaching.classDetails(visit.viewer, id),
    teaching.schools(visit.viewer, id),
  ]);
  if (details === null || schools === null) return MISSING;
  const typed = typedFor(details);
  const classes =
    typed.school === null ? null : await teaching.linkable(visit.viewer, id, typed.school);
  const words = visit.texts.teaching.links;
  const content = html`
    ${backLink(visit, tabPath(id, 'links'), words.back)}
    <div>
      <h1 class="row">
        <span>${words.newTitle}</span>
        ${' '}${label(details.name, details.cover)}
      </h1>
      <p class="soft">${words.newHint}</p>
    </div>
    ${why === null ? NOTHING : alertBanner(visit, 'stop', visit.texts.teaching.why[why])}
    ${schoolForm(visit, id, { schools, chosen: typed.school })}
    ${proposalForm(visit, details, { typed, classes })}
  `;
  return narrowPage(visit, {
    title: words.newTitle,
    section: 'classes',
    styles: ['codes.css', 'desk.css'],
    refused: why !== null,
    content,
  });
}

interface Named<Id> {
  readonly id: Id;
  readonly name: string;
}

/** First a school: its classes are shown then. */
function schoolForm(
  visit: Visit,
  id: ClassId,
  {
    schools,
    chosen,
  }: { readonly schools: readonly Named<SchoolId>[]; readonly chosen: SchoolId | null },
): Html {
  const words = visit.texts.teaching.links;
  return html`
    <form class="sheet pad stack tight" method="get" action="/classes/${id}/link">
      <label class="lab" for="sc">${words.school}</label>
      <div class="row">
        <select id="sc" name="school">
          ${schools.map(
            (one) => html`
              <option value="${one.id}" ${attributes({ selected: one.id === chosen })}>
                ${one.name}
              </option>
            `,
          )}
        </select>
        <button class="btn">${icon(visit, 'search')}${words.showClasses}</button>
      </div>
    </form>
  `;
}

function proposalForm(
  visit: Visit,
  details: OwnClassDetails,
  {
    typed,
    classes,
  }: { readonly typed: Typed; readonly classes: readonly Named<AddressId>[] | null },
): Html {
  const words = visit.texts.teaching.links;
  const school = html`
    <input type="hidden" name="school" value="${typed.school}" />
  `;
  return html`
    <form class="sheet pad stack" method="post" action="/classes/${details.id}/link" novalidate>
      ${classes === null ? NOTHING : classChoice(visit, classes, typed.other)}
      ${lineField(visit, {
        name: 'address',
        id: 'la',
        label: words.address,
        value: typed.address,
        hint: words.addressHint,
        as: { autocomplete: 'off', maxlength: 254 },
      })}
      <div class="row fields">
        ${dayField(visit, details, { id: 'lf', name: 'from', label: words.from, value: typed.from })}
        ${dayField(visit, details, { id: 'lu', name: 'until', label: words.until, value: typed.until })}
      </div>
      <label class="tick">
        <input
          type="checkbox"
          name="moderated"
          value="yes"
          ${attributes({ checked: typed.moderated })}
        />
        <span>
          ${words.moderate}.
          <span class="soft small">${words.moderateHint}</span>
        </span>
      </label>
      <div class="row">
        ${token(visit)}${typed.school === null ? NOTHING : school}
        <button class="btn main">${icon(visit, 'send')}${words.send}</button>
      </div>
    </form>
  `;
}

/** The classes of the chosen school that may be linked with this one. */
function classChoice({ texts }: Visit, classes: readonly Named<AddressId>[], chosen: string): Html {
  const words = texts.teaching.links;
  if (classes.length === 0)
    return html`
      <p class="soft">${words.noClasses}</p>
    `;
  const choice = ({ id, name }: Named<AddressId>) => html`
    <label class="row choice">
      <input
        type="radio"
        name="other"
        value="${id}"
        ${attributes({ checked: String(id) === chosen })}
      />
      <span>${name}</span>
    </label>
  `;
  return html`
    <fieldset>
      <legend class="lab">${words.which}</legend>
      <div>${classes.map(choice)}</div>
    </fieldset>
  `;
}

function dayField(
  visit: Visit,
  { today }: OwnClassDetails,
  {
    id,
    name,
    label: text,
    value,
  }: {
    readonly id: string;
    readonly name: 'from' | 'until';
    readonly label: string;
    readonly value: string;
  },
): Html {
  return lineField(visit, {
    name,
    id,
    label: text,
    value,
    look: 'short',
    as: { type: 'date', min: today, max: dayAfter(today, AHEAD_DAYS), required: true },
  });
}
