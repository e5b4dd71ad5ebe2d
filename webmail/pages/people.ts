import type { PeopleRole, SchoolId, SchoolPerson } from '../../core/core.ts';
import { MISSING, page, type Answer } from '../answer.ts';
import { around, framed, type FramePart } from '../frame.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import { faceOf, icon } from '../parts.ts';
import type { Visit } from '../visit.ts';
import { calendarDay } from '../when.ts';
import { askWhy } from './schools.ts';

const ROLES: readonly PeopleRole[] = ['pupil', 'guardian', 'adult'];

/**
 * GET /people: straight to the school of a head of one; who has several, or all, chooses one first.
 */
export async function peopleSchools(visit: Visit<'classes'>): Promise<Answer> {
  const [only, ...more] = await visit.core.classes.schools(visit.viewer);
  if (only === undefined) return MISSING;
  return { kind: 'go', to: more.length === 0 && only.open ? `/people/${only.id}` : '/school' };
}

/** GET /people/:school: everybody whose account lives there, by a part of their name. */
export async function people(
  visit: Visit<FramePart | 'classes' | 'people'>,
  school: SchoolId,
  asked: { readonly text: unknown; readonly role: unknown },
): Promise<Answer> {
  const text = typeof asked.text === 'string' ? asked.text.slice(0, 80) : '';
  const role = ROLES.find((one) => one === asked.role) ?? null;
  const found = await visit.core.people.find(visit.viewer, school, { text, role });
  if (found === null) return askWhy(visit, school);
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
  const rows = found.people.map(
    (one) => html`
      <li class="line row">
        ${faceOf(visit, one.face)}
        <span class="grow">
          <a href="/people/${school}/${one.account}"><b>${one.face.name}</b></a>
          ${badge(visit, one)}
          <br />
          <span class="small soft any">
            ${[words.role[one.role], ...one.classes, one.face.address].join(', ')}
          </span>
        </span>
      </li>
    `,
  );
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${found.schoolName}. ${words.lead}</p>
    </div>
    <form class="sheet pad stack" method="get" action="/people/${school}" role="search">
      <div class="row fields">
        <div class="field grow">
          <label for="q">${words.field}</label>
          <input
            class="input"
            type="search"
            id="q"
            name="q"
            value="${text}"
            maxlength="80"
            autocomplete="off"
          />
        </div>
        <button class="btn main">${icon(visit, 'search')}${words.search}</button>
      </div>
      <fieldset>
        <legend class="vh">${words.kinds}</legend>
        <div class="row">
          ${choice(null, words.everybody)}${ROLES.map((one) => choice(one, words.roles[one]))}
        </div>
      </fieldset>
    </form>
    <section class="sheet pad stack" aria-labelledby="n">
      <p class="soft" id="n" role="status">
        ${rows.length === 0 ? words.nobody : words.count(rows.length, found.more)}
      </p>
      ${
        rows.length === 0
          ? NOTHING
          : html`
              <ul class="lines halves">
                ${rows}
              </ul>
            `
      }
    </section>
  `;
  return page(await peopleFrame(visit, words.title, content));
}

/** What is out of the ordinary with an account. */
export function badge(
  { texts, viewer }: Visit,
  { state, leavesOn }: Pick<SchoolPerson, 'state' | 'leavesOn'>,
): Html {
  if (state === 'active') return NOTHING;
  const day = leavesOn === null ? '' : calendarDay(viewer.language, leavesOn);
  const word =
    state === 'leaving'
      ? texts.people.leaving(day)
      : state === 'left'
        ? texts.people.left(day)
        : texts.people.suspended;
  return html`
    ${' '}
    <span class="badge ${state === 'leaving' ? 'wait' : 'stop'}">${word}</span>
  `;
}

export async function peopleFrame(
  visit: Visit<FramePart>,
  title: string,
  content: Html,
): Promise<Html> {
  const main = html`
    <main id="main" class="body narrow"><div class="stack wide">${content}</div></main>
  `;
  return framed(visit, await around(visit), {
    title,
    section: 'school',
    shelf: null,
    styles: ['codes.css', 'desk.css'],
    main,
  });
}
