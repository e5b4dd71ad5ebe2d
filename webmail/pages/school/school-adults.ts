import type {
  ClassSheet,
  ClassMember,
  SchoolClasses,
} from '../../../core/school/classes/contract.ts';
import { boxesOf, formOf, type Filled } from '../../components/form.ts';
import { pathOf } from '../../components/school-page.ts';
import { faceOf, icon, token, commas } from '../../frame/parts.ts';
import { fieldTrouble } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeCalendarDay } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';

const DATE = { as: { type: 'date' } } as const;
export const ADULT_FORM = formOf({
  adult: {},
  /** Of somebody who isn't in the list. */
  address: { most: 320, isCut: true, as: { inputmode: 'email', autocomplete: 'off' } },
  from: DATE,
  until: DATE,
});
export const ROLE_BOXES = boxesOf('radio', 'role', ['teacher', 'aide'] as const);

/** Somebody who is to come to a class, or only their last day there, as the person typed it. */
export interface AdultTyped extends Filled<keyof ReturnType<typeof ADULT_FORM.typedIn>> {
  readonly role: 'teacher' | 'aide';
  readonly of: 'coming' | 'last-day';
}

/**
 * Who teaches a class and who helps there, since when and until when. `typed`: who was to come, and
 * wasn't taken, or which last day.
 */
export function adults(
  visit: Visit,
  all: SchoolClasses,
  { one, typed }: { readonly one: ClassSheet; readonly typed: AdultTyped | null },
): Html {
  const words = visit.texts.school.sheet;
  const coming = typed?.of === 'coming' ? typed : null;
  const list = (role: 'teacher' | 'aide', placed: readonly ClassMember[]): Html =>
    placed.length === 0
      ? html`
          <p class="soft">${words.nobody}</p>
        `
      : html`
          <ul class="lines">
            ${placed.map((adult) => adultLine(visit, all, { one, adult, role, typed }))}
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
      <details ${attributes({ open: coming !== null })}>
        <summary>${words.add}</summary>
        ${adultForm(visit, all, { one, typed: coming ?? NOBODY })}
      </details>
    </section>
  `;
}

interface Line {
  readonly one: ClassSheet;
  readonly adult: ClassMember;
  readonly role: 'teacher' | 'aide';
  readonly typed: AdultTyped | null;
}

function adultLine(visit: Visit, { school, today }: SchoolClasses, line: Line): Html {
  const words = visit.texts.school.sheet;
  const { one, adult } = line;
  const { name } = adult.face;
  const has = adult.from <= today;
  const from = wholeCalendarDay(visit.viewer.language, adult.from);
  const until =
    adult.until === null ? '' : words.until(wholeCalendarDay(visit.viewer.language, adult.until));
  return html`
    <li class="line row">
      ${faceOf(visit, adult.face)}
      <span class="grow">
        <b>${name}</b>
        <br />
        <span class="small soft">
          ${commas(has ? words.since(from) : words.fromDay(from), until)}
        </span>
      </span>
      ${has ? lastDayForm(visit, { school, today }, line) : NOTHING}
      <form method="post" action="${pathOf(school, one.id)}/adult/remove">
        ${whichAdult(visit, line)}
        <button class="btn mini no">
          ${words.remove}
          <span class="vh">${' '}${words.removeWho(name)}</span>
        </button>
      </form>
      ${lastDayTrouble(visit, line)}
    </li>
  `;
}

function whichAdult(visit: Visit, { adult, role }: Line): Html {
  return html`
    ${token(visit)}
    <input type="hidden" name="adult" value="${adult.id}" />
    <input type="hidden" name="role" value="${role}" />
  `;
}

/** The last day before this class; for whoever has begun. */
function lastDayForm(
  visit: Visit,
  { school, today }: Pick<SchoolClasses, 'school' | 'today'>,
  line: Line,
): Html {
  const words = visit.texts.school.sheet;
  const { one, adult } = line;
  const id = lastDayId(line);
  const fields = ADULT_FORM.shown(
    visit,
    lastDayTyped(line) ?? ADULT_FORM.blank({ until: adult.until ?? '' }),
  );
  const whose = html`
    <span class="vh">${' '}${adult.face.name}</span>
  `;
  return html`
    <form class="row tied" method="post" action="${pathOf(school, one.id)}/adult" novalidate>
      ${whichAdult(visit, line)}
      <label class="small soft" for="${id}">${words.lastDay}${whose}</label>
      ${fields.bare('until', { id, look: 'date', as: { min: today } })}
      <button class="btn mini">${words.setLast}${whose}</button>
    </form>
  `;
}

const lastDayId = ({ adult, role }: Line): string => `u${adult.id}${role}`;

/** The last day of this line that wasn't taken. */
function lastDayTyped({ adult, role, typed }: Line): AdultTyped | null {
  const isTheirs = typed?.role === role && typed.typed.adult === String(adult.id);
  return isTheirs && typed.of === 'last-day' ? typed : null;
}

/** Why it wasn't, below the whole line: the field is too narrow for a sentence. */
function lastDayTrouble(visit: Visit, line: Line): Html {
  const sentence = lastDayTyped(line)?.wrong?.until;
  return sentence === undefined
    ? NOTHING
    : fieldTrouble(visit, `${lastDayId(line)}-trouble`, sentence);
}

const NOBODY: AdultTyped = { ...ADULT_FORM.blank(), role: 'teacher', of: 'coming' };

function adultForm(
  visit: Visit,
  { school, adults: choices, today }: SchoolClasses,
  { one, typed }: { readonly one: ClassSheet; readonly typed: AdultTyped },
): Html {
  const words = visit.texts.school.sheet;
  const fields = ADULT_FORM.shown(visit, typed);
  const dated = { look: 'date', as: { min: today } };
  return html`
    <form class="stack inner" method="post" action="${pathOf(school, one.id)}/adult" novalidate>
      <div class="pair">
        ${fields.choice('adult', { id: 'who', label: words.who }, [
          ['', words.chooseAdult],
          ...choices.map(
            ({ id, name, teaches }) =>
              [id, `${name}${teaches.length === 0 ? '' : ` (${teaches.join(', ')})`}`] as const,
          ),
        ])}
        ${fields.line('address', { id: 'else', label: words.elsewhere })}
      </div>
      <fieldset class="field">
        <legend>${words.role}</legend>
        <div class="row">
          ${ROLE_BOXES.shown([typed.role], (role) => words.roles[role], 'level')}
        </div>
      </fieldset>
      <div class="pair">
        ${fields.line('from', { label: words.from, hint: words.fromHint, ...dated })}
        ${fields.line('until', { label: words.lastDay, hint: words.untilHint, ...dated })}
      </div>
      <div class="row">
        ${token(visit)}
        <button class="btn">${icon(visit, 'plus')}${words.addNow}</button>
      </div>
    </form>
  `;
}
