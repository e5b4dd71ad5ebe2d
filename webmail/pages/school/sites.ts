import type { SchoolId } from '../../../core/ground/ids.ts';
import type { SiteListState } from '../../../core/mail/sites/contract.ts';
import type { WithClasses } from '../../../core/school/classes/contract.ts';
import type {
  ChosenSites,
  WithSchoolSettings,
} from '../../../core/school/school-settings/contract.ts';
import { askWhy } from '../../components/ask-why.ts';
import { textField, tick } from '../../components/field.ts';
import { boxesOf } from '../../components/form.ts';
import { pathOf, schoolPage } from '../../components/school-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { doneBanner, alertBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { LONG_FIELD_CHARS } from '../../http/fields.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';

const TOWN = 0;
const READERS = ['pupils', 'adults'] as const;
type Readers = (typeof READERS)[number];
const RELEASES = ['head', 'writer'] as const;
/** Whether a school keeps out what it chooses itself, or what is kept out above it. */
const OWN = boxesOf('radio', 'own', ['no', 'yes'] as const);

/** GET /school/:school/sites: which sites letters may not lead to; school 0 is the whole town. */
export async function sites(
  visit: Visit<FramePart & WithClasses & WithSchoolSettings>,
  school: SchoolId,
  said: unknown,
): Promise<Answer> {
  const now = await visit.core.schoolSettings.sites(visit.viewer, school);
  if (now === null) return school === TOWN ? MISSING : askWhy(visit, school);
  return show(visit, now, { said, wrong: [], allowed: now.choice.allowed });
}

interface Told {
  readonly said: unknown;
  /** Lines that name no site. */
  readonly wrong: readonly string[];
  readonly allowed: readonly string[];
}

