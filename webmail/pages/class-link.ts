import type { ClassDesk, ClassId, SchoolId, Why, Teaching } from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { field, type Form } from '../forms.ts';
import { around, framed, type FramePart } from '../frame.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import { addressIdOf, schoolIdOf } from '../ids.ts';
import { icon, label, token } from '../parts.ts';
import type { Visit } from '../visit.ts';
import { dayAfter } from '../when.ts';

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
  visit: Visit<FramePart | 'teaching'>,
  id: ClassId,
  school: unknown,
): Promise<Answer> {
  return show(visit, id, {
    typed: (desk) => ({
      school: schoolIdOf(school),
      other: '',
      address: '',
      from: desk.today,
      until: dayAfter(desk.today, USUAL_DAYS),
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
  visit: Visit<FramePart | 'teaching'>,
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
  return { kind: 'go', to: `/classes/${id}?said=proposed` };
}

async function show(
  visit: Visit<FramePart | 'teaching'>,
  id: ClassId,
  {
    typed: typedFor,
    why,
  }: { readonly typed: (desk: ClassDesk) => Typed; readonly why: Why | null },
): Promise<Answer> {
  const { teaching } = visit.core;
  const [desk, schools] = await Promise.all([
    teaching.desk(visit.viewer, id),
    teaching.schools(visit.viewer, id),
  ]);
  if (desk === null || schools === null) return MISSING;
  const typed = typedFor(desk);
  const classes =
    typed.school === null ? null : await teaching.linkable(visit.viewer, id, typed.school);
  const words = visit.texts.teaching.links;
  const schoolForm = html`
    <form class="sheet pad stack tight" method="get" action="/classes/${id}/link">
      <label class="lab" for="sc">${words.school}</label>
      <div class="row">
        <select id="sc" name="school">
          ${schools.map(
            (one) => html`
              <option value="${one.id}" ${attributes({ selected: one.id === typed.school })}>
                ${one.name}
              </option>
            `,
          )}
        </select>
        <button class="btn">${icon(visit, 'search')}${words.showClasses}</button>
      </div>
    </form>
  `;
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        <div>
          <h1 class="row">
            <span>${words.newTitle}</span>
            ${' '}${label(desk.name, desk.cover)}
          </h1>
          <p class="soft">${words.newHint}</p>
        </div>
        ${
          why === null
            ? NOTHING
            : html`
                <p class="banner stop" role="alert">
                  ${icon(visit, 'warning')}
                  <span class="grow">${visit.texts.teaching.why[why]}</span>
                </p>
              `
        }
        ${schoolForm} ${proposalForm(visit, desk, { typed, classes })}
        <p><a class="btn quiet" href="/classes/${id}">${icon(visit, 'back')}${words.back}</a></p>
      </div>
    </main>
  `;
  return {
    kind: 'page',
    status: why === null ? 200 : 422,
    body: framed(visit, await around(visit), {
      title: words.newTitle,
      section: 'classes',
      shelf: null,
      styles: ['codes.css', 'desk.css'],
      main,
    }),
  };
}

type Choice = NonNullable<Awaited<ReturnType<Teaching['linkable']>>>;

function proposalForm(
  visit: Visit,
  desk: ClassDesk,
  { typed, classes }: { readonly typed: Typed; readonly classes: Choice | null },
): Html {
  const words = visit.texts.teaching.links;
  const radios =
    classes === null
      ? NOTHING
      : classes.length === 0
        ? html`
            <p class="soft">${words.noClasses}</p>
          `
        : html`
            <fieldset>
              <legend class="lab">${words.which}</legend>
              <div>
                ${classes.map(
                  (one) => html`
                    <label class="row choice">
                      <input
                        type="radio"
                        name="other"
                        value="${one.id}"
                        ${attributes({ checked: String(one.id) === typed.other })}
                      />
                      <span>${one.name}</span>
                    </label>
                  `,
                )}
              </div>
            </fieldset>
          `;
  const day = (id: string, name: 'from' | 'until', word: string) => html`
    <div class="field">
      <label for="${id}">${word}</label>
      <input
        class="input short"
        type="date"
        id="${id}"
        name="${name}"
        value="${typed[name]}"
        min="${desk.today}"
        max="${dayAfter(desk.today, AHEAD_DAYS)}"
        required
      />
    </div>
  `;
  return html`
    <form class="sheet pad stack" method="post" action="/classes/${desk.id}/link">
      ${radios}
      <div class="field">
        <label for="la">${words.address}</label>
        <input
          class="input"
          id="la"
          name="address"
          value="${typed.address}"
          autocomplete="off"
          maxlength="254"
          aria-describedby="lh"
        />
        <p class="hint" id="lh">${words.addressHint}</p>
      </div>
      <div class="row fields">
        ${day('lf', 'from', words.from)}${day('lu', 'until', words.until)}
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
        ${token(visit)}
        ${
          typed.school === null
            ? NOTHING
            : html`
                <input type="hidden" name="school" value="${typed.school}" />
              `
        }
        <button class="btn main">${icon(visit, 'send')}${words.send}</button>
      </div>
    </form>
  `;
}
