import { TOWN } from '../../../core/ground/ids.ts';
import type {
  NearlyFull,
  QuotaOutcome,
  QuotaOverview,
  QuotaTrouble,
  WithQuotas,
} from '../../../core/town/quotas/contract.ts';
import { MAX_REASON } from '../../components/ask-why.ts';
import { choiceField, lineField } from '../../components/field.ts';
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
type Role = keyof Visit['texts']['quotas']['roles'];

const MAX_ADDRESS = 254;
const MAX_SIZE = 12;
const WHOLE = /^\d{1,9}$/;

/** What was typed into one of the two forms, and what of it wasn't taken. */
interface Typed {
  readonly form: 'role' | 'person';
  readonly values: Readonly<Record<string, string>>;
  readonly why: QuotaTrouble | null;
}

/** GET /agents/quotas: how much mail is kept, whose mail is nearly full, and both to be changed. */
export async function quotas(
  visit: Visit<QuotasPart>,
  query: { readonly said: unknown; readonly address: unknown },
): Promise<Answer> {
  const address = typeof query.address === 'string' ? query.address.slice(0, MAX_ADDRESS) : '';
  const typed: Typed = { form: 'person', values: { address }, why: null };
  return show(visit, { typed, isDone: query.said === 'done' });
}

async function show(
  visit: Visit<QuotasPart>,
  { typed, isDone }: { readonly typed: Typed; readonly isDone: boolean },
): Promise<Answer> {
  const found = await visit.core.quotas.overview(visit.viewer);
  if (found === null) return MISSING;
  const words = visit.texts.quotas;
  return narrowPage(visit, {
    title: words.title,
    section: 'school',
    styles: ['setup.css'],
    refused: typed.why !== null,
    content: html`
      ${backLink(visit, '/agents', visit.texts.agents.title)}
      <div>
        <h1>${words.title}</h1>
        <p class="soft">${words.lead}</p>
      </div>
      ${isDone ? doneBanner(visit, words.done) : NOTHING} ${nearSheet(visit, found.near)}
      ${roleSheet(visit, found, typed)} ${personForm(visit, typed)}
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
        <span class="small soft any">
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

function roleSheet(visit: Visit, { town, schools }: QuotaOverview, typed: Typed): Html {
  const words = visit.texts.quotas;
  const roles = Object.keys(words.roles) as Role[];
  const size = (bytes: number): string => fileSize(visit.viewer.language, bytes);
  const otherwise = schools.flatMap(({ name, quotas: said }) =>
    roles.flatMap((role) => {
      const bytes = said[role];
      return bytes === undefined ? [] : [words.inSchool(words.roles[role], name, size(bytes))];
    }),
  );
  const values = typed.form === 'role' ? typed.values : {};
  const why = typed.form === 'role' ? typed.why : null;
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
        ${choiceField(
          visit,
          {
            name: 'role',
            label: words.role,
            value: values['role'] ?? 'pupil',
            wrong: why === 'role' ? words.trouble.role : null,
          },
          roles.map((role) => [role, words.roles[role]] as const),
        )}
        ${choiceField(
          visit,
          {
            name: 'school',
            label: words.where,
            value: values['school'] ?? String(TOWN),
            wrong: why === 'school' ? words.trouble.school : null,
          },
          [
            [TOWN, visit.texts.trail.wholeTown],
            ...schools.map(({ id, name }) => [id, name] as const),
          ],
        )}
        ${wishFields(visit, { id: 'role', values, why })}
      </div>
      ${save(visit)}
    </form>
  `;
}

function personForm(visit: Visit, typed: Typed): Html {
  const words = visit.texts.quotas;
  const values = typed.form === 'person' ? typed.values : {};
  const why = typed.form === 'person' ? typed.why : null;
  return html`
    <form class="sheet pad stack" id="pf" method="post" action="/agents/quotas/person" novalidate>
      <h2>${words.ofPerson}</h2>
      <div class="fields">
        ${lineField(visit, {
          name: 'address',
          label: words.address,
          value: values['address'] ?? '',
          hint: words.addressHint,
          wrong: why === 'address' ? words.trouble.address : null,
          box: 'all',
          as: { maxlength: MAX_ADDRESS, autocomplete: 'off', autocapitalize: 'none' },
        })}
        ${wishFields(visit, { id: 'person', values, why })}
      </div>
      ${save(visit)}
    </form>
  `;
}

function wishFields(
  visit: Visit,
  {
    id,
    values,
    why,
  }: {
    readonly id: string;
    readonly values: Typed['values'];
    readonly why: QuotaTrouble | null;
  },
): Html {
  const words = visit.texts.quotas;
  return html`
    ${lineField(visit, {
      name: 'size',
      id: `${id}-size`,
      label: words.size,
      value: values['size'] ?? '',
      hint: words.sizeHint,
      wrong: why === 'size' ? words.trouble.size : null,
      as: { maxlength: MAX_SIZE, inputmode: 'numeric', autocomplete: 'off' },
    })}
    ${lineField(visit, {
      name: 'reason',
      id: `${id}-reason`,
      label: words.reason,
      value: values['reason'] ?? '',
      hint: words.reasonHint,
      wrong: why === 'reason' ? words.trouble.reason : null,
      as: { maxlength: MAX_REASON, required: true },
    })}
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

function valuesIn(form: Form, names: readonly string[]): Readonly<Record<string, string>> {
  const most: Readonly<Record<string, number>> = { reason: MAX_REASON, address: MAX_ADDRESS };
  return Object.fromEntries(
    names.map((name) => [
      name,
      field(form, name)
        .trim()
        .slice(0, most[name] ?? MAX_SIZE),
    ]),
  );
}

/** POST /agents/quotas: of a role, in a school or in the whole town. */
export async function sayOfRole(visit: Visit<QuotasPart>, form: Form): Promise<Answer> {
  const values = valuesIn(form, ['role', 'school', 'size', 'reason']);
  const { role = '', school = '', size = '', reason = '' } = values;
  const isRole = (text: string): text is Role => Object.hasOwn(visit.texts.quotas.roles, text);
  const where = school === String(TOWN) ? TOWN : schoolIdOf(school);
  const outcome: QuotaOutcome = await visit.core.quotas.sayOfRole(visit.viewer, {
    school: where,
    role: isRole(role) ? role : null,
    megabytes: megabytesIn(size),
    reason,
  });
  return answer(visit, outcome, { form: 'role', values });
}

/** POST /agents/quotas/person: of one person alone. */
export async function sayOfPerson(visit: Visit<QuotasPart>, form: Form): Promise<Answer> {
  const values = valuesIn(form, ['address', 'size', 'reason']);
  const { address = '', size = '', reason = '' } = values;
  const outcome = await visit.core.quotas.sayOfPerson(visit.viewer, {
    address,
    megabytes: megabytesIn(size),
    reason,
  });
  return answer(visit, outcome, { form: 'person', values });
}

async function answer(
  visit: Visit<QuotasPart>,
  outcome: QuotaOutcome,
  typed: Pick<Typed, 'form' | 'values'>,
): Promise<Answer> {
  if (outcome.kind === 'missing') return MISSING;
  return outcome.kind === 'done'
    ? { kind: 'go', to: '/agents/quotas?said=done' }
    : show(visit, { typed: { ...typed, why: outcome.why }, isDone: false });
}
