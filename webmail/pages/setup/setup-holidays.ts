import type {
  HolidayList,
  HolidayTrouble,
  HolidayWish,
  SchoolHoliday,
} from '../../../core/town/town/holidays/contract.ts';
import { fileField } from '../../components/file-field.ts';
import { formOf } from '../../components/form.ts';
import { icon, token } from '../../frame/parts.ts';
import { doneBanner, alertBanner, fieldTrouble } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { stepPath } from './setup-parts.ts';

/** Where its forms are sent to. */
const HOLIDAYS = `${stepPath('town')}/holidays`;
/** Where it stands on the page of the town: what is said of a form is seen at once. */
export const HOLIDAY_SECTION = '#holidays';

/** What was done, as the address of the page says it. */
const HOLIDAYS_SAID = ['given', 'unended', 'added', 'removed', 'gone'] as const;
export type HolidaysSaid = (typeof HOLIDAYS_SAID)[number];

/** What the section says besides what it lists. */
export type HolidayNotice =
  | { readonly kind: 'said'; readonly said: unknown }
  | { readonly kind: 'refused'; readonly sentence: string }
  | {
      readonly kind: 'trouble';
      readonly typed: HolidayWish;
      readonly why: readonly HolidayTrouble[];
    };

const DAY = { isRequired: true, as: { type: 'date' } } as const;
export const HOLIDAY_FORM = formOf({
  name: { most: 200, isRequired: true },
  from: DAY,
  until: DAY,
});

/** The days without class that are known of the town's zone, and the ways to say others. */
export function holidaySection(visit: Visit, list: HolidayList, notice: HolidayNotice): Html {
  const { holidays: words, setup } = visit.texts;
  const none = html`
    <p>${words.none}</p>
  `;
  return html`
    <section class="sheet pad stack" id="holidays" aria-labelledby="hd">
      <div>
        <h2 id="hd">${words.title}</h2>
        <p class="soft">${words.lead(setup.town.holidayZones[list.zone])}</p>
      </div>
      ${noticeLine(visit, notice)} ${list.periods.length === 0 ? none : years(visit, list)}
      ${giveForm(visit)} ${addForm(visit, notice)}
    </section>
  `;
}

function noticeLine(visit: Visit, notice: HolidayNotice): Html {
  if (notice.kind === 'refused') return alertBanner(visit, 'stop', notice.sentence);
  if (notice.kind === 'trouble') return NOTHING;
  const said = HOLIDAYS_SAID.find((one) => one === notice.said);
  return said === undefined ? NOTHING : doneBanner(visit, visit.texts.holidays.said[said]);
}

function years(visit: Visit, { periods }: HolidayList): Html {
  return html`
    ${[...Map.groupBy(periods, ({ year }) => year)].map(
      ([year, ofYear]) => html`
        <div>
          <h3 class="num">${year}</h3>
          <ul class="lines">
            ${ofYear.map((one) => periodLine(visit, one))}
          </ul>
        </div>
      `,
    )}
  `;
}

function periodLine(visit: Visit, { id, name, from, until, byHand }: SchoolHoliday): Html {
  const { texts, viewer } = visit;
  const words = texts.holidays;
  const said = (day: string): string => calendarDay(viewer.language, day);
  const badge = html`
    ${' '}
    <span class="badge">${words.byHand}</span>
  `;
  return html`
    <li class="line row">
      ${icon(visit, 'calendar')}
      <span class="grow">
        <b>${name}</b>
        ${byHand ? badge : NOTHING}
        <br />
        <span class="small soft">
          ${from === until ? words.day(said(from)) : words.days(said(from), said(until))}
        </span>
      </span>
      <form method="post" action="${HOLIDAYS}/${id}/remove">
        ${token(visit)}
        <button class="btn no">
          ${icon(visit, 'close')}${words.remove}
          <span class="vh">${' '}${name}</span>
        </button>
      </form>
    </li>
  `;
}

function giveForm(visit: Visit): Html {
  const words = visit.texts.holidays;
  return html`
    <form
      class="stack tight"
      method="post"
      action="${HOLIDAYS}${HOLIDAY_SECTION}"
      enctype="multipart/form-data"
    >
      ${token(visit)}
      ${fileField(visit, {
        label: words.label,
        hint: words.hint,
        name: 'file',
        accept: '.csv,.txt,.zip',
      })}
      <details>
        <summary>${words.where}</summary>
        <p>${words.whereText}</p>
      </details>
      <div class="row">
        <button class="btn">${icon(visit, 'eye')}${words.give}</button>
      </div>
    </form>
  `;
}

/** Folded until it is asked for, or says what can't be so. */
function addForm(visit: Visit, notice: HolidayNotice): Html {
  const words = visit.texts.holidays;
  const { typed, why } =
    notice.kind === 'trouble' ? notice : { ...HOLIDAY_FORM.blank(), why: NO_TROUBLE };
  const ofDays = why.find((one) => one !== 'name');
  const line = ofDays === undefined ? null : 'hdays-trouble';
  const fields = HOLIDAY_FORM.shown(visit, {
    typed,
    wrong: why.includes('name') ? { name: words.trouble.name } : {},
    wrongBy: { from: line, until: line },
  });
  return html`
    <details class="unfold" ${attributes({ open: why.length > 0 })}>
      <summary class="btn">${icon(visit, 'calendar')}${words.add}</summary>
      <form class="stack tight" method="post" action="${HOLIDAYS}/add${HOLIDAY_SECTION}" novalidate>
        <div class="fields">
          ${fields.line('name', { id: 'hn', label: words.name, hint: words.nameHint, box: 'all' })}
          ${fields.line('from', { id: 'hfrom', label: words.from })}
          ${fields.line('until', { id: 'huntil', label: words.until })}
        </div>
        ${ofDays === undefined ? NOTHING : fieldTrouble(visit, 'hdays-trouble', words.trouble[ofDays])}
        <div class="row">
          ${token(visit)}
          <button class="btn">${icon(visit, 'check')}${words.save}</button>
        </div>
      </form>
    </details>
  `;
}

const NO_TROUBLE: readonly HolidayTrouble[] = [];