function show(visit: Visit<FramePart>, now: ChosenSites, told: Told): Promise<Answer> {
  const words = visit.texts.sites;
  const isTown = now.school === TOWN;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${isTown ? words.leadTown : words.lead(now.schoolName)}</p>
    </div>
    ${told.said === 'saved' ? doneBanner(visit, words.saved) : NOTHING}
    ${told.said === 'reading' ? doneBanner(visit, words.willRead) : NOTHING}
    ${isTown ? listSheet(visit, now.state) : NOTHING} ${choiceForm(visit, now, told)}
  `;
  return schoolPage(visit, { title: words.title, content, refused: told.wrong.length > 0 });
}

/** Where the list is from, of when it is, and whether it is well. */
function listSheet(visit: Visit, { source, list, lastUpdate }: SiteListState): Html {
  const words = visit.texts.sites;
  const trouble = lastUpdate?.trouble ?? null;
  const found =
    list === null
      ? words.none
      : words.list(list.entries, list.categories.length, longDate(visit.clock, list.loadedAt));
  return html`
    <section class="sheet pad stack" aria-labelledby="list">
      <h2 id="list">${words.listTitle}</h2>
      <p>${found}</p>
      <p class="soft">${source === null ? words.noSource : words.source(source)}</p>
      ${trouble === null ? NOTHING : alertBanner(visit, 'wait', words.trouble[trouble])}
      <form method="post" action="/school/${TOWN}/sites/read">
        ${token(visit)}
        <button class="btn" ${attributes({ disabled: source === null })}>
          ${icon(visit, 'download')}${words.read}
        </button>
      </form>
    </section>
  `;
}

function choiceForm(visit: Visit, now: ChosenSites, { wrong, allowed }: Told): Html {
  const words = visit.texts.sites;
  const isTown = now.school === TOWN;
  const { pupils, adults } = now.choice;
  const hasOwn = pupils !== null || adults !== null;
  const likeAbove = isTown ? words.usual : words.likeTown;
  return html`
    <form class="sheet pad stack" method="post" action="${pathOf(now.school)}/sites">
      <fieldset class="stack tight">
        <legend class="h3">${words.choice}</legend>
        ${OWN.shown([hasOwn ? 'yes' : 'no'], (one) => (one === 'yes' ? words.own : likeAbove))}
      </fieldset>
      ${READERS.map((readers) => categories(visit, now, readers))}
      ${isTown ? releasedBy(visit, now) : NOTHING} ${passing(visit, now, { wrong, allowed })}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'check')}${words.save}</button>
        <a class="btn quiet" href="${isTown ? '/home' : `${pathOf(now.school)}/settings`}">
          ${visit.texts.school.back}
        </a>
      </div>
    </form>
  `;
}

/** What is kept out stands on top; the others unfold. */
function categories(visit: Visit, { state, choice, usual }: ChosenSites, readers: Readers): Html {
  const words = visit.texts.sites;
  const chosen = new Set(choice[readers] ?? usual[readers]);
  const entries = new Map(state.list?.categories.map((one) => [one.name, one.entries]));
  const others = [...entries.keys()].filter((name) => !chosen.has(name));
  const ticks = (names: readonly string[]) => html`
    <div class="boxes">
      ${names.toSorted().map((name) =>
        tick({
          type: 'checkbox',
          name: readers,
          value: name,
          isOn: chosen.has(name),
          words: words.names[name] ?? name,
        }),
      )}
    </div>
  `;
  const more = html`
    <details>
      <summary>${words.others(others.length)}</summary>
      ${ticks(others)}
    </details>
  `;
  return html`
    <fieldset class="stack tight">
      <legend class="h3">${words.readers[readers]}</legend>
      <p class="hint">${words.fate[readers]}</p>
      ${ticks([...chosen])} ${others.length === 0 ? NOTHING : more}
    </fieldset>
  `;
}

/** Said by the town for all its schools. */
function releasedBy(visit: Visit, { choice }: ChosenSites): Html {
  const words = visit.texts.sites;
  const chosen = choice.release ?? 'head';
  return html`
    <fieldset class="stack tight">
      <legend class="h3">${words.release}</legend>
      ${RELEASES.map((who) =>
        tick({
          type: 'radio',
          name: 'release',
          value: who,
          isOn: who === chosen,
          words: words.releasedBy[who],
        }),
      )}
      <p class="hint">${words.releaseHint}</p>
    </fieldset>
  `;
}

/** Sites that pass whatever the list says. */
function passing(
  visit: Visit,
  { usual }: ChosenSites,
  { wrong, allowed }: Pick<Told, 'wrong' | 'allowed'>,
): Html {
  const words = visit.texts.sites;
  return textField(visit, {
    name: 'allowed',
    label: words.allowed,
    value: allowed.join('\n'),
    hint: html`
      ${words.allowedHint}
      ${usual.allowed.length === 0 ? NOTHING : words.allowedByTown(usual.allowed.join(', '))}
    `,
    wrong: wrong.length === 0 ? null : words.wrong(wrong),
    as: { rows: 4 },
  });
}

/** POST /school/:school/sites. */
export async function saveSites(
  visit: Visit<FramePart & WithSchoolSettings>,
  school: SchoolId,
  form: Form,
): Promise<Answer> {
  const allowed = field(form, 'allowed', LONG_FIELD_CHARS).split(/[\s,;]+/);
  const own =
    OWN.tickedIn(form)[0] === 'yes'
      ? { pupils: fieldsOf(form, 'pupils'), adults: fieldsOf(form, 'adults') }
      : null;
  const release = RELEASES.find((one) => one === field(form, 'release')) ?? 'head';
  const saved = await visit.core.schoolSettings.saveSites(visit.viewer, school, {
    own,
    allowed,
    release,
  });
  if (saved.kind === 'saved') return { kind: 'go', to: `${pathOf(school)}/sites?said=saved` };
  const now =
    saved.kind === 'no-sites' ? await visit.core.schoolSettings.sites(visit.viewer, school) : null;
  if (saved.kind !== 'no-sites' || now === null) return MISSING;
  const choice = {
    ...now.choice,
    pupils: own?.pupils ?? null,
    adults: own?.adults ?? null,
    release,
  };
  return show(visit, { ...now, choice }, { said: null, wrong: saved.lines, allowed });
}

/** POST /school/0/sites/read: an agent has the list read now. */
export async function readSites(
  visit: Visit<WithSchoolSettings>,
  school: SchoolId,
): Promise<Answer> {
  const asked = school === TOWN && (await visit.core.schoolSettings.readSitesAnew(visit.viewer));
  return asked ? { kind: 'go', to: `/school/${TOWN}/sites?said=reading` } : MISSING;
}
