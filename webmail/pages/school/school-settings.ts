import type { SchoolId } from '../../../core/ground/ids.ts';
import {
  SCHOOL_SWITCHES,
  SCHOOL_SWITCH_NAMES,
  schoolSwitches,
} from '../../../core/roster/school-switches.ts';
import type { WithClasses } from '../../../core/school/classes/contract.ts';
import type {
  SchoolSettings,
  WithSchoolSettings,
} from '../../../core/school/school-settings/contract.ts';
import type { SchoolWishes } from '../../../core/store/schools/contract.ts';
import { askWhy } from '../../components/ask-why.ts';
import { tick } from '../../components/field.ts';
import { boxesOf, formOf } from '../../components/form.ts';
import { stopSentence } from '../../components/mail-stop.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { pathOf } from '../../components/school-page.ts';
import { type FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { doneBanner, fieldTrouble } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';

const LEAVES = boxesOf('radio', 'hours', ['always', 'some'] as const);
/** Days of the week, Monday being 1. */
const DAYS = boxesOf('checkbox', 'day', [1, 2, 3, 4, 5, 6, 7]);
const HOURS_FORM = formOf({
  from: { isCut: true, most: 5, as: { type: 'time', maxlength: null } },
  to: { isCut: true, most: 5, as: { type: 'time', maxlength: null } },
});

/** What stands in the fields where a school has set no hours. */
const USUAL = { days: [1, 2, 4, 5], from: '08:00', to: '18:00' } as const;

/** GET /school/:school/settings. */
export async function settings(
  visit: Visit<FramePart & WithClasses & WithSchoolSettings>,
  school: SchoolId,
  said: unknown,
): Promise<Answer> {
  const now = await visit.core.schoolSettings.of(visit.viewer, school);
  return now === null
    ? askWhy(visit, school)
    : show(visit, now, { saved: said === 'saved', badHours: false });
}

async function show(
  visit: Visit<FramePart>,
  now: SchoolSettings,
  { saved, badHours }: { readonly saved: boolean; readonly badHours: boolean },
): Promise<Answer> {
  const words = visit.texts.settings;
  const [above] = now.stopsAbove;
  const stopped = (stop: NonNullable<typeof above>): Html => html`
    <p class="banner wait">
      ${icon(visit, 'hold')}
      <span class="grow">${stopSentence(visit, stop)}</span>
    </p>
  `;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead(now.schoolName)}</p>
    </div>
    ${above === undefined ? NOTHING : stopped(above)}
    ${saved ? doneBanner(visit, words.saved) : NOTHING} ${settingsForm(visit, now, { badHours })}
  `;
  return narrowPage(visit, {
    title: words.title,
    section: 'school',
    styles: ['school.css'],
    refused: badHours,
    content,
  });
}

function settingsForm(
  visit: Visit,
  now: SchoolSettings,
  { badHours }: { readonly badHours: boolean },
): Html {
  const words = visit.texts.settings;
  return html`
    <form class="sheet pad stack" method="post" action="${pathOf(now.school)}/settings" novalidate>
      ${hours(visit, now, { wrong: badHours })} ${switches(visit, now)}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'check')}${words.save}</button>
        <a class="btn" href="${pathOf(now.school)}/sites">${visit.texts.sites.link}</a>
        <a class="btn quiet" href="${pathOf(now.school)}">${visit.texts.school.back}</a>
      </div>
    </form>
  `;
}

/** When pupils' mail leaves: always, or on some days from one hour to another. */
function hours(
  visit: Visit,
  { opening }: SchoolSettings,
  { wrong }: { readonly wrong: boolean },
): Html {
  const words = visit.texts.settings.hours;
  const { days, from, to } = opening ?? USUAL;
  const wrongBy = wrong ? 'trouble' : null;
  const fields = HOURS_FORM.shown(visit, {
    typed: { from, to },
    wrongBy: { from: wrongBy, to: wrongBy },
  });
  const hour = (name: 'from' | 'to') => html`
    <label class="row">
      <span>${words[name]}</span>
      ${fields.bare(name, { id: `hours-${name}`, look: 'hour' })}
    </label>
  `;
  return html`
    <fieldset class="stack tight">
      <legend class="h3">${words.title}</legend>
      ${wrong ? fieldTrouble(visit, 'trouble', visit.texts.settings.badHours) : NOTHING}
      <div class="row">
        ${LEAVES.shown([opening === null && !wrong ? 'always' : 'some'], (one) => words[one])}
      </div>
      <div class="row">${hour('from')} ${hour('to')}</div>
      <div class="row" role="group" aria-label="${words.which}">
        ${DAYS.shown(days, (weekday) => words.days[weekday - 1] ?? '')}
      </div>
      <p class="hint">${words.lead}</p>
    </fieldset>
  `;
}

/** What is answered by yes or no, what is about one thing together. */
function switches({ texts }: Visit, now: SchoolSettings): Html[] {
  const { switches: words, groups, beforeHint } = texts.settings;
  return [...Map.groupBy(SCHOOL_SWITCH_NAMES, (name) => SCHOOL_SWITCHES[name])].map(
    ([about, names]) => html`
      <fieldset class="stack tight">
        <legend class="h3">${groups[about]}</legend>
        ${names.map((name) =>
          tick({ type: 'checkbox', name, value: 'yes', isOn: now[name], words: words[name] }),
        )}
        ${about === 'before' ? hint(beforeHint) : NOTHING}
      </fieldset>
    `,
  );
}

const hint = (words: string): Html => html`
  <p class="hint">${words}</p>
`;

/** POST /school/:school/settings. */
export async function saveSettings(
  visit: Visit<FramePart & WithSchoolSettings>,
  school: SchoolId,
  form: Form,
): Promise<Answer> {
  const wishes = wishesOf(form);
  const saved = await visit.core.schoolSettings.save(visit.viewer, school, wishes);
  if (saved === 'saved') return { kind: 'go', to: `${pathOf(school)}/settings?said=saved` };
  const now =
    saved === 'bad-hours' ? await visit.core.schoolSettings.of(visit.viewer, school) : null;
  if (now === null) return MISSING;
  return show(visit, { ...now, ...wishes }, { saved: false, badHours: true });
}

function wishesOf(form: Form): SchoolWishes {
  return {
    opening:
      LEAVES.tickedIn(form)[0] === 'some'
        ? { days: DAYS.tickedIn(form), ...HOURS_FORM.typedIn(form) }
        : null,
    ...schoolSwitches((name) => field(form, name) === 'yes'),
  };
}
