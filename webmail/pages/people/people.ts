import type { SchoolId } from '../../../core/ground/ids.ts';
import type { WithClasses } from '../../../core/school/classes/contract.ts';
import type {
  PeopleFound,
  PeopleRole,
  SchoolPerson,
  WithPeople,
} from '../../../core/school/people/contract.ts';
import { askWhy } from '../../components/ask-why.ts';
import { lineField } from '../../components/field.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { type FramePart } from '../../frame/frame.ts';
import { faceOf, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';

const ROLES: readonly PeopleRole[] = ['pupil', 'guardian', 'adult'];

/**
 * GET /people: straight to the school of a head of one; who has several, or all, chooses one first.
 */
export async function peopleSchools(visit: Visit<WithClasses>): Promise<Answer> {
  const [only, ...more] = await visit.core.classes.schools(visit.viewer);
  if (only === undefined) return MISSING;
  return { kind: 'go', to: more.length === 0 && only.open ? `/people/${only.id}` : '/school' };
}

/** GET /people/:school: everybody whose account lives there, by a part of their name. */
export async function people(
  visit: Visit<FramePart & WithClasses & WithPeople>,
  school: SchoolId,
  asked: { readonly text: unknown; readonly role: unknown },
): Promise<Answer> {
  const text = typeof asked.text === 'string' ? asked.text.slice(0, 80) : '';
  const role = ROLES.find((one) => one === asked.role) ?? null;
  const found = await visit.core.people.find(visit.viewer, school, { text, role });
  if (found === null) return askWhy(visit, school);
  const words = visit.texts.people;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${found.schoolName}. ${words.lead}</p>
    </div>
    ${searchForm(visit, school, { text, role })} ${foundPeople(visit, school, found)}
  `;
  return peoplePage(visit, { title: words.title, content });
}

function searchForm(
  visit: Visit,
  school: SchoolId,
  { text, role }: { readonly text: string; readonly role: PeopleRole | null },
): Html {
  const words = visit.texts.people;
  const choice = (value: PeopleRole | null, word: string) => html`
    <label class="tick">
      <input
        type="radio"
        name="role"
        value="${value ?? ''}"
        ${attributes({ checked: value === role })}
      />
      <span>${word}</span>
    </label>
  `;
  return html`
    <form class="sheet pad stack" method="get" action="/people/${school}" role="search">
      <div class="row fields">
        ${lineField(visit, {
          name: 'q',
          label: words.field,
          value: text,
          box: 'grow',
          as: { type: 'search', maxlength: 80, autocomplete: 'off' },
        })}
        <button class="btn main">${icon(visit, 'search')}${words.search}</button>
      </div>
      <fieldset>
        <legend class="vh">${words.kinds}</legend>
        <div class="row">
          ${choice(null, words.everybody)}${ROLES.map((one) => choice(one, words.roles[one]))}
        </div>
      </fieldset>
    </form>
  `;
}

function foundPeople(visit: Visit, school: SchoolId, { people: some, more }: PeopleFound): Html {
  const words = visit.texts.people;
  const lines = html`
    <ul class="lines halves">
      ${some.map((one) => personLine(visit, school, one))}
    </ul>
  `;
  return html`
    <section class="sheet pad stack" aria-labelledby="n">
      <p class="soft" id="n" role="status">
        ${some.length === 0 ? words.nobody : words.count(some.length, more)}
      </p>
      ${some.length === 0 ? NOTHING : lines}
    </section>
  `;
}

function personLine(visit: Visit, school: SchoolId, one: SchoolPerson): Html {
  const role = visit.texts.people.role[one.role];
  return html`
    <li class="line row">
      ${faceOf(visit, one.face)}
      <span class="grow">
        <a class="link low" href="/people/${school}/${one.account}"><b>${one.face.name}</b></a>
        ${badge(visit, one)}
        <br />
        <span class="small soft any">${[role, ...one.classes, one.face.address].join(', ')}</span>
      </span>
    </li>
  `;
}

/** What is out of the ordinary with an account. */
export function badge(
  { texts, viewer }: Visit,
  { state, leavesOn }: Pick<SchoolPerson, 'state' | 'leavesOn'>,
): Html {
  if (state === 'active') return NOTHING;
  const day = leavesOn === null ? '' : calendarDay(viewer.language, leavesOn);
  const words = {
    leaving: texts.people.leaving(day),
    left: texts.people.left(day),
    suspended: texts.people.suspended,
  };
  return html`
    ${' '}
    <span class="badge ${state === 'leaving' ? 'wait' : 'stop'}">${words[state]}</span>
  `;
}

export const peoplePage = (
  visit: Visit<FramePart>,
  page: { readonly title: string; readonly content: Html; readonly refused?: boolean },
): Promise<Answer> =>
  narrowPage(visit, { ...page, section: 'school', styles: ['codes.css', 'desk.css'] });
