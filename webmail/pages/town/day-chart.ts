import type { DayFigures, HourFigures } from '../../../core/town/town/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { hourOfDay, weekdayName } from '../../frame/when.ts';
import { attributes, html, type Html } from '../../html.ts';
import { numberIn } from './verdict.ts';

/** The drawing's own units: what is left and right of the day, its hours between them. */
const WIDE = 606;
const HIGH = 170;
const LEFT = 44;
const RIGHT = 600;
const TOP = 16;
const BOTTOM = 148;
const MIDDLE = (TOP + BOTTOM) / 2;
const HOURS = 24;
const STEP = (RIGHT - LEFT) / HOURS;
/** Whole numbers at an axis: 4, 20, 750, 8 000. */
const ROUND = [1, 2, 4, 5, 8, 10] as const;

const x = (hour: number): number => round(LEFT + hour * STEP);
const round = (value: number): number => Math.round(value * 10) / 10;

/** The next round number at or above what is to be shown. */
export function axisTop(most: number): number {
  if (most <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(most));
  const factor = ROUND.find((one) => one * power >= most) ?? 10;
  return factor * power;
}

/** Letters of each hour: taken in above the line, handed over below; a week ago dashed. */
export function lettersChart(visit: Visit, { at, today, weekAgo }: DayFigures): Html {
  const words = visit.texts.home.charts;
  const now = hourOfDay(visit.clock, at);
  const past = today.slice(0, Math.floor(now) + 1);
  const all = [...past, ...weekAgo];
  const top = axisTop(Math.max(...all.flatMap(({ letters, handed }) => [letters, handed])));
  const size = (value: number): number => round((value / top) * (MIDDLE - TOP));
  const bar = (name: 'in' | 'out', value: number, hour: number): Html => html`
    <rect
      class="${name}"
      x="${x(hour) + 2}"
      y="${name === 'in' ? round(MIDDLE - size(value)) : MIDDLE}"
      width="${round(STEP - 5)}"
      height="${size(value)}"
    />
  `;
  const bars = past.flatMap(({ letters, handed }, hour) => [
    ...(letters > 0 ? [bar('in', letters, hour)] : []),
    ...(handed > 0 ? [bar('out', handed, hour)] : []),
  ]);
  const label = numberIn(visit.viewer.language, top);
  return plot({
    id: 'pl1',
    title: lettersTitle(visit, { now, today, weekAgo }),
    grid: [TOP, (TOP + MIDDLE) / 2, (BOTTOM + MIDDLE) / 2, BOTTOM],
    marks: [
      [TOP, label],
      [MIDDLE, '0'],
      [BOTTOM, label],
    ],
    axis: MIDDLE,
    content: html`
      ${bars}
      <path class="ghost" d="${stairs(weekAgo.map(({ letters }) => MIDDLE - size(letters)))}" />
      <path class="ghost" d="${stairs(weekAgo.map(({ handed }) => MIDDLE + size(handed)))}" />
      <path class="now" d="M${x(now)} 8V156" />
      <text ${besideNow(now)} y="14">${words.now}</text>
    `,
  });
}

/** Where a word beside the line of now has room. */
function besideNow(now: number): Html {
  return now > HOURS - 5
    ? attributes({ x: x(now) - 6, 'text-anchor': 'end' })
    : attributes({ x: x(now) + 6 });
}

const stairs = (heights: readonly number[]): string =>
  heights
    .map(
      (y, hour) =>
        `${hour === 0 ? 'M' : 'V'}${hour === 0 ? `${LEFT} ` : ''}${round(y)}H${x(hour + 1)}`,
    )
    .join('');

/** The day so far against a week ago at the same hour, in words. */
function lettersTitle(
  visit: Visit,
  { now, today, weekAgo }: Pick<DayFigures, 'today' | 'weekAgo'> & { readonly now: number },
): string {
  const until = Math.floor(now) + 1;
  const sum = (hours: readonly HourFigures[], of: 'letters' | 'handed'): string =>
    numberIn(
      visit.viewer.language,
      hours.slice(0, until).reduce((all, hour) => all + hour[of], 0),
    );
  return visit.texts.home.charts.lettersSaid(
    [sum(today, 'letters'), sum(today, 'handed')],
    [sum(weekAgo, 'letters'), sum(weekAgo, 'handed')],
  );
}

