import type { CodeSheet } from '../../../core/entry/codes/contract.ts';
import type { WithConfig } from '../../../core/ground/config.ts';
import type { AccountId } from '../../../core/ground/ids.ts';
import type {
  Agent,
  AgentTrouble,
  Commune,
  WithAgents,
  WithTown,
} from '../../../core/town/town/contract.ts';
import { tick } from '../../components/field.ts';
import { formOf } from '../../components/form.ts';
import { codePdf, freshCode } from '../../components/fresh-code.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { backLink, faceOf, icon, token } from '../../frame/parts.ts';
import { alertBanner, doneBanner, fieldTrouble } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { capital } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { countOf } from '../../ids.ts';
import { groupName } from '../../sheets/group-name.ts';

type AgentsPart = FramePart & WithAgents & WithConfig & WithTown<'communes'>;

const NAME = { most: 100, isRequired: true, as: { autocomplete: 'off' } } as const;
const AGENT_FORM = formOf({
  givenName: NAME,
  familyName: NAME,
  local: {
    most: 64,
    as: { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' },
  },
});
const NO_ONE = { ...AGENT_FORM.blank(), why: [] } as const;

interface Shown {
  readonly said: unknown;
  readonly typed: ReturnType<typeof AGENT_FORM.typedIn>;
  readonly why: readonly AgentTrouble[];
  /** Why an agent stays who was to be removed. */
  readonly unremoved: 'last' | 'own' | null;
}

/** GET /agents: who runs the service for the town. */
export async function agents(visit: Visit<AgentsPart>, said: unknown): Promise<Answer> {
  return show(visit, { ...NO_ONE, said, unremoved: null });
}

async function show(visit: Visit<AgentsPart>, shown: Shown): Promise<Answer> {
  const all = await visit.core.agents.list(visit.viewer);
  const communes = await visit.core.town.communes(visit.viewer);
  if (all === null || communes === null) return MISSING;
  const words = visit.texts.agents;
  const isSaid = (said: unknown): said is 'removed' | 'limited' =>
    said === 'removed' || said === 'limited';
  const done = words.said[isSaid(shown.said) ? shown.said : 'none'];
  return narrowPage(visit, {
    title: words.title,
    section: 'school',
    styles: ['setup.css'],
    refused: shown.why.length > 0 || shown.unremoved !== null,
    content: html`
      ${backLink(visit, '/school', visit.texts.school.schools.titleTown)}
      <div class="split">
        <div>
          <h1>${words.title}</h1>
          <p class="soft">${words.lead}</p>
        </div>
        <p class="row">
          <a class="btn nb" href="/agents/isolation">
            ${icon(visit, 'lock')}${visit.texts.isolation.link}
          </a>
          <a class="btn nb" href="/agents/nights">
            ${icon(visit, 'moon')}${visit.texts.nights.link}
          </a>
          <a class="btn nb" href="/agents/senders">
            ${icon(visit, 'globe')}${visit.texts.senders.link}
          </a>
          <a class="btn nb" href="/agents/quotas">
            ${icon(visit, 'inbox')}${visit.texts.quotas.title}
          </a>
          <a class="btn nb" href="/agents/trail">
            ${icon(visit, 'eye')}${visit.texts.journals.title}
          </a>
        </p>
      </div>
      ${done === '' ? NOTHING : doneBanner(visit, done)}
      ${shown.unremoved === null ? NOTHING : alertBanner(visit, 'stop', words[shown.unremoved === 'own' ? 'removeOwn' : 'last'])}
      <ul class="sheet lines pad">
        ${all.map((one) => agentLine(visit, one, communes))}
      </ul>
      ${addForm(visit, shown)}
    `,
  });
}

function agentLine(visit: Visit, one: Agent, communes: readonly Commune[]): Html {
  const words = visit.texts.agents;
  const self = one.account === visit.viewer.account;
  return html`
    <li class="line row agent">
      ${faceOf(visit, { kind: 'adult', face: initialsOf(one.name), cover: 8, name: one.name })}
      <span class="grow">
        <b>${one.name}</b>
        ${
          self
            ? html`
                ${' '}
                <span class="badge">${words.you}</span>
              `
            : NOTHING
        }
        <br />
        <span class="small soft">
          ${one.address}. ${areaOf(visit, one, communes)}.
          ${words.way[one.way]}${' '}${one.hasSecondFactor ? words.protected : words.unprotected}
        </span>
      </span>
      ${self ? ownLink(visit) : [limitFold(visit, one, communes), resetFold(visit, one), removeFold(visit, one)]}
    </li>
  `;
}

/** « Toute la ville », or the names of their communes. */
function areaOf({ texts }: Visit, { communes: own }: Agent, communes: readonly Commune[]): string {
  if (own === null) return capital(texts.agents.wholeTown);
  return communes
    .filter(({ id }) => own.includes(id))
    .map(({ name }) => name)
    .join(', ');
}

/** Of which communes somebody is: what they see and change. */
function limitFold(
  visit: Visit,
  { account, name, communes: own }: Agent,
  communes: readonly Commune[],
): Html {
  const words = visit.texts.agents;
  return html`
    <details class="unfold">
      <summary class="btn">
        ${icon(visit, 'school')}${words.limit}
        <span class="vh">${' '}${name}</span>
      </summary>
      <form class="stack tight" method="post" action="/agents/${account}/communes">
        <p class="small">${words.limitHint}</p>
        ${communes.map((one) =>
          tick({
            type: 'checkbox',
            name: 'commune',
            value: one.id,
            isOn: own?.includes(one.id) ?? false,
            words: one.name,
          }),
        )}
        <div class="row">
          ${token(visit)}
          <button class="btn">${icon(visit, 'check')}${words.limitNow}</button>
        </div>
      </form>
    </details>
  `;
}

/** « TV » for Thomas Vasseur. */
function initialsOf(name: string): string {
  const words = name.split(' ');
  return [words[0], words.at(-1)].map((word = '') => word.slice(0, 1)).join('');
}

function ownLink(visit: Visit): Html {
  return html`
    <a class="btn" href="/protect">${icon(visit, 'lock')}${visit.texts.agents.own}</a>
  `;
}

/** A new code for who lost their phone or their password: what it ends is said before. */
function resetFold(visit: Visit, { account, name }: Agent): Html {
  const words = visit.texts.agents;
  return html`
    <details class="unfold">
      <summary class="btn">
        ${icon(visit, 'lock')}${words.reset}
        <span class="vh">${' '}${name}</span>
      </summary>
      <form class="stack tight" method="post" action="/agents/${account}/code">
        <p class="small">${words.resetHint}</p>
        <div class="row">
          ${token(visit)}
          <button class="btn" name="format" value="pdf">
            ${icon(visit, 'print')}${words.onPaper}
          </button>
          <button class="btn" name="format" value="screen">
            ${icon(visit, 'eye')}${words.onScreen}
          </button>
        </div>
      </form>
    </details>
  `;
}

function removeFold(visit: Visit, { account, name }: Agent): Html {
  const words = visit.texts.agents;
  return html`
    <details class="unfold">
      <summary class="btn no">
        ${icon(visit, 'close')}${words.remove}
        <span class="vh">${' '}${name}</span>
      </summary>
      <form class="stack tight" method="post" action="/agents/${account}/remove">
        <p class="small">${words.removeHint(name)}</p>
        <div class="row">
          ${token(visit)}
          <button class="btn no">${icon(visit, 'close')}${words.removeNow}</button>
        </div>
      </form>
    </details>
  `;
}

function addForm(visit: Visit, { typed, why }: Shown): Html {
  const words = visit.texts.agents;
  const wrongAddress = why.find((one) => one !== 'name');
  const ofNames = why.includes('name') ? 'name-trouble' : null;
  const fields = AGENT_FORM.shown(visit, {
    typed,
    wrong: wrongAddress === undefined ? {} : { local: words.trouble[wrongAddress] },
    wrongBy: { givenName: ofNames, familyName: ofNames },
  });
  return html`
    <form class="sheet pad stack" method="post" action="/agents" aria-labelledby="ad" novalidate>
      <h2 id="ad">${words.add}</h2>
      <p>${words.addLead}</p>
      ${ofNames === null ? NOTHING : fieldTrouble(visit, ofNames, words.trouble.name)}
      <div class="fields">
        ${fields.line('givenName', { label: words.givenName })}
        ${fields.line('familyName', { label: words.familyName })}
        ${fields.line('local', {
          label: words.address,
          hint: words.addressHint,
          ends: `@${visit.viewer.address.split('@')[1]}`,
          box: 'all',
        })}
      </div>
      <div class="row">
        ${token(visit)}
        <button class="btn main" name="format" value="pdf">
          ${icon(visit, 'print')}${words.addOnPaper}
        </button>
        <button class="btn" name="format" value="screen">
          ${icon(visit, 'eye')}${words.addOnScreen}
        </button>
      </div>
    </form>
  `;
}

/** POST /agents: one more, with the code that opens their account once. */
export async function addAgent(visit: Visit<AgentsPart>, form: Form): Promise<Answer> {
  const typed = AGENT_FORM.typedIn(form);
  const local = typed.local.split('@')[0] ?? '';
  const added = await visit.core.agents.add(visit.viewer, {
    ...typed,
    local: local === '' ? null : local,
  });
  if (added.kind === 'missing') return MISSING;
  return added.kind === 'trouble'
    ? show(visit, { said: null, typed, why: added.why, unremoved: null })
    : handed(visit, added.sheet, form);
}

/** POST /agents/:account/code: all that they came in by ends; a new code opens their account. */
export async function resetAgent(
  visit: Visit<AgentsPart>,
  account: AccountId,
  form: Form,
): Promise<Answer> {
  const sheet = await visit.core.agents.reset(visit.viewer, account);
  return sheet === null ? MISSING : handed(visit, sheet, form);
}

/** The sheet on paper, or its code on a page. */
async function handed(visit: Visit<AgentsPart>, sheet: CodeSheet, form: Form): Promise<Answer> {
  if (field(form, 'format') === 'pdf') return codePdf(visit, sheet);
  return narrowPage(visit, {
    section: 'school',
    styles: ['setup.css'],
    title: visit.texts.people.fresh(groupName(sheet, visit.texts)),
    content: freshCode(visit, sheet, { to: '/agents', words: visit.texts.agents.back }),
  });
}

/** POST /agents/:account/remove */
export async function removeAgent(visit: Visit<AgentsPart>, account: AccountId): Promise<Answer> {
  const removed = await visit.core.agents.remove(visit.viewer, account);
  if (removed.kind === 'missing') return MISSING;
  return removed.kind === 'trouble'
    ? show(visit, { ...NO_ONE, said: null, unremoved: removed.why })
    : { kind: 'go', to: '/agents?said=removed' };
}

/** POST /agents/:account/communes: what they see and change from now on. */
export async function limitAgent(
  visit: Visit<AgentsPart>,
  account: AccountId,
  form: Form,
): Promise<Answer> {
  const communes = fieldsOf(form, 'commune').flatMap((one) => countOf(one) ?? []);
  const limited = await visit.core.agents.limit(visit.viewer, account, communes);
  if (limited.kind === 'missing') return MISSING;
  return limited.kind === 'trouble'
    ? show(visit, { ...NO_ONE, said: null, unremoved: limited.why })
    : { kind: 'go', to: '/agents?said=limited' };
}
