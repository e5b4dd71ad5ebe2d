import { clockAt } from '../../../core/ground/clock.ts';
import { type Day, dayAfter } from '../../../core/roster/days.ts';
import { hasClass, type PlanItem } from '../../../core/roster/week/plan.ts';
import type { DayNeed, WeekDay, WeekView } from '../../../core/school/week/contract.ts';
import { listenButton } from '../../components/listen-button.ts';
import { framed, sheetMain } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { icon, token } from '../../frame/parts.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { page, type Answer } from '../../http/answer.ts';
import {
  capital,
  coverOf,
  dayName,
  itemName,
  needsOf,
  noticeLink,
  thingName,
  time,
  weekday,
} from './parts.ts';

/** A pupil's week: today as a list, my bag, what I do. */
export function pupilWeek(
  given: Visit,
  surroundings: PageSurroundings,
  { views, day }: { readonly views: readonly WeekView[]; readonly day: Day | null },
): Answer {
  const view = views.find(({ stand, head }) => stand === 'child' && head !== null);
  const words = given.texts.weeks;
  const visit = view === undefined ? given : atSchool(given, view);
  const content =
    view === undefined
      ? html`
          <h1 id="t">${words.mine.title}</h1>
          <p class="banner">
            ${icon(visit, 'info')}
            <span class="grow">${words.noneRead.child}</span>
          </p>
        `
      : shown(visit, view, day);
  return page(
    framed(visit, surroundings, {
      title: words.mine.title,
      section: 'none',
      shelf: null,
      styles: ['week.css'],
      main: sheetMain(visit, surroundings, { shelf: null, content }),
    }),
  );
}

function shown(visit: Visit, view: WeekView, day: Day | null): Html {
  const { mine: words } = visit.texts.weeks;
  const asked = view.days.find((one) => one.day === day);
  const here = asked ?? view.days.find((one) => one.day === view.today) ?? view.next ?? view.now;
  if (here === null) return NOTHING;
  const isToday = here.day === view.today;
  const name = capital(weekday(visit, here.day));
  return html`
    <div class="split">
      <h1 id="t">${isToday ? words.dayIsToday(name) : capital(dayName(visit, here.day))}</h1>
      ${listenButton(visit, '#my-day')}
    </div>
    ${daysNav(visit, view, here)}
    <div class="my-week">
      <section class="sheet flush-s" id="my-day" aria-labelledby="d">
        <h2 id="d">${words.myDay}</h2>
        ${ownDay(visit, here, { isToday })}
        ${here.notices.length === 0 ? NOTHING : onBoard(visit, view, here)}
      </section>
      <div>${bag(visit, view, here)} ${todo(visit, view)}</div>
    </div>
  `;
}

/** The days of the week, each a link. */
function daysNav(visit: Visit, { days }: WeekView, here: WeekDay): Html {
  const { mine: words } = visit.texts.weeks;
  const note = (one: WeekDay): string => {
    const special = one.items.find((item) => item.kind === 'special');
    if (!hasClass(one)) return words.off;
    if (special !== undefined) return itemName(visit, special);
    return one.halves.length === 1 ? words.half : String(Number(one.day.slice(-2)));
  };
  return html`
    <nav class="my-days d${days.length}" aria-label="${words.days}">
      ${days.map((one) => {
        const name = weekday(visit, one.day);
        return html`
          <a
            href="/week?day=${one.day}"
            ${attributes({ 'aria-current': one.day === here.day ? 'page' : null })}
          >
            <span>
              ${name.slice(0, 3)}
              <span class="rest-d">${name.slice(3)}</span>
            </span>
            <small>${note(one)}</small>
          </a>
        `;
      })}
    </nav>
  `;
}

/** What comes after the other on a day, with what is over and what is now. */
function ownDay(visit: Visit, day: WeekDay, { isToday }: { readonly isToday: boolean }): Html {
  const { weeks: words } = visit.texts;
  if (!hasClass(day) && day.items.length === 0)
    return html`
      <p class="pad-s">${words.mine.noSchool}</p>
    `;
  const now = clockAt(visit.now, visit.clock.timeZone).time;
  return html`
    <ol class="my-day margin">
      ${day.items.map((item) => line(visit, item, isToday ? stateAt(item, now) : 'next'))}
    </ol>
  `;
}

/** Notices that are about this day. */
const onBoard = (visit: Visit, view: WeekView, { notices }: WeekDay): Html => html`
  <ul class="my-notices">
    ${notices.map(
      (notice) => html`
        <li class="lined">${icon(visit, 'pin')}${noticeLink(visit, view, notice)}</li>
      `,
    )}
  </ul>
`;