/** How often somebody has signed in since midnight, against a week ago. */
export function signInsChart(visit: Visit, { at, today, weekAgo }: DayFigures): Html {
  const { language } = visit.viewer;
  const now = Math.min(Math.floor(hourOfDay(visit.clock, at)) + 1, HOURS);
  const [ours, before] = [sums(today).slice(0, now + 1), sums(weekAgo)];
  const top = axisTop(Math.max(...ours, ...before));
  const y = (value: number): number => round(BOTTOM - (value / top) * (BOTTOM - TOP));
  const line = (values: readonly number[]): string =>
    values.map((value, hour) => `${hour === 0 ? 'M' : ' '}${x(hour)} ${y(value)}`).join('');
  const last = ours.at(-1) ?? 0;
  const end = x(ours.length - 1);
  const isLate = ours.length > HOURS - 4;
  return plot({
    id: 'pl2',
    title: visit.texts.home.charts.signInsSaid(
      numberIn(language, last),
      numberIn(language, before[now] ?? 0),
    ),
    grid: [TOP, MIDDLE],
    marks: [
      [TOP, numberIn(language, top)],
      [MIDDLE, numberIn(language, top / 2)],
      [BOTTOM, '0'],
    ],
    axis: BOTTOM,
    content: html`
      <path class="before" d="${line(before)}" />
      <path class="area" d="${line(ours)} ${end} ${BOTTOM} ${LEFT} ${BOTTOM}Z" />
      <path class="today" d="${line(ours)}" />
      <circle class="in" cx="${end}" cy="${y(last)}" r="5" />
      <text
        y="${Math.min(y(last) + 20, BOTTOM - 6)}"
        ${isLate ? attributes({ x: end - 10, 'text-anchor': 'end' }) : attributes({ x: end + 10 })}
      >
        ${numberIn(language, last)}
      </text>
    `,
  });
}

/** At each hour's begin and at the day's end, how many there were by then. */
function sums(hours: readonly HourFigures[]): readonly number[] {
  let sum = 0;
  return [0, ...hours.map(({ signIns }) => (sum += signIns))];
}

interface Plot {
  readonly id: string;
  readonly title: string;
  readonly grid: readonly number[];
  readonly marks: readonly (readonly [y: number, words: string])[];
  readonly axis: number;
  readonly content: Html;
}

function plot(drawn: Plot): Html {
  return html`
    <svg class="plot" viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-labelledby="${drawn.id}">
      <title id="${drawn.id}">${drawn.title}</title>
      <path class="grid" d="${drawn.grid.map((y) => `M${LEFT} ${y}H${RIGHT}`).join('')}" />
      ${drawn.marks.map(
        ([y, words]) => html`
          <text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${words}</text>
        `,
      )}
      ${drawn.content}
      <path class="axis" d="M${LEFT} ${drawn.axis}H${RIGHT}" />
      ${[0, 6, 12, 18, 24].map(
        (hour) => html`
          <text
            x="${hour === HOURS ? RIGHT : x(hour)}"
            y="167"
            ${attributes({ 'text-anchor': hour === HOURS ? 'end' : null })}
          >
            ${hour} h
          </text>
        `,
      )}
    </svg>
  `;
}

/** What a mark of a chart stands for. */
export function keyed(mark: 'in' | 'out' | 'today' | 'before', words: string): Html {
  const drawn =
    mark === 'in' || mark === 'out'
      ? html`
          <rect class="${mark}" width="18" height="12" />
        `
      : html`
          <path class="${mark}" d="M0 6h18" />
        `;
  return html`
    <span class="keyed">
      <svg class="plot" viewBox="0 0 18 12" aria-hidden="true">${drawn}</svg>
      ${words}
    </span>
  `;
}

/** « jeudi dernier ». */
export const weekAgoIn = (visit: Visit, at: Date): string =>
  visit.texts.home.charts.last(weekdayName(visit.clock, at));
