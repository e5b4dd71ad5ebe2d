import type { ClassId } from '../../../core/ground/ids.ts';
import { weekdayOf, type Day } from '../../../core/roster/days.ts';
import type { HourSpan, PlanItem } from '../../../core/roster/week/plan.ts';
import type { WeekDay, WeekView } from '../../../core/school/week/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import {
  coverOf,
  dayName,
  lessonFacts,
  lessonName,
  SPECIAL_ICONS,
  specialName,
  time,
} from './parts.ts';

/** A row of the double page. */
const STEP_MINUTES = 5;
/** Rows that the stylesheet knows: from seven to nineteen. */
const MOST_ROWS = 144;
/** A lesson below has no room for its hours on a line of their own. */
const LOW_ROWS = 6;
/** Full hours so near to another label aren't written. */
const NEAR_MINUTES = 25;

const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** From when until when the double page goes. */
interface Sides {
  readonly from: number;
  readonly to: number;
}

function sidesOf(days: readonly WeekDay[]): Sides {
  const spans = days.flatMap(({ halves, items }) => [
    ...halves,
    ...items.flatMap(({ hours }) => hours ?? []),
  ]);
  if (spans.length === 0) return { from: 510, to: 990 };
  return {
    from: Math.min(...spans.map(({ from }) => minutes(from))),
    to: Math.max(...spans.map(({ to }) => minutes(to))),
  };
}

/** Where something stands on the page, as classes of the stylesheet. */
function placeOf({ from, to }: HourSpan, sides: Sides): string {
  const row = (at: number): number =>
    Math.min(MOST_ROWS, Math.max(0, Math.round((at - sides.from) / STEP_MINUTES)));
  const [first, last] = [row(minutes(from)), row(minutes(to))];
  return `pos f${first} n${Math.max(1, last - first)}`;
}

/** How the double page is used: to read it, or to change what comes round each week. */
interface GridUse {
  /** Lessons lead to their form, and what is free to a new one. */
  readonly changes: boolean;
  /** The lesson that is open. */
  readonly open: number | null;
  /** What stands below a day. */
  readonly below: (day: WeekDay) => Html;
}

/** The double page of an exercise book: hours left of the margin, days right of it. */
export function weekGrid(visit: Visit, view: WeekView, use: GridUse): Html {
  const { weeks: words } = visit.texts;
  const sides = sidesOf(view.days);
  return html`
    <section
      class="sheet double margin d${Math.min(7, view.days.length)}"
      aria-label="${words.nav}"
      ${use.changes ? forScript(visit, view, sides) : NOTHING}
    >
      <div class="hours-c">
        <ol aria-hidden="true">
          ${labelsOf(view.days, sides).map(
            (at) => html`
              <li class="${placeOf({ from: at, to: at }, sides)}">${time(visit, at)}</li>
            `,
          )}
        </ol>
      </div>
      ${view.days.map((day) => column(visit, view, { day, sides, use }))}
    </section>
  `;
}

/** What the script that moves lessons is told of the page. */
const forScript = ({ texts }: Visit, { classId }: WeekView, { from }: Sides): Html =>
  attributes({
    'data-week': tabPath(classId, 'week'),
    'data-from': from,
    'data-not-moved': texts.weeks.notMoved,
  });

const timeOf = (at: number): string =>
  `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;

/** The hours at the left: where half days begin and end, and full hours between. */
function labelsOf(days: readonly WeekDay[], sides: Sides): readonly string[] {
  const full =
    days.find(({ halves }) => halves.length > 1) ?? days.find(({ halves }) => halves.length > 0);
  const ends = full?.halves.flatMap(({ from, to }) => [minutes(from), minutes(to)]) ?? [];
  const hours = [];
  for (let at = Math.ceil(sides.from / 60) * 60; at <= sides.to; at += 60)
    if (ends.every((end) => Math.abs(end - at) > NEAR_MINUTES)) hours.push(at);
  return [...ends, ...hours].toSorted((one, other) => one - other).map(timeOf);
}

interface Column {
  readonly day: WeekDay;
  readonly sides: Sides;
  readonly use: GridUse;
}

function column(visit: Visit, view: WeekView, { day, sides, use }: Column): Html {
  const { weeks: words } = visit.texts;
  const isToday = !use.changes && day.day === view.today;
  const name = use.changes
    ? (words.weekdays[weekdayOf(day.day) - 1] ?? '')
    : dayName(visit, day.day);
  const badge = html`
    <span class="badge">${words.today}</span>
  `;
  const heading = `day-${day.day}`;
  return html`
    <section
      class="${isToday ? 'dayc is-today' : 'dayc'}"
      aria-labelledby="${heading}"
      ${attributes({ id: isToday ? 'today' : null })}
    >
      <h3 id="${heading}">${name} ${isToday ? badge : NOTHING}</h3>
      <ol>
        ${[
          ...day.items.map((item) => slot(visit, view, { item, sides, use })),
          ...gaps(visit, view, { day, sides, use }),
        ]
          .toSorted((one, other) => (one.from < other.from ? -1 : 1))
          .map(({ shown }) => shown)}
      </ol>
      ${use.below(day)}
    </section>
  `;
}

interface Slot {
  readonly item: PlanItem;
  readonly sides: Sides;
  readonly use: GridUse;
}

/** Something of a column, in the order of its hours: on a phone they stand one below the other. */
interface Placed {
  readonly from: string;
  readonly shown: Html;
}

function slot(visit: Visit, view: WeekView, { item, sides, use }: Slot): Placed {
  const hours = item.hours ?? { from: timeOf(sides.from), to: timeOf(sides.to) };
  const place = placeOf(hours, sides);
  const rows = (minutes(hours.to) - minutes(hours.from)) / STEP_MINUTES;
  const low = rows <= LOW_ROWS ? ' low' : '';
  const inside =
    item.kind === 'lesson'
      ? lesson(visit, view, { lesson: item.lesson, hours, low, use })
      : special(visit, view, { special: item.special, hours: item.hours, low });
  const shown = html`
    <li class="${place}">${inside}</li>
  `;
  return { from: hours.from, shown };
}

type Shown<Kind extends PlanItem['kind']> = Omit<Extract<PlanItem, { kind: Kind }>, 'kind'> & {
  readonly low: string;
};

function lesson(
  visit: Visit,
  view: WeekView,
  { lesson: one, hours, low, use }: Shown<'lesson'> & Pick<Slot, 'use'>,
): Html {
  const { weeks: words } = visit.texts;
  const facts = lessonFacts(visit, view, one);
  const turn = one.weeks === 'every' ? '' : words.weekIs(one.weeks);
  const look = `slot fill ${coverOf(one)}${low}${one.kind === 'break' ? ' out-y' : ''}`;
  const inside = html`
    <b>${lessonName(visit, one)}</b>
    <span class="at">${words.between(time(visit, hours.from), time(visit, hours.to))}</span>
    ${facts === '' ? NOTHING : detail(facts)} ${use.changes && turn !== '' ? detail(turn) : NOTHING}
  `;
  if (!use.changes)
    return html`
      <span class="${look}">${inside}</span>
    `;
  const isOpen = use.open === one.id;
  return html`
    <a
      class="${isOpen ? `${look} picked` : look}"
      href="${tabPath(view.classId, 'week')}/change?lesson=${one.id}#form"
      ${attributes({ 'aria-current': isOpen ? 'true' : null, 'data-lesson': one.id, 'data-edition': one.edition, 'data-weekday': one.weekday, 'data-from': one.from, 'data-to': one.to, draggable: 'true' })}
    >
      ${inside}
    </a>
  `;
}

const detail = (words: string): Html => html`
  <span class="at">${words}</span>
