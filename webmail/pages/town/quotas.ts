import { TOWN } from '../../../core/ground/ids.ts';
import { isKeyOf, keysOf } from '../../../core/ground/keys.ts';
import type {
  NearlyFull,
  QuotaOutcome,
  QuotaOverview,
  QuotaTrouble,
  WithQuotas,
} from '../../../core/town/quotas/contract.ts';
import { MAX_REASON } from '../../components/ask-why.ts';
import { tick } from '../../components/field.ts';
import { formOf, isRefused, type Filled, type ShownFields } from '../../components/form.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { backLink, icon, token } from '../../frame/parts.ts';
import { doneBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { fileSize, wholeDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { schoolIdOf } from '../../ids.ts';

type QuotasPart = FramePart & WithQuotas;

const WHOLE = /^\d{1,9}$/;

const SIZE = { most: 12, as: { inputmode: 'numeric', autocomplete: 'off' } } as const;
const REASON = { most: MAX_REASON, isCut: true, isRequired: true } as const;
const ROLE_FORM = formOf({ role: {}, school: {}, size: SIZE, reason: REASON });
const PERSON_FORM = formOf({
  address: { most: 254, as: { autocomplete: 'off', autocapitalize: 'none' } },
  size: SIZE,
  reason: REASON,
});

/** What stands in the two forms, and whether something has just been done. */
interface Shown {
  readonly isDone?: boolean;
  readonly role?: Filled<'role' | 'school' | 'size' | 'reason'>;
  readonly person?: Filled<'address' | 'size' | 'reason'>;
}

/** GET /agents/quotas: how much mail is kept, whose mail is nearly full, and both to be changed. */
export async function quotas(
  visit: Visit<QuotasPart>,
  query: { readonly said: unknown; readonly address: unknown },
): Promise<Answer> {
  const address = typeof query.address === 'string' ? query.address.slice(0, 254) : '';
  return show(visit, { person: PERSON_FORM.blank({ address }), isDone: query.said === 'done' });
}

async function show(
  visit: Visit<QuotasPart>,
  {
    role = ROLE_FORM.blank({ role: 'pupil', school: String(TOWN) }),
    person = PERSON_FORM.blank(),
    isDone = false,
  }: Shown,
): Promise<Answer> {
  const found = await visit.core.quotas.overview(visit.viewer);
  if (found === null) return MISSING;
  const words = visit.texts.quotas;
  return narrowPage(visit, {
    title: words.title,
    section: 'school',
    styles: ['setup.css'],
    refused: isRefused(role) || isRefused(person),
    content: html`
      ${backLink(visit, '/agents', visit.texts.agents.title)}
      <div>
        <h1>${words.title}</h1>
        <p class="soft">${words.lead}</p>
      </div>
      ${isDone ? doneBanner(visit, words.done) : NOTHING} ${nearSheet(visit, found.near)}
      ${roleSheet(visit, found, role)} ${personForm(visit, person)} ${filmsForm(visit, found)}
    `,
  });
}

function nearSheet(visit: Visit, near: readonly NearlyFull[]): Html {
  const words = visit.texts.quotas;
  const lines = html`
    <ul class="lines">
      ${near.map((one) => nearLine(visit, one))}
    </ul>
  `;
  return html`
    <section class="sheet pad stack" aria-labelledby="nr">
      <h2 id="nr">${words.near(near.length)}</h2>
      ${near.length === 0 ? NOTHING : lines}
    </section>
  `;
}

function nearLine(visit: Visit, one: NearlyFull): Html {
  const words = visit.texts.quotas;
  const size = (bytes: number): string => fileSize(visit.viewer.language, bytes);
  const percent = Math.floor((one.usedBytes / one.quotaBytes) * 100);
  const state =
    one.fullSince === null
      ? html`
          <span class="badge wait">${words.percent(percent)}</span>
        `
      : html`
          <span class="badge stop">${words.full(wholeDay(visit.clock, one.fullSince))}</span>
        `;
  const where = one.schoolName === '' ? visit.texts.trail.town : one.schoolName;
  return html`
    <li class="line row">
      <span class="grow">
        <b>${one.name}</b>
        ${' '}${state}
        <br />
        <span class="small soft">
          ${where}. ${words.used(size(one.usedBytes), size(one.quotaBytes))}
        </span>
      </span>
      <a
        class="btn"
        href="/agents/quotas?${new URLSearchParams({ address: one.address }).toString()}#pf"
      >
        ${words.change}
        <span class="vh">${' '}${one.name}</span>
      </a>
    </li>
  `;
}

function roleSheet(
  visit: Visit,
  { town, schools }: QuotaOverview,
  filled: NonNullable<Shown['role']>,
): Html {
  const words = visit.texts.quotas;
  const roles = keysOf(words.roles);
  const size = (bytes: number): string => fileSize(visit.viewer.language, bytes);
  const otherwise = schools.flatMap(({ name, quotas: said }) =>
    roles.flatMap((role) => {
      const bytes = said[role];
      return bytes === undefined ? [] : [words.inSchool(words.roles[role], name, size(bytes))];
    }),
  );
  const fields = ROLE_FORM.shown(visit, filled);
  return html`
    <form class="sheet pad stack" method="post" action="/agents/quotas" novalidate>
      <h2>${words.ofRoles}</h2>
      <ul class="points">
        ${roles.map(
          (role) => html`
            <li>${words.inTown(words.roles[role], size(town[role]))}</li>
          `,
        )}
        ${otherwise.map(
          (line) => html`
            <li>${line}</li>
          `,
        )}
      </ul>
      <div class="fields">
        ${fields.choice(
          'role',
          { label: words.role },
          roles.map((role) => [role, words.roles[role]] as const),
        )}
        ${fields.choice('school', { label: words.where }, [
          [TOWN, visit.texts.trail.wholeTown],
          ...schools.map(({ id, name }) => [id, name] as const),
        ])}
        ${wishFields(visit, 'role', fields)}
      </div>
      ${save(visit)}
    </form>
  `;
}

function personForm(visit: Visit, filled: NonNullable<Shown['person']>): Html {
  const words = visit.texts.quotas;
  const fields = PERSON_FORM.shown(visit, filled);
  return html`
    <form class="sheet pad stack" id="pf" method="post" action="/agents/quotas/person" novalidate>
      <h2>${words.ofPerson}</h2>
      <div class="fields">
        ${fields.line('address', { label: words.address, hint: words.addressHint, box: 'all' })}
        ${wishFields(visit, 'person', fields)}
      </div>
      ${save(visit)}
    </form>
  `;
}

/** Whether cupboards take large films: a switch of the town. */
function filmsForm(visit: Visit, { largeFilms }: QuotaOverview): Html {
  const words = visit.texts.quotas.films;
  const takes = { type: 'checkbox', name: 'takes', value: '1', isOn: largeFilms } as const;
  return html`
    <form class="sheet pad stack" method="post" action="/agents/quotas/films" novalidate>
      <h2>${words.title}</h2>
      <p class="soft">${words.lead}</p>
      ${tick({ ...takes, words: words.takes })}
      <div class="row">
        ${token(visit)}
        <button class="btn">${icon(visit, 'check')}${words.save}</button>
      </div>
    </form>
  `;
}

/** POST /agents/quotas/films: whether they do from now on. */
export async function sayOfFilms(visit: Visit<QuotasPart>, form: Form): Promise<Answer> {
  const isDone = await visit.core.quotas.sayOfFilms(visit.viewer, field(form, 'takes') === '1');
  return isDone ? { kind: 'go', to: '/agents/quotas?said=done' } : MISSING;
}

/** What both ask: how much, and why. */
function wishFields(
  { texts }: Visit,
  form: keyof Shown,
  fields: ShownFields<'size' | 'reason'>,
): Html {
  const words = texts.quotas;
  return html`
    ${fields.line('size', { id: `${form}-size`, label: words.size, hint: words.sizeHint })}
    ${fields.line('reason', { id: `${form}-reason`, label: words.reason, hint: words.reasonHint })}
  `;
}

const save = (visit: Visit): Html => html`
  <div class="row">
    ${token(visit)}
    <button class="btn main">${icon(visit, 'check')}${visit.texts.quotas.save}</button>
  </div>
`;

/** Megabytes as they are typed, « 1 000 » too; null: nothing, NaN: no number. */
function megabytesIn(text: string): number | null {
  const plain = text.replace(/\s/g, '');
  if (plain === '') return null;
  return WHOLE.test(plain) ? Number(plain) : Number.NaN;
}

/** POST /agents/quotas: of a role, in a school or in the whole town. */
export async function sayOfRole(visit: Visit<QuotasPart>, form: Form): Promise<Answer> {
  const typed = ROLE_FORM.typedIn(form);
  const { role, school, size, reason } = typed;
  const outcome = await visit.core.quotas.sayOfRole(visit.viewer, {
    school: school === String(TOWN) ? TOWN : schoolIdOf(school),
    role: isKeyOf(visit.texts.quotas.roles, role) ? role : null,
    megabytes: megabytesIn(size),
    reason,
  });
  return answer(visit, outcome, (wrong) => ({ role: { typed, wrong } }));
}

/** POST /agents/quotas/person: of one person alone. */
export async function sayOfPerson(visit: Visit<QuotasPart>, form: Form): Promise<Answer> {
  const typed = PERSON_FORM.typedIn(form);
  const { address, size, reason } = typed;
  const outcome = await visit.core.quotas.sayOfPerson(visit.viewer, {
    address,
    megabytes: megabytesIn(size),
    reason,
  });
  return answer(visit, outcome, (wrong) => ({ person: { typed, wrong } }));
}

async function answer(
  visit: Visit<QuotasPart>,
  outcome: QuotaOutcome,
  again: (wrong: Readonly<Partial<Record<QuotaTrouble, string>>>) => Shown,
): Promise<Answer> {
  if (outcome.kind === 'missing') return MISSING;
  return outcome.kind === 'done'
    ? { kind: 'go', to: '/agents/quotas?said=done' }
    : show(visit, again({ [outcome.why]: visit.texts.quotas.trouble[outcome.why] }));
}
