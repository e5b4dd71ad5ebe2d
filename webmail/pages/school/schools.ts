import type { ChargedSchool } from '../../../core/directory/contract.ts';
import type { SchoolId } from '../../../core/ground/ids.ts';
import type { WithClasses } from '../../../core/school/classes/contract.ts';
import type { WithSettings } from '../../../core/school/school-settings/contract.ts';
import type { TownSchool, WithTown } from '../../../core/town/town/contract.ts';
import { MAX_REASON, askWhy } from '../../components/ask-why.ts';
import { schoolPage } from '../../components/school-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { standingBanner } from '../../frame/notices.ts';
import { icon } from '../../frame/parts.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeCalendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';

const MOST_FIND = 80;

/** GET /school: a head's own school; for an agent, or the head of several, the choice. */
export async function schools(
  visit: Visit<FramePart & WithClasses & WithSettings<'townStopped'> & WithTown>,
  wanted: unknown,
): Promise<Answer> {
  const all = await visit.core.classes.schools(visit.viewer);
  const [only, ...others] = all;
  if (visit.viewer.role === 'agent') return townSchools(visit, { all, wanted });
  if (only === undefined) return MISSING;
  if (others.length === 0) return { kind: 'go', to: `/school/${only.id}` };
  const find = findOf(wanted);
  const words = visit.texts.school.schools;
  const shown = all.filter(({ name }) => plain(name).includes(plain(find)));
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead}</p>
    </div>
    ${findForm(visit, find)}
    <ul class="sheet lines pad">
      ${shown.map(
        ({ id, name }) => html`
          <li class="line"><a class="grow" href="/school/${id}">${name}</a></li>
        `,
      )}
    </ul>
  `;
  return schoolPage(visit, { title: words.title, content });
}

/** Every school, for an agent: its commune, its record, whether it closes. */
async function townSchools(
  visit: Visit<FramePart & WithSettings<'townStopped'> & WithTown>,
  { all, wanted }: { readonly all: readonly ChargedSchool[]; readonly wanted: unknown },
): Promise<Answer> {
  const known = (await visit.core.town.schools(visit.viewer)) ?? [];
  const communes = (await visit.core.town.communes(visit.viewer)) ?? [];
  const communeNames = new Map(communes.map(({ id, name }) => [id, name]));
  const opened = new Set(all.filter(({ open }) => open).map(({ id }) => id));
  const find = findOf(wanted);
  const words = visit.texts.school.schools;
  const { list } = visit.texts.townSchools;
  const shown = known
    .map((school) => ({
      school,
      commune: communeNames.get(school.commune ?? 0) ?? '',
      isOpened: opened.has(school.id),
    }))
    .filter(({ school, commune }) =>
      [school.name, school.shownName, commune, school.uai ?? '', school.slug].some((text) =>
        plain(text).includes(plain(find)),
      ),
    );
  const lines = html`
    <ul class="sheet lines pad">
      ${shown.map((one) => townLine(visit, one))}
    </ul>
  `;
  const content = html`
    <div>
      <h1>${words.titleTown}</h1>
      <p class="soft">${words.leadTown}</p>
    </div>
    ${standingBanner(visit, await visit.core.standingMail.count(visit.viewer))}
    <p class="row">
      <a class="btn" href="/schools/new">${icon(visit, 'plus')}${list.one}</a>
      <a class="btn" href="/schools/file">${icon(visit, 'file')}${list.file}</a>
      <a class="btn" href="/agents">${icon(visit, 'people')}${visit.texts.agents.link}</a>
      <a class="btn" href="/reports">${icon(visit, 'report')}${visit.texts.reports.nav}</a>
      <a class="btn" href="/school/0/sites">${icon(visit, 'globe')}${visit.texts.sites.link}</a>
      <a class="btn" href="/agents/trail">${icon(visit, 'eye')}${words.agents}</a>
    </p>
    ${
      known.length === 0
        ? none(visit)
        : html`
            ${findForm(visit, find)}${lines}
          `
    }
    ${(await visit.core.settings.townStopped(visit.viewer)) === true ? stoppedBanner(visit) : NOTHING}
  `;
  return schoolPage(visit, { title: words.titleTown, content });
}

/** Whoever comes here while all is stopped must know, and where it is ended. */
function stoppedBanner(visit: Visit): Html {
  return html`
    <p class="banner stop">
      ${icon(visit, 'warning')}
      <span class="grow">${visit.texts.settings.townStopped}</span>
      <a class="btn" href="/town/stop">${visit.texts.school.stop.run}</a>
    </p>
  `;
}

function none(visit: Visit): Html {
  return nothingHere('bench', visit.texts.townSchools.list.none);
}

const findOf = (wanted: unknown): string =>
  typeof wanted === 'string' ? wanted.slice(0, MOST_FIND) : '';

function findForm(visit: Visit, find: string): Html {
  const words = visit.texts.school.schools;
  return html`
    <form class="row" method="get" action="/school">
      <label class="lab" for="find">${words.filter}</label>
      <input class="input finding" id="find" name="find" value="${find}" />
      <button class="btn">${icon(visit, 'search')}${words.find}</button>
    </form>
  `;
}

interface TownLine {
  readonly school: TownSchool;
  readonly commune: string;
  /** The agent has said why they are there. */
  readonly isOpened: boolean;
}

function townLine(visit: Visit, { school, commune, isOpened }: TownLine): Html {
  const words = visit.texts.townSchools.list;
  const about = [commune, school.uai ?? ''].filter((text) => text !== '').join(', ');
  return html`
    <li class="line row">
      <span class="grow">
        <a class="link low" href="/school/${school.id}">${school.shownName}</a>
        <br />
        <span class="soft small">${about}</span>
      </span>
      ${isOpened ? openedBadge(visit) : NOTHING} ${closingBadge(visit, school)}
      <a
        class="btn mini"
        href="/schools/${school.id}"
        aria-label="${words.sheet(school.shownName)}"
      >
        ${words.edit}
      </a>
    </li>
  `;
}

function openedBadge(visit: Visit): Html {
  return html`
    <span class="badge ok">${icon(visit, 'check')}${visit.texts.school.schools.open}</span>
  `;
}

function closingBadge(visit: Visit, { state, closesOn }: TownSchool): Html {
  const words = visit.texts.townSchools.list;
  if (closesOn === null) return NOTHING;
  const day = wholeCalendarDay(visit.viewer.language, closesOn);
  return html`
    <span class="badge ${state === 'closing' ? 'wait' : 'stop'}">
      ${state === 'closing' ? words.closes(day) : words.closed(day)}
    </span>
  `;
}

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** POST /school/:school/open: an agent says why. */
export async function openSchool(
  visit: Visit<FramePart & WithClasses>,
  school: SchoolId,
  form: Form,
): Promise<Answer> {
  const acted = await visit.core.classes.open(
    visit.viewer,
    school,
    field(form, 'reason').slice(0, MAX_REASON),
  );
  if (acted.kind === 'trouble') return askWhy(visit, school, acted.why);
  return acted.kind === 'done' ? { kind: 'go', to: `/school/${school}?said=opened` } : MISSING;
}
