import type { SchoolId } from '../../../core/ground/ids.ts';
import type { WithClasses } from '../../../core/school/classes/contract.ts';
import type {
  PeopleFound,
  PeopleRole,
  SchoolPerson,
  WithPeople,
} from '../../../core/school/people/contract.ts';
import { askWhy } from '../../components/ask-why.ts';
import { lineField, tick } from '../../components/field.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { type FramePart } from '../../frame/frame.ts';
import { faceOf, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { countOf } from '../../ids.ts';

const ROLES: readonly PeopleRole[] = ['pupil', 'guardian', 'adult'];

/**
 * GET /people: straight to the school of a head of one; who has several, or all, chooses one first.
 */
export async function peopleSchools(visit: Visit<WithClasses>): Promise<Answer> {
  const [only, ...more] = await visit.core.classes.schools(visit.viewer);
  if (only === undefined) return MISSING;
  return { kind: 'go', to: more.length === 0 && only.open ? `/people/${only.id}` : '/school' };
}

interface PeopleQuery {
  readonly text: unknown;
  readonly role: unknown;
  readonly page: unknown;
}

/** GET /people/:school: everybody whose account lives there, by a part of their name. */
export async function people(
  visit: Visit<FramePart & WithClasses & WithPeople>,
  school: SchoolId,
  asked: PeopleQuery,
): Promise<Answer> {
  const text = typeof asked.text === 'string' ? asked.text.slice(0, 80) : '';
  const role = ROLES.find((one) => one === asked.role) ?? null;
  const found = await visit.core.people.find(visit.viewer, school, {
    text,
    role,
    page: countOf(asked.page) ?? 1,
  });
  if (found === null) return askWhy(visit, school);
  const words = visit.texts.people;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${found.schoolName}. ${words.lead}</p>
    </div>
    ${searchForm(visit, school, { text, role })}
    ${foundPeople(visit, school, { found, text, role })}
  `;
  return peoplePage(visit, { title: words.title, content });
}

function searchForm(
  visit: Visit,
  school: SchoolId,
  { text, role }: { readonly text: string; readonly role: PeopleRole | null },
): Html {
  const words = visit.texts.people;
  const choice = (value: PeopleRole | null, word: string) =>
    tick({ type: 'radio', name: 'role', value: value ?? '', isOn: value === role, words: word });
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

interface Searched {
  readonly found: PeopleFound;
  readonly text: string;
  readonly role: PeopleRole | null;
}

function foundPeople(visit: Visit, school: SchoolId, searched: Searched): Html {
  const words = visit.texts.people;
  const { people: some, count, page: at, pages } = searched.found;
  const lines = html`
    <ul class="lines halves">
      ${some.map((one) => personLine(visit, school, one))}
    </ul>
  `;
  return html`
    <section class="sheet pad stack" aria-labelledby="n">
      <p class="soft" id="n" role="status">
        ${some.length === 0 ? words.nobody : words.count(count, at, pages)}
      </p>
      ${some.length === 0 ? NOTHING : lines}
      ${pages === 1 ? NOTHING : pager(visit, school, searched)}
    </section>
  `;
}

/** To the page before and the one after, of the same search. */
function pager(visit: Visit, school: SchoolId, { found, text, role }: Searched): Html {
  const words = visit.texts.people;
  const link = (to: number, word: string): Html => {
    const query = new URLSearchParams({ q: text, role: role ?? '', page: String(to) });
    return to < 1 || to > found.pages
      ? NOTHING
      : html`
          <a class="btn" href="/people/${school}?${query.toString()}">${word}</a>
        `;
  };
  return html`
    <nav class="row" aria-label="${words.pagesOf}">
      ${link(found.page - 1, words.before)} ${link(found.page + 1, words.next)}
    </nav>
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
        <span class="small soft">${[role, ...one.classes, one.face.address].join(', ')}</span>
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

interface PeopleSheet {
  readonly title: string;
  readonly content: Html;
  readonly refused?: boolean;
}

export const peoplePage = (visit: Visit<FramePart>, page: PeopleSheet): Promise<Answer> =>
  narrowPage(visit, { ...page, section: 'school', styles: ['codes.css', 'desk.css'] });
