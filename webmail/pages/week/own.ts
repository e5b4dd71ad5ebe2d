import { dayAt } from '../../../core/ground/clock.ts';
import { dayAfter, type Day } from '../../../core/roster/days.ts';
import { hasClass, mondayOf, wholeOf } from '../../../core/roster/week/plan.ts';
import type { WithPapers } from '../../../core/school/papers/contract.ts';
import type { SlipLine } from '../../../core/school/papers/contract/slips.ts';
import type { DayNeed, WeekDay, WeekView, WithWeeks } from '../../../core/school/week/contract.ts';
import type { DayNotice } from '../../../core/store/week/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import { narrowAnswer } from '../../components/narrow-page.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { coverClass, faceOf, icon, label } from '../../frame/parts.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { calendarDay, longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { page, type Answer } from '../../http/answer.ts';
import { dayOf } from '../../ids.ts';
import { givenWeek } from './given.ts';
import {
  dayName,
  holidaysLine,
  itemName,
  lessonFacts,
  NEED_ICONS,
  needLine,
  needsOf,
  noticeLink,
  SPECIAL_ICONS,
  specialName,
  standsOn,
  time,
  weekday,
  weekName,
  weekTurns,
} from './parts.ts';
import { pupilWeek } from './pupil.ts';

/** What the pages of whoever reads a week ask of core. */
type OwnWeekPart = FramePart & WithWeeks & WithPapers<'slips'>;

/**
 * GET /week: a pupil's own, a family's over all its children; who works in a school is led to the
 * classes whose week is theirs.
 */
export async function ownWeek(visit: Visit<OwnWeekPart>, query: unknown): Promise<Answer> {
  const day = dayOf(query);
  const isFamily = visit.viewer.role === 'guardian';
  const [views, surroundings, slips] = await Promise.all([
    visit.core.weeks.own(visit.viewer, day),
    surroundingsOf(visit),
    isFamily ? visit.core.papers.slips(visit.viewer) : [],
  ]);
  if (visit.audience === 'child') return pupilWeek(visit, surroundings, { views, day });
  if (isFamily) {
    const waiting = slips.filter(({ waits }) => waits);
    return familyWeek(visit, surroundings, { views, slips: waiting });
  }
  const [first, more] = views;
  const given = await visit.core.weeks.given(visit.viewer, day);
  if (given.length === 0 && more === undefined && first?.stand === 'teacher')
    return { kind: 'go', to: tabPath(first.classId, 'week') };
  const showsGiven = first === undefined || given.length > 0;
  const monday = mondayOf(day ?? dayAt(visit.now, visit.clock.timeZone));
  const words = visit.texts.weeks;
  return narrowAnswer(visit, surroundings, {
    title: words.nav,
    section: 'classes',
    styles: ['week.css'],
    content: html`
      <h1>${words.nav}</h1>
      ${views.map((view) => line(visit, view))}
      ${showsGiven ? givenWeek(visit, given, monday) : NOTHING}
    `,
  });
}

/** A class whose week somebody reads, or changes. */
const line = (visit: Visit, view: WeekView): Html =>
  view.stand === 'teacher' || view.stand === 'head'
    ? html`
        <p class="row">
          <a class="btn" href="${tabPath(view.classId, 'week')}">
            ${icon(visit, 'week')}${view.className}
          </a>
        </p>
      `
    : table(atSchool(visit, view), view);

/** The weeks of a family's children, and the papers that wait for its answer. */
interface Shown {
  readonly views: readonly WeekView[];
  readonly slips: readonly SlipLine[];
}

/** A family's week: tomorrow first, over all its children, then only what is not as usual. */
function familyWeek(visit: Visit, surroundings: PageSurroundings, { views, slips }: Shown): Answer {
  const { family: words } = visit.texts.weeks;
  const nexts = views.flatMap(({ next }) => next ?? []);
  const day = nexts.map((next) => next.day).toSorted()[0] ?? null;
  const first = views.find(({ head }) => head !== null);
  const content = html`
    <div class="head-line tomorrow-t">
      <h1>${titleOf(visit, views, day)}</h1>
      <p class="acts-line">
        <a class="btn" href="/agenda">${icon(visit, 'calendar')}${words.agenda}</a>
      </p>
    </div>
    ${
      views.length === 0
        ? html`
            <p class="banner">
              ${icon(visit, 'info')}
              <span class="grow">${words.noChild}</span>
            </p>
          `
        : NOTHING
    }
    <div class="tomorrow">
      ${views.map((view) => childCard(atSchool(visit, view), { view, day, slips: slipsOf(view, slips) }))}
    </div>
    ${first === undefined ? NOTHING : unusual(visit, { views, slips })}
    ${first === undefined ? NOTHING : holidaysLine(visit, first)}
    <div class="after-w">
      ${views.filter(isFirstOfClass).map((view) => table(atSchool(visit, view), view))}
    </div>
  `;
  return page(
    framed(visit, surroundings, {
      title: words.title,
      section: 'week',
      shelf: null,
      styles: ['desk.css', 'week.css'],
      main: html`
        <main id="main" class="body">${content}</main>
      `,
    }),
  );
}

