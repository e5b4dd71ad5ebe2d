import type { AddressId, ClassId, SchoolId } from '../../../core/ground/ids.ts';
import { type Why, dayAfter } from '../../../core/roster/days.ts';
import type { OwnClassDetails, WithTeaching } from '../../../core/school/teaching/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import { formOf } from '../../components/form.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { type FramePart } from '../../frame/frame.ts';
import { backLink, icon, label, token } from '../../frame/parts.ts';
import { alertBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import { addressIdOf, schoolIdOf } from '../../ids.ts';
import { moderateTick } from './class-links.ts';

/** A link lasts half a term unless somebody says otherwise. */
const USUAL_DAYS = 42;
const AHEAD_DAYS = 400;

const DAY = { isRequired: true, as: { type: 'date' } } as const;
const LINK_FORM = formOf({
  school: {},
  other: {},
  address: { most: 254, isCut: true, as: { autocomplete: 'off' } },
  from: DAY,
  until: DAY,
  moderated: {},
});
type LinkFilled = ReturnType<typeof LINK_FORM.blank>;

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
    typed: ({ today }) =>
      LINK_FORM.blank({
        school: String(schoolIdOf(school) ?? ''),
        from: today,
        until: dayAfter(today, USUAL_DAYS),
        moderated: 'yes',
      }).typed,
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
  const typed = LINK_FORM.typedIn(form);
  const chosen = addressIdOf(typed.other);
  const ruling = await visit.core.teaching.proposeLink(visit.viewer, {
    class: id,
    other:
      chosen === null ? { kind: 'address', address: typed.address } : { kind: 'class', id: chosen },
    from: typed.from,
    until: typed.until,
    moderated: typed.moderated === 'yes',
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
  }: {
    readonly typed: (details: OwnClassDetails) => LinkFilled['typed'];
    readonly why: Why | null;
  },
): Promise<Answer> {
  const { teaching } = visit.core;
  const [details, schools] = await Promise.all([
    teaching.classDetails(visit.viewer, id),
    teaching.schools(visit.viewer, id),
  ]);
  if (details === null || schools === null) return MISSING;
  const typed = typedFor(details);
  const chosen = schoolIdOf(typed.school);
  const classes = chosen === null ? null : await teaching.linkable(visit.viewer, id, chosen);
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
    ${schoolForm(visit, id, { schools, chosen })}
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
  }: { readonly typed: LinkFilled['typed']; readonly classes: readonly Named<AddressId>[] | null },
): Html {
  const words = visit.texts.teaching.links;
  const fields = LINK_FORM.shown(visit, { typed });
  const days = { min: details.today, max: dayAfter(details.today, AHEAD_DAYS) };
  const school = html`
    <input type="hidden" name="school" value="${typed.school}" />
  `;
  return html`
    <form class="sheet pad stack" method="post" action="/classes/${details.id}/link" novalidate>
      ${classes === null ? NOTHING : classChoice(visit, classes, typed.other)}
      ${fields.line('address', { id: 'la', label: words.address, hint: words.addressHint })}
      <div class="row fields">
        ${fields.line('from', { id: 'lf', label: words.from, look: 'short', as: days })}
        ${fields.line('until', { id: 'lu', label: words.until, look: 'short', as: days })}
      </div>
      ${moderateTick(visit, { isOn: typed.moderated === 'yes' })}
      <div class="row">
        ${token(visit)}${classes === null ? NOTHING : school}
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
