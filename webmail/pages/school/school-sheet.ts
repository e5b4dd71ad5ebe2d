import type { WithConfig } from '../../../core/ground/config.ts';
import type { SchoolId } from '../../../core/ground/ids.ts';
import { actsForTown } from '../../../core/rules/viewer.ts';
import type {
  ClosingTrouble,
  Commune,
  SchoolStanding,
  TownSchool,
  WithTown,
} from '../../../core/town/town/contract.ts';
import { goneSentences, type BackupsPart } from '../../components/backups-gone.ts';
import { formOf, type Filled } from '../../components/form.ts';
import { schoolPage } from '../../components/school-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { backLink, icon, token } from '../../frame/parts.ts';
import { alertBanner, saidBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeCalendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { DUTIES, leftFor, pathOfDuty, saysDuty, type Duty } from './left-to-do.ts';
import {
  identityFields,
  SCHOOL_FORM,
  typedSchool,
  wishOf,
  wrongFields,
  type FilledSchool,
} from './school-form.ts';

type SheetVisit = Visit<FramePart & BackupsPart & WithTown>;
const MOST_SIGNS = 253;

const DOMAIN_FORM = formOf({
  domain: {
    most: MOST_SIGNS,
    isCut: true,
    as: { autocomplete: 'off', autocapitalize: 'none' },
  },
});
const CLOSING_FORM = formOf({
  day: { most: MOST_SIGNS, isCut: true, isRequired: true, as: { type: 'date' } },
});

/** What was tried on a school's record and not done: the form of it, as it was typed. */
interface Refused {
  readonly identity?: FilledSchool;
  readonly domain?: Filled<'domain'>;
  readonly closing?: Filled<'day'>;
}

/** GET /schools/:school: what the town knows of a school; its name, domain, last day. */
export async function schoolSheet(
  visit: SheetVisit,
  id: SchoolId,
  { said = null, refused = null }: { readonly said?: unknown; readonly refused?: Refused | null },
): Promise<Answer> {
  const { core, viewer, texts } = visit;
  const school = (await core.town.schools(viewer))?.find((one) => one.id === id);
  const [communes, standings] = await Promise.all([
    core.town.communes(viewer),
    core.town.schoolStandings(viewer),
  ]);
  if (school === undefined || communes === null) return MISSING;
  const words = texts.townSchools;
  const forms = html`
    ${identityForm(visit, { school, communes, refused: refused?.identity ?? null })}
    ${domainForm(visit, school, refused?.domain ?? null)}
    ${closingForm(visit, school, refused?.closing ?? null)}
  `;
  const content = html`
    ${backLink(visit, '/school', words.back)}
    <div class="split">
      <div>
        <h1>${school.shownName}</h1>
        <p class="soft">${words.sheet.lead(school.people)}</p>
      </div>
      <a class="btn nb" href="/school/${id}">${icon(visit, 'gate')}${words.sheet.enter}</a>
    </div>
    ${saidBanner(visit, visit.texts.townSchools.sheet.said, said)}${closingBanner(visit, school)}
    ${nextSteps(visit, id, standings?.get(id))} ${actsForTown(viewer) ? forms : NOTHING}
  `;
  return schoolPage(visit, {
    title: school.shownName,
    content,
    refused: refused !== null,
  });
}

/** What makes a school ready, in order, while some of it is left. */
function nextSteps(visit: Visit, school: SchoolId, standing: SchoolStanding | undefined): Html {
  const left = standing === undefined ? [] : leftFor(standing);
  if (standing === undefined || left.length === 0) return NOTHING;
  const words = visit.texts.townSchools.next;
  const step = (duty: Duty): Html => {
    const isLeft = left.includes(duty);
    // Of nobody there is nothing done: it comes with the list.
    const isLater = !isLeft && left.includes('list');
    const { what, act } = saysDuty(visit.texts, duty, standing);
    const done = isLater
      ? html`
          <span class="soft small">${words.later}</span>
        `
      : html`
          <span class="badge ok">${icon(visit, 'check')}${words.done}</span>
        `;
    const way = html`
      <span class="soft small">${what}</span>
      <a class="btn${duty === left[0] ? ' main' : ''}" href="${pathOfDuty(duty, school, standing)}">
        ${act}
        <span class="vh">${visit.texts.colon}${words.steps[duty]}</span>
      </a>
    `;
    return html`
      <li class="line row">
        <span class="grow">${words.steps[duty]}</span>
        ${isLeft ? way : done}
      </li>
    `;
  };
  return html`
    <section class="sheet pad stack tight" aria-labelledby="nx">
      <div>
        <h2 id="nx">${words.title}</h2>
        <p class="soft">${words.lead}</p>
      </div>
      <ol class="lines">
        ${DUTIES.map(step)}
      </ol>
    </section>
  `;
}

function closingBanner(visit: SheetVisit, { state, closesOn, keptUntil }: TownSchool): Html {
  const words = visit.texts.townSchools.sheet;
  if (closesOn === null || keptUntil === null) return NOTHING;
  const day = wholeCalendarDay(visit.viewer.language, closesOn);
  if (state === 'closing') return alertBanner(visit, 'wait', words.closesBanner(day));
  if (state !== 'erased')
    return alertBanner(
      visit,
      'stop',
      words.closedBanner(day, wholeCalendarDay(visit.viewer.language, keptUntil)),
    );
  const gone = goneSentences(visit, keptUntil, words);
  return alertBanner(visit, 'stop', [words.erasedBanner(day), ...gone].join(' '));
}

interface IdentityPage {
  readonly school: TownSchool;
  readonly communes: readonly Commune[];
  readonly refused: FilledSchool | null;
}

function identityForm(visit: Visit<WithConfig>, { school, communes, refused }: IdentityPage): Html {
  const words = visit.texts.townSchools.sheet;
  const { name, uai, commune, slug } = school;
  const kept = { name, uai: uai ?? '', commune: String(commune ?? ''), slug };
  const form = refused ?? SCHOOL_FORM.blank(kept);
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/schools/${school.id}"
      aria-labelledby="id"
      novalidate
    >
      <h2 id="id">${words.identity}</h2>
      ${identityFields(visit, { form, communes, hasAddresses: school.hasAddresses })}
      <div class="row">
        ${token(visit)}
        <button class="btn main" name="act" value="identity">
          ${icon(visit, 'check')}${words.save}
        </button>
      </div>
    </form>
  `;
}

function domainForm(
  visit: Visit<WithConfig>,
  { id, domain }: TownSchool,
  refused: Filled<'domain'> | null,
): Html {
  const form = refused ?? DOMAIN_FORM.blank({ domain: domain ?? '' });
  const words = visit.texts.townSchools.sheet;
  return html`
    <form class="sheet pad stack" method="post" action="/schools/${id}" aria-labelledby="do">
      <h2 id="do">${words.addresses}</h2>
      ${DOMAIN_FORM.shown(visit, form).line('domain', {
        label: words.domain,
        hint: words.domainHint(visit.core.config.domain),
        look: 'named',
      })}
      <div class="row">
        ${token(visit)}
        <button class="btn" name="act" value="domain">${words.domainSave}</button>
      </div>
    </form>
  `;
}

function closingForm(
  visit: Visit,
  { id, state, closesOn }: TownSchool,
  refused: Filled<'day'> | null,
): Html {
  const words = visit.texts.townSchools.sheet;
  const form = refused ?? CLOSING_FORM.blank({ day: closesOn ?? '' });
  if (state === 'erased') return NOTHING;
  const on = html`
    <button class="btn" name="act" value="reopen">
      ${icon(visit, 'undo')}${state === 'closed' ? words.reopen : words.goOn}
    </button>
  `;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/schools/${id}"
      aria-labelledby="cl"
      novalidate
    >
      <h2 id="cl">${words.close}</h2>
      <p>${words.closeLead}</p>
      ${CLOSING_FORM.shown(visit, form).line('day', { label: words.closesOn, look: 'date' })}
      <div class="row">
        ${token(visit)}
        <button class="btn no" name="act" value="close">${words.closeGo}</button>
        ${closesOn === null ? NOTHING : on}
      </div>
    </form>
  `;
}

/** POST /schools/:school: name, number and commune; domain; last day. */
export async function changeSchoolSheet(
  visit: SheetVisit,
  id: SchoolId,
  form: Form,
): Promise<Answer> {
  switch (field(form, 'act')) {
    case 'identity':
      return saveIdentity(visit, id, form);
    case 'domain':
      return saveDomain(visit, id, form);
    case 'close':
      return close(visit, id, form);
    case 'reopen': {
      const changed = await visit.core.town.closeSchool(visit.viewer, id, null);
      if (changed.kind !== 'trouble') return answerTo(id, changed, 'reopened');
      return schoolSheet(visit, id, { refused: closingRefused(visit, changed.why) });
    }
    default:
      return MISSING;
  }
}

async function saveIdentity(visit: SheetVisit, id: SchoolId, form: Form): Promise<Answer> {
  const typed = typedSchool(form);
  const { slug, ...rest } = wishOf(typed);
  const change = slug === null ? rest : { ...rest, slug };
  const changed = await visit.core.town.changeSchool(visit.viewer, id, change);
  if (changed.kind !== 'trouble') return answerTo(id, changed, 'saved');
  const identity = { typed, wrong: wrongFields(visit, changed.why) };
  return schoolSheet(visit, id, { refused: { identity } });
}

async function saveDomain(visit: SheetVisit, id: SchoolId, form: Form): Promise<Answer> {
  const typed = DOMAIN_FORM.typedIn(form);
  const domain = typed.domain.toLowerCase() || null;
  const changed = await visit.core.town.giveSchoolDomain(visit.viewer, id, domain);
  if (changed.kind !== 'trouble') return answerTo(id, changed, 'saved');
  const { domain: wrong } = wrongFields(visit, changed.why);
  return schoolSheet(visit, id, { refused: { domain: { typed, wrong: { domain: wrong } } } });
}

async function close(visit: SheetVisit, id: SchoolId, form: Form): Promise<Answer> {
  const typed = CLOSING_FORM.typedIn(form);
  const changed = await visit.core.town.closeSchool(visit.viewer, id, typed.day);
  if (changed.kind !== 'trouble') return answerTo(id, changed, 'closing');
  return schoolSheet(visit, id, { refused: closingRefused(visit, changed.why, typed) });
}

function closingRefused(
  { texts }: Visit,
  why: readonly ClosingTrouble[],
  typed: Filled<'day'>['typed'] = { day: '' },
): Refused {
  const words = texts.townSchools.sheet.trouble;
  return { closing: { typed, wrong: { day: why.map((one) => words[one]).join(' ') } } };
}

function answerTo(id: SchoolId, changed: { readonly kind: 'done' | 'missing' }, said: string) {
  if (changed.kind === 'missing') return MISSING;
  return { kind: 'go', to: `/schools/${id}?said=${said}` } as const;
}
