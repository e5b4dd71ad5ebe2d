import { isKeyOf } from '../../../core/ground/keys.ts';
import { CLOCK_OF, TIME_ZONES } from '../../../core/ground/time-zones.ts';
import type { WithReports } from '../../../core/mail/reports/contract.ts';
import { HOLIDAY_ZONES } from '../../../core/roster/holiday-zones.ts';
import type {
  TownTrouble,
  TownWish,
  WithAgents,
  WithSetup,
  WithTown,
} from '../../../core/town/town/contract.ts';
import type { WithHolidays } from '../../../core/town/town/holidays/contract.ts';
import { formOf, sentencesOf } from '../../components/form.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { fieldTrouble } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import { holidaySection, type HolidayNotice } from './setup-holidays.ts';
import { progressOf, stepPage, stepPath } from './setup-parts.ts';

export type SetupTownPart = FramePart &
  WithAgents<'list'> &
  WithHolidays<'list'> &
  WithReports<'contact'> &
  WithSetup<'progress'> &
  WithTown<'saveSettings' | 'settings'>;

const CONTACTS = [
  'organisation',
  'representative',
  'postalAddress',
  'host',
  'phone',
  'mail',
  'dataOfficer',
] as const satisfies readonly (keyof TownWish['contacts'])[];
const OF_LINES: ReadonlySet<string> = new Set(['postalAddress', 'host']);
const LINE = { most: 300 } as const;
/** An answer of several lines, as an envelope has. */
const LINES = { isText: true, as: { rows: 3 } } as const;
const TOWN_FORM = formOf({
  name: { most: 200, isRequired: true },
  postmaster: { most: 200 },
  timeZone: {},
  holidayZone: {},
  organisation: LINE,
  representative: LINE,
  postalAddress: LINES,
  host: LINES,
  phone: LINE,
  mail: LINE,
  dataOfficer: LINE,
});
type TownTyped = ReturnType<typeof TOWN_FORM.typedIn>;

interface Shown {
  readonly typed: TownTyped;
  readonly why: readonly TownTrouble[];
  readonly notice: HolidayNotice;
}

const NO_NOTICE: HolidayNotice = { kind: 'said', said: null };

/**
 * GET /setup/town: what the town is called, its clock, its holidays, and who answers for it; with
 * what the forms of the holidays have to say.
 */
export async function setupTown(
  visit: Visit<SetupTownPart>,
  notice: HolidayNotice,
): Promise<Answer> {
  const settings = await visit.core.town.settings();
  return show(visit, { typed: settings === null ? fresh(visit) : kept(settings), why: [], notice });
}

/** What stands in the fields of a town that nobody has described yet. */
const fresh = ({ viewer }: Visit): TownTyped =>
  TOWN_FORM.blank({
    name: viewer.schoolName,
    timeZone: CLOCK_OF.mainland,
    holidayZone: 'A',
  }).typed;

const kept = ({ name, timeZone, holidayZone, postmaster, contacts }: TownWish): TownTyped =>
  TOWN_FORM.blank({ name, timeZone, holidayZone, postmaster: postmaster ?? '', ...contacts }).typed;