/** « Demain, mercredi : trois choses à apporter ». */
function titleOf(visit: Visit, views: readonly WeekView[], day: Day | null): string {
  const { family: words } = visit.texts.weeks;
  const [first] = views;
  if (first === undefined || views.every(({ head }) => head === null)) return words.title;
  if (day === null) return words.noneAhead;
  const count = views.flatMap(({ next }) =>
    next?.day === day ? needsOf(next, 'bring') : [],
  ).length;
  const isTomorrow = day === dayAfter(first.today, 1);
  const when = isTomorrow
    ? words.tomorrow(weekday(visit, day))
    : words.on(calendarDay(visit.viewer.language, day));
  return words.bringing(when, count);
}

interface ChildDay {
  readonly view: WeekView;
  readonly day: Day | null;
  readonly slips: readonly SlipLine[];
}

/** One of the children: what goes into the bag, what is to be done. */
function childCard(visit: Visit, { view, day, slips }: ChildDay): Html {
  const { family: words } = visit.texts.weeks;
  const { child, next, className, cover, head } = view;
  const name = child?.name ?? '';
  const id = `k-${view.classId}-${child?.address ?? ''}`;
  const whole = next === null ? null : wholeOf(next.halves);
  const hours = whole === null ? '' : words.school(time(visit, whole.from), time(visit, whole.to));
  const which = next !== null && next.day !== day ? `${dayName(visit, next.day)}, ` : '';
  return html`
    <article class="sheet ${coverClass(cover)}" aria-labelledby="${id}">
      <div class="id-t">
        ${child === null ? NOTHING : faceOf(visit, child)}
        <div>
          <h2 id="${id}">${name}</h2>
          <p class="soft">${which}${hours}</p>
        </div>
        ${label(className, cover)}
      </div>
      ${
        head === null || next === null
          ? html`
              <p class="soft">${head === null ? words.noWeek : words.noneAhead}</p>
            `
          : needs(visit, view, next)
      }
      ${slips.length === 0 ? NOTHING : toSign(visit, slips)}
    </article>
  `;
}

function needs(visit: Visit, view: WeekView, next: WeekDay): Html {
  const { family: words } = visit.texts.weeks;
  const [bring, other] = [needsOf(next, 'bring'), needsOf(next, 'do', 'hand-in')];
  const specials = next.items.flatMap((item) => (item.kind === 'special' ? [item.special] : []));
  return html`
    ${specials.map(
      (one) => html`
        <p class="big-e">
          ${icon(visit, SPECIAL_ICONS[one.kind])}
          <b>${specialName(visit, one)}</b>
        </p>
      `,
    )}
    ${bring.length + other.length + specials.length + next.notices.length === 0 ? nothing(words.nothing) : NOTHING}
    ${bring.length === 0 ? NOTHING : needList(visit, words.bring, bring)}
    ${other.length === 0 ? NOTHING : needList(visit, words.toDo, other)}
    ${next.notices.length === 0 ? NOTHING : noticeList(visit, view, next.notices)}
  `;
}

/** Those of one child. */
const slipsOf = ({ child }: WeekView, slips: readonly SlipLine[]): readonly SlipLine[] =>
  slips.filter(({ ref }) => ref.child === child?.addressId);

/** Papers that wait for an answer, each with the day until which it can be given. */
const toSign = (visit: Visit, slips: readonly SlipLine[]): Html => html`
  <h3>${visit.texts.weeks.family.toSign}</h3>
  <ul class="bring">
    ${slips.map(
      ({ ref, subject, until }) => html`
        <li class="lined">
          ${icon(visit, 'sign')}
          <span class="grow">
            ${subject}
            <small class="soft">
              ${visit.texts.weeks.family.before(longDate(visit.clock, until))}
            </small>
          </span>
          <a class="btn" href="/papers/${ref.school}/${ref.paper}/${ref.child}">
            ${visit.texts.weeks.family.sign}
            <span class="vh">${visit.texts.colon}${subject}</span>
          </a>
        </li>
      `,
    )}
  </ul>
`;

const nothing = (words: string): Html => html`
  <p class="soft">${words}</p>
`;

const noticeList = (visit: Visit, view: WeekView, some: readonly DayNotice[]): Html => html`
  <h3>${visit.texts.weeks.onBoard}</h3>
  <ul class="bring">
    ${some.map(
      (notice) => html`
        <li class="lined">${icon(visit, 'pin')}${noticeLink(visit, view, notice)}</li>
      `,
    )}
  </ul>
`;

