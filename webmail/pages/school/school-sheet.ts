import type { WithConfig } from '../../../core/ground/config.ts';
import type { SchoolId } from '../../../core/ground/ids.ts';
import { actsForTown } from '../../../core/rules/viewer.ts';
import type {
  Commune,
  SchoolStanding,
  SchoolTrouble,
  TownSchool,
  WithTown,
} from '../../../core/town/town/contract.ts';
import { goneSentences, type BackupsPart } from '../../components/backups-gone.ts';
import { lineField } from '../../components/field.ts';
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
import { communeOf, identityFields, troubleText, type SchoolForm } from './school-form.ts';

type SheetVisit = Visit<FramePart & BackupsPart & WithTown>;
const MOST_SIGNS = 253;

/** What was tried on a school's record, and why it was not done. */
interface Refused {
  readonly trouble: string;
  /** What was typed; null: as it is kept. */
  readonly typed: SchoolForm | null;
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
    ${identityForm(visit, { school, communes, typed: refused?.typed ?? null })}
    ${domainForm(visit, school)} ${closingForm(visit, school)}
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
    ${refused === null ? NOTHING : alertBanner(visit, 'stop', refused.trouble)}
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
  readonly typed: SchoolForm | null;
}

function identityForm(visit: Visit<WithConfig>, { school, communes, typed }: IdentityPage): Html {
  const words = visit.texts.townSchools.sheet;
  const { name, uai, commune, slug } = school;
  const kept = { name, uai: uai ?? '', commune: String(commune ?? ''), otherCommune: '', slug };
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/schools/${school.id}"
      aria-labelledby="id"
      novalidate
    >
      <h2 id="id">${words.identity}</h2>
      ${identityFields(visit, { form: typed ?? kept, communes, hasAddresses: school.hasAddresses })}
      <div class="row">
        ${token(visit)}
        <button class="btn main" name="act" value="identity">
          ${icon(visit, 'check')}${words.save}
        </button>
      </div>
    </form>
  `;
}

function domainForm(visit: Visit<WithConfig>, { id, domain }: TownSchool): Html {
  const words = visit.texts.townSchools.sheet;
  return html`
    <form class="sheet pad stack" method="post" action="/schools/${id}" aria-labelledby="do">
      <h2 id="do">${words.addresses}</h2>
      ${lineField(visit, {
        name: 'domain',
        label: words.domain,
        value: domain ?? '',
        hint: words.domainHint(visit.core.config.domain),
        look: 'named',
        as: { maxlength: MOST_SIGNS, autocomplete: 'off', autocapitalize: 'none' },
      })}
      <div class="row">
        ${token(visit)}
        <button class="btn" name="act" value="domain">${words.domainSave}</button>
      </div>
    </form>
  `;
}

function closingForm(visit: Visit, { id, state, closesOn }: TownSchool): Html {
  const words = visit.texts.townSchools.sheet;
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
      ${lineField(visit, {
        name: 'day',
        label: words.closesOn,
        value: closesOn ?? '',
        look: 'date',
        as: { type: 'date', required: true },
      })}
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
  const { core, viewer } = visit;
  switch (field(form, 'act')) {
    case 'identity':
      return saveIdentity(visit, id, form);
    case 'domain': {
      const domain = field(form, 'domain').trim().toLowerCase().slice(0, MOST_SIGNS) || null;
      const changed = await core.town.giveSchoolDomain(viewer, id, domain);
      return answerTo(visit, id, { changed, said: 'saved', typed: null });
    }
    case 'close': {
      const day = field(form, 'day').trim().slice(0, MOST_SIGNS);
      const changed = await core.town.closeSchool(viewer, id, day);
      return answerTo(visit, id, { changed, said: 'closing', typed: null });
    }
    case 'reopen': {
      const changed = await core.town.closeSchool(viewer, id, null);
      return answerTo(visit, id, { changed, said: 'reopened', typed: null });
    }
    default:
      return MISSING;
  }
}

async function saveIdentity(visit: SheetVisit, id: SchoolId, form: Form): Promise<Answer> {
  const { core, viewer } = visit;
  const found = await communeOf(visit, form);
  if (found.kind === 'missing') return MISSING;
  const { typed } = found;
  if (found.kind === 'trouble')
    return schoolSheet(visit, id, { refused: { trouble: found.trouble, typed } });
  const changed = await core.town.changeSchool(viewer, id, {
    name: typed.name,
    uai: typed.uai === '' ? null : typed.uai,
    commune: found.commune,
    ...(typed.slug === '' ? {} : { slug: typed.slug }),
  });
  return answerTo(visit, id, { changed, said: 'saved', typed });
}

interface SheetAnswer {
  readonly changed: Awaited<ReturnType<SheetVisit['core']['town']['changeSchool' | 'closeSchool']>>;
  readonly said: string;
  readonly typed: SchoolForm | null;
}

async function answerTo(
  visit: SheetVisit,
  id: SchoolId,
  { changed, said, typed }: SheetAnswer,
): Promise<Answer> {
  if (changed.kind === 'missing') return MISSING;
  if (changed.kind === 'done') return { kind: 'go', to: `/schools/${id}?said=${said}` };
  const why: readonly (SchoolTrouble | string)[] = changed.why;
  return schoolSheet(visit, id, { refused: { trouble: troubleText(visit, why), typed } });
}