/** Where something of today stands beside the hour that it is. */
function stateAt({ hours }: PlanItem, now: string): 'over' | 'now' | 'next' {
  if (hours === null) return 'now';
  if (hours.to <= now) return 'over';
  return hours.from <= now ? 'now' : 'next';
}

const LOOKS = { over: 'gone-s', now: 'is-now', next: '' } as const;

function line(visit: Visit, item: PlanItem, state: keyof typeof LOOKS): Html {
  const { weeks: words } = visit.texts;
  const isBreak = item.kind === 'lesson' && item.lesson.kind === 'break';
  const cover = item.kind === 'lesson' ? coverOf(item.lesson) : 'c8';
  const place = item.kind === 'lesson' ? item.lesson.place : item.special.place;
  const badge = html`
    <span class="badge">${words.now}</span>
  `;
  const spine = html`
    <span class="spine ${cover}" aria-hidden="true"></span>
  `;
  return html`
    <li class="${LOOKS[state]}${isBreak ? ' play' : ''}">
      <span class="h">${item.hours === null ? '' : time(visit, item.hours.from)}</span>
      ${isBreak ? NOTHING : spine}
      <b>${itemName(visit, item)}</b>
      ${place === '' ? NOTHING : where(place)} ${state === 'now' ? badge : NOTHING}
    </li>
  `;
}

const where = (place: string): Html => html`
  <span class="small soft">${place}</span>
`;

/** My bag: for the next day of class, unless another day is looked at. */
function bag(visit: Visit, view: WeekView, here: WeekDay): Html {
  const { mine: words } = visit.texts.weeks;
  const day = here.day <= view.today ? view.next : here;
  if (day === null) return NOTHING;
  const things = needsOf(day, 'bring');
  const isTomorrow = day.day === dayAfter(view.today, 1);
  const title = isTomorrow ? words.bagTomorrow : words.bagFor(dayName(visit, day.day));
  return html`
    <section class="sheet" aria-labelledby="bag">
      <h2 id="bag">${icon(visit, 'bag')}${title}</h2>
      ${
        things.length === 0
          ? html`
              <p class="soft">${words.bagEmpty}</p>
            `
          : html`
              <ul class="todo-p">
                ${things.map((one) => tickLine(visit, view, { day, one, note: null }))}
              </ul>
            `
      }
    </section>
  `;
}

/** What is to be done or handed in from today on, of this week and the next day of class. */
function todo(visit: Visit, view: WeekView): Html {
  const { mine: words } = visit.texts.weeks;
  const ahead = view.next === null ? view.days : [...view.days, view.next];
  const days = [...new Map(ahead.map((one) => [one.day, one])).values()]
    .filter(({ day }) => day >= view.today)
    .toSorted((one, other) => (one.day < other.day ? -1 : 1));
  const lines = days.flatMap((day) =>
    needsOf(day, 'do', 'hand-in').map((one) => {
      const name = dayName(visit, day.day);
      const note = one.kind === 'do' ? words.for(name) : words.handInFor(name);
      return tickLine(visit, view, { day, one, note });
    }),
  );
  return html`
    <section class="sheet" aria-labelledby="todo">
      <h2 id="todo">${icon(visit, 'book')}${words.todo}</h2>
      ${
        lines.length === 0
          ? html`
              <p class="soft">${words.todoNothing}</p>
            `
          : html`
              <ul class="todo-p">
                ${lines}
              </ul>
            `
      }
    </section>
  `;
}

interface NeedOfDay {
  readonly day: WeekDay;
  readonly one: DayNeed;
  readonly note: string | null;
}

/** A thing with the button that ticks it, for oneself alone. */
function tickLine(visit: Visit, { classId }: WeekView, { day, one, note }: NeedOfDay): Html {
  const { mine: words } = visit.texts.weeks;
  const { isTicked } = one;
  const said = one.kind === 'bring' ? words.packed : words.done;
  return html`
    <li class="${isTicked ? 'ticked' : ''}">
      <span>
        ${one.words}
        ${
          note === null
            ? NOTHING
            : html`
                <small>${note}</small>
              `
        }
      </span>
      <form method="post" action="/week/tick" novalidate>
        ${token(visit)}
        <input type="hidden" name="class" value="${classId}" />
        <input type="hidden" name="day" value="${day.day}" />
        <input type="hidden" name="thing" value="${thingName(one)}" />
        <button
          class="btn"
          name="on"
          value="${isTicked ? 'no' : 'yes'}"
          aria-pressed="${isTicked ? 'true' : 'false'}"
        >
          ${icon(visit, 'check')}${said}
          <span class="vh">${words.of(one.words)}</span>
        </button>
      </form>
    </li>
  `;
}