/** What the child has ticked says so; it is theirs to tick. */
const needList = (visit: Visit, title: string, some: readonly DayNeed[]): Html => html`
  <h3>${title}</h3>
  <ul class="bring">
    ${some.map(
      ({ kind, words: what, isTicked }) => html`
        <li class="lined${isTicked ? ' ticked' : ''}">
          ${icon(visit, NEED_ICONS[kind])}
          <span class="grow">${what}</span>
          ${isTicked ? ticked(visit, { isPacked: kind === 'bring' }) : NOTHING}
        </li>
      `,
    )}
  </ul>
`;

const ticked = (visit: Visit, { isPacked }: { readonly isPacked: boolean }): Html => {
  const { family: words } = visit.texts.weeks;
  return html`
    <span class="badge ok">${icon(visit, 'check')}${isPacked ? words.packed : words.done}</span>
  `;
};

/** The week of all children, but only what is not as usual. */
function unusual(visit: Visit, { views, slips }: Shown): Html {
  const { weeks: words } = visit.texts;
  const [first] = views.filter(({ head }) => head !== null);
  if (first === undefined) return NOTHING;
  const days = first.days.slice(0, 5);
  return html`
    <section class="sheet" aria-labelledby="wk">
      <div class="week-head pad-s rim-w">
        ${weekTurns(visit, '/week', days[0]?.day ?? first.today)}
        <h2 id="wk">${weekName(visit, days)}</h2>
        <span class="soft small">${words.family.unusual}</span>
      </div>
      <div class="five">
        <span class="corner-f"></span>
        ${days.map(
          ({ day }) => html`
            <h3 ${attributes({ class: day === first.today ? 'is-today' : null })}>
              ${dayName(visit, day)}
            </h3>
          `,
        )}
        ${views.filter(({ head }) => head !== null).map((view) => childRow(visit, view, slipsOf(view, slips)))}
      </div>
    </section>
  `;
}

const childRow = (visit: Visit, view: WeekView, slips: readonly SlipLine[]): Html => html`
  <div class="row-k ${coverClass(view.cover)}">
    <div class="kid-n">
      ${view.child === null ? NOTHING : faceOf(visit, view.child)}
      <span>${view.child?.name ?? ''}</span>
    </div>
    ${view.days.slice(0, 5).map(
      (day) => html`
        <div
          data-d="${dayName(visit, day.day)}"
          ${attributes({ class: hasClass(day) ? null : 'off-d' })}
        >
          <ul>
            ${unusualOf(visit, view, day)}
            ${slips
              .filter(
                ({ until }) =>
                  standsOn(view.days.slice(0, 5), dayAt(until, view.timeZone)) === day.day,
              )
              .map(
                ({ subject }) => html`
                  <li>
                    ${icon(visit, 'sign')}
                    <span>${subject}</span>
                  </li>
                `,
              )}
          </ul>
        </div>
      `,
    )}
  </div>
`;

function unusualOf(visit: Visit, view: WeekView, day: WeekDay): readonly Html[] {
  const { weeks: words } = visit.texts;
  const specials = day.items.flatMap((item) => (item.kind === 'special' ? [item] : []));
  const off =
    day.noClass === null || specials.length > 0
      ? []
      : [
          html`
            <li><span>${words.noClass[day.noClass]}</span></li>
          `,
        ];
  return [
    ...off,
    ...specials.map(
      ({ special, hours }) => html`
        <li class="big-e">
          ${icon(visit, SPECIAL_ICONS[special.kind])}
          <span>
            ${specialName(visit, special)}${hours === null ? '' : `, ${words.between(time(visit, hours.from), time(visit, hours.to))}`}
          </span>
        </li>
      `,
    ),
    ...day.needs.map((need) => needLine(visit, need)),
    ...day.notices.map(
      (notice) => html`
        <li>${icon(visit, 'pin')}${noticeLink(visit, view, notice)}</li>
      `,
    ),
  ];
}

/** Brothers and sisters of one class have one timetable. */
const isFirstOfClass = (
  { classId, head }: WeekView,
  at: number,
  all: readonly WeekView[],
): boolean => head !== null && all.findIndex((one) => one.classId === classId) === at;

/** The timetable of a class, day by day. */
function table(visit: Visit, view: WeekView): Html {
  const { weeks: words } = visit.texts;
  return html`
    <details class="sheet pad-s">
      <summary>${words.family.table(view.className)}</summary>
      ${view.days.map(
        (day) => html`
          <h3>${dayName(visit, day.day)}</h3>
          ${day.items.length === 0 ? nothing(day.noClass === null ? '' : words.noClass[day.noClass]) : NOTHING}
          <ul class="plain-l">
            ${day.items.map((item) => {
              const facts = item.kind === 'lesson' ? lessonFacts(visit, view, item.lesson) : '';
              return html`
                <li>
                  <span class="soft">
                    ${item.hours === null ? '' : time(visit, item.hours.from)}
                  </span>
                  ${` ${itemName(visit, item)}${facts === '' ? '' : `, ${facts}`}`}
                </li>
              `;
            })}
          </ul>
        `,
      )}
    </details>
  `;
}