async function show(visit: Visit<SetupTownPart>, shown: Shown): Promise<Answer> {
  const [progress, agents, holidays, contact] = await Promise.all([
    visit.core.setup.progress(visit.viewer),
    visit.core.agents.list(visit.viewer),
    visit.core.holidays.list(visit.viewer),
    visit.core.reports.contact(),
  ]);
  if (progress === null || agents === null) return MISSING;
  const words = visit.texts.setup.town;
  const states = progressOf(progress);
  return stepPage(visit, {
    step: 'town',
    states,
    title: states.town ? words.titleDone : words.title,
    refused: shown.why.length > 0 || shown.notice.kind !== 'said',
    content: html`
      ${townForm(visit, shown)}
      ${holidays === null ? NOTHING : holidaySection(visit, holidays, shown.notice)}
      <section class="sheet pad split" aria-labelledby="ag">
        <div class="grow">
          <h2 id="ag">${words.agents}</h2>
          <p>${words.agentsLead(visit.texts.list(agents.map(({ name }) => name)))}</p>
        </div>
        <a class="btn" href="/agents">${icon(visit, 'people')}${words.agentsLink}</a>
      </section>
      <section class="sheet pad split" aria-labelledby="rc">
        <div class="grow">
          <h2 id="rc">${words.reportContact}</h2>
          <p>${contact === null ? words.reportContactNobody : words.reportContactNamed(contact)}</p>
        </div>
        <a class="btn" href="/reports#who">${icon(visit, 'eye')}${words.reportContactLink}</a>
      </section>
    `,
  });
}

function townForm(visit: Visit, { typed, why }: Shown): Html {
  const words = visit.texts.setup.town;
  const fields = TOWN_FORM.shown(visit, { typed, wrong: sentencesOf(why, words.trouble) });
  return html`
    <form class="sheet pad stack wide" method="post" action="${stepPath('town')}" novalidate>
      <div class="stack">
        <h2>${words.about}</h2>
        <div class="fields">
          ${fields.line('name', { label: words.name, hint: words.nameHint })}
          ${fields.line('postmaster', { label: words.postmaster, hint: words.postmasterHint })}
          ${fields.choice(
            'timeZone',
            { label: words.timeZone },
            zonesWith(typed.timeZone).map((zone) => [
              zone,
              isKeyOf(words.timeZones, zone) ? words.timeZones[zone] : zone,
            ]),
          )}
          ${fields.choice(
            'holidayZone',
            { label: words.holidays },
            HOLIDAY_ZONES.map((zone) => [zone, words.holidayZones[zone] ?? zone]),
          )}
        </div>
      </div>
      <div class="stack">
        <div>
          <h2>${words.contacts}</h2>
          <p class="soft">${words.contactsLead}</p>
        </div>
        ${why.includes('contacts') ? fieldTrouble(visit, 'contacts-trouble', words.trouble.contacts) : NOTHING}
        <div class="fields">
          ${CONTACTS.map((one) =>
            OF_LINES.has(one)
              ? fields.text(one, words.contact[one])
              : fields.line(one, words.contact[one]),
          )}
        </div>
      </div>
      <div class="row end-row">
        ${token(visit)}
        <button class="btn main">${words.save}${icon(visit, 'arrow', 'tail')}</button>
      </div>
    </form>
  `;
}

/** A clock that was set by a file stays choosable. */
function zonesWith(own: string): readonly string[] {
  return TIME_ZONES.includes(own) ? TIME_ZONES : [...TIME_ZONES, own];
}

/** POST /setup/town: kept, and on to the domain; or again with what can't be so. */
export async function saveTown(visit: Visit<SetupTownPart>, form: Form): Promise<Answer> {
  const { core, viewer } = visit;
  if ((await core.setup.progress(viewer)) === null) return MISSING;
  const typed = TOWN_FORM.typedIn(form);
  const holidayZone = HOLIDAY_ZONES.find((zone) => zone === typed.holidayZone);
  // A choice that is none of those that the page offers.
  if (holidayZone === undefined) return { kind: 'wrong' };
  const { name, timeZone, postmaster, ...contacts } = typed;
  const saved = await core.town.saveSettings(viewer, {
    name,
    timeZone,
    holidayZone,
    postmaster: postmaster === '' ? null : postmaster,
    contacts,
  });
  if (saved.kind === 'missing') return MISSING;
  if (saved.kind === 'trouble' && saved.why.includes('time-zone')) return { kind: 'wrong' };
  if (saved.kind === 'trouble') return show(visit, { typed, why: saved.why, notice: NO_NOTICE });
  return { kind: 'go', to: stepPath('domain') };
}