`;

function special(
  visit: Visit,
  { stand, classId }: WeekView,
  { special: one, hours, low }: Shown<'special'>,
): Html {
  const { weeks: words } = visit.texts;
  const when =
    hours === null ? words.allDay : words.between(time(visit, hours.from), time(visit, hours.to));
  const look = `slot fill dated${low}${one.kind === 'no-class' ? ' none-d' : ''}`;
  const inside = html`
    ${icon(visit, SPECIAL_ICONS[one.kind])}
    <b>${specialName(visit, one)}</b>
    <span class="at">${when}</span>
    ${one.place === '' ? NOTHING : detail(one.place)}
  `;
  return stand === 'teacher' || stand === 'head'
    ? html`
        <a class="${look}" href="${tabPath(classId, 'week')}/special?id=${one.id}">${inside}</a>
      `
    : html`
        <span class="${look}">${inside}</span>
      `;
}

/** What lies between lessons: noon, a day without class; when the week is changed, what is free. */
function gaps(visit: Visit, view: WeekView, { day, sides, use }: Column): readonly Placed[] {
  const { weeks: words } = visit.texts;
  const { halves, noClass } = day;
  if (noClass !== null) {
    const whole = { from: timeOf(sides.from), to: timeOf(sides.to) };
    return day.items.length > 0
      ? []
      : [silent(whole, sides, { look: 'none-d', words: words.noClass[noClass] })];
  }
  const [morning, afternoon] = halves;
  const noon =
    morning !== undefined && afternoon !== undefined && morning.to < afternoon.from
      ? [{ from: morning.to, to: afternoon.from }]
      : [];
  const isFree = (span: HourSpan): boolean =>
    day.items.every(
      ({ hours }) => hours === null || hours.to <= span.from || span.to <= hours.from,
    );
  return [
    ...noon.filter(isFree).map((span) => silent(span, sides, { look: 'lunch', words: words.noon })),
    ...(use.changes
      ? freeIn(day).map((span) => hole(visit, view.classId, { span, sides, day: day.day }))
      : []),
  ];
}

const silent = (
  span: HourSpan,
  sides: Sides,
  { look, words }: { readonly look: string; readonly words: string },
): Placed => ({
  from: span.from,
  shown: html`
    <li class="${placeOf(span, sides)}">
      <span class="slot fill ${look}"><span>${words}</span></span>
    </li>
  `,
});

/** Gives the pieces of the half days that no lesson has. */
function freeIn({ halves, items }: WeekDay): readonly HourSpan[] {
  return halves.flatMap((half) => {
    const free: HourSpan[] = [];
    let from = half.from;
    for (const { hours } of items) {
      if (hours === null || hours.to <= half.from || hours.from >= half.to) continue;
      if (from < hours.from) free.push({ from, to: hours.from });
      if (hours.to > from) from = hours.to;
    }
    return from < half.to ? [...free, { from, to: half.to }] : free;
  });
}

interface FreeHour {
  readonly span: HourSpan;
  readonly sides: Sides;
  readonly day: Day;
}

function hole(visit: Visit, id: ClassId, { span, sides, day }: FreeHour): Placed {
  const words = visit.texts.weeks.lesson;
  const at = `${weekdayOf(day)}-${span.from}-${span.to}`;
  const shown = html`
    <li class="${placeOf(span, sides)}">
      <a class="slot fill hole-w" href="${tabPath(id, 'week')}/change?at=${at}#form">
        ${icon(visit, 'plus')}
        <span>${words.hole(time(visit, span.from), time(visit, span.to))}</span>
      </a>
    </li>
  `;
  return { from: span.from, shown };
}
