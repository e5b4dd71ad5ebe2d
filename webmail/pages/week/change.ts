import type { ClassId } from '../../../core/ground/ids.ts';
import { ordinaryWeek } from '../../../core/roster/week/plan.ts';
import type { WeekDesk, WeekView } from '../../../core/school/week/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { numberOf } from '../../ids.ts';
import { beginning, hoursForm, type HoursName } from './beginning.ts';
import { weekTab, type ClassWeekPart } from './class-week.ts';
import { weekGrid } from './grid.ts';
import { LESSON, lessonFilled, lessonForm, type LessonName } from './lesson-form.ts';
import { aboveForm, type Refused } from './parts.ts';

/** `lesson` opens one, `at` begins one on what is free, `week` shows A or B. */
interface ChangeQuery {
  readonly lesson: unknown;
  readonly at: unknown;
  readonly week: unknown;
  readonly said: unknown;
}

/** What a form that wasn't taken gives back. */
interface GivenBack {
  readonly lesson?: Refused<LessonName>;
  readonly hours?: Refused<HoursName>;
}

/** GET /classes/:class/week/change: the week as it comes round, to be changed. */
export function changeWeek(
  visit: Visit<ClassWeekPart>,
  id: ClassId,
  query: ChangeQuery,
): Promise<Answer> {
  return showChange(visit, id, { query, back: {} });
}

interface ChangeWish {
  readonly query: ChangeQuery;
  readonly back: GivenBack;
}

/** The same page, with what a form gave back. */
export async function showChange(
  visit: Visit<ClassWeekPart>,
  id: ClassId,
  { query, back }: ChangeWish,
): Promise<Answer> {
  const refused = back.lesson !== undefined || back.hours !== undefined;
  const asked = { id, day: null, said: query.said, refused, scripts: ['week.js'] };
  return weekTab(visit, asked, (here, desk) => changing(here, desk, { query, back }));
}

function changing(
  visit: Visit,
  desk: WeekDesk,
  { query: { lesson, at, week: wanted }, back: { lesson: refused, hours } }: ChangeWish,
): Html {
  const { view, sources } = desk;
  const { weeks: words } = visit.texts;
  if (view.head === null)
    return html`
      ${aboveForm(visit, hours?.above ?? refused?.above ?? null)}
      ${beginning(visit, view, { sources, filled: hours?.filled ?? null })}
    `;
  const turn = turnShown(view, wanted, lesson);
  const monday = view.days[0]?.day ?? view.today;
  const days = ordinaryWeek({ ...view.head, lessons: view.lessons }, monday, turn);
  const ordinary = { ...view, days: days.map((day) => ({ ...day, needs: [], notices: [] })) };
  const panel = refused ?? openPanel(view, lesson, at);
  const open = numberOf(panel.filled.typed.lesson);
  return html`
    ${aboveForm(visit, hours?.above ?? null)}
    <div class="week-head">
      <h2>${words.ordinary}</h2>
      ${turn === null ? NOTHING : turnLinks(visit, view, turn)}
      <div class="acts-w">
        <a class="btn" href="${tabPath(view.classId, 'week')}">
          ${icon(visit, 'check')}${words.done}
        </a>
      </div>
    </div>
    <p class="soft small">${words.ordinaryHint}</p>
    ${keysLine(visit)}
    <div class="with-edit">
      ${weekGrid(visit, ordinary, { changes: true, open, below: () => NOTHING })}
      ${lessonForm(visit, desk, panel)}
    </div>
    <details class="sheet pad" ${attributes({ open: hours !== undefined })}>
      <summary>${words.hours.title}</summary>
      ${hoursForm(visit, view, hours?.filled ?? null)}
    </details>
    <p class="vh" role="status" id="week-said"></p>
  `;
}

/** Which of weeks A and B is shown: the one of the lesson that is open, or this week's. */
function turnShown({ head, days, lessons }: WeekView, wanted: unknown, lesson: unknown) {
  if (head?.weekA == null) return null;
  const open = lessons.find(({ id }) => id === numberOf(lesson))?.weeks;
  if (open === 'A' || open === 'B') return open;
  return wanted === 'A' || wanted === 'B' ? wanted : (days[0]?.week ?? null);
}

const turnLinks = ({ texts }: Visit, { classId }: WeekView, turn: 'A' | 'B'): Html => html`
  <nav class="seg-l" aria-label="${texts.weeks.hours.weeks}">
    ${(['A', 'B'] as const).map(
      (one) => html`
        <a
          class="btn"
          href="${tabPath(classId, 'week')}/change?week=${one}"
          ${attributes({ 'aria-current': one === turn ? 'true' : null })}
        >
          ${texts.weeks.weekIs(one)}
        </a>
      `,
    )}
  </nav>
`;

/** What keys do, for who has the script. */
function keysLine({ texts }: Visit): Html {
  const { keys } = texts.weeks;
  const row: readonly (readonly [readonly string[], string])[] = [
    [['↑', '↓'], keys.move],
    [[keys.shift, '↑', '↓'], keys.long],
    [['←', '→'], keys.day],
    [[keys.enter], keys.open],
  ];
  return html`
    <p class="keyrow" data-keyrow hidden>
      ${row.map(
        ([names, what]) => html`
          <span>
            ${names.map(
              (name) => html`
                <kbd>${name}</kbd>
                ${' '}
              `,
            )}
            ${what}
          </span>
        `,
      )}
    </p>
  `;
}

/** The panel as the address asks for it. */
function openPanel(view: WeekView, lesson: unknown, at: unknown): Refused<LessonName> {
  const one = view.lessons.find(({ id }) => id === numberOf(lesson));
  if (one !== undefined) return { filled: lessonFilled(one), above: null };
  const free = typeof at === 'string' ? /^([1-5])-(\d\d:\d\d)-(\d\d:\d\d)$/.exec(at) : null;
  const [, weekday = '1', from = '', to = ''] = free ?? [];
  const filled = LESSON.blank({ kind: 'french', weekday, from, to, weeks: 'every' });
  return { filled, above: null };
}

export const NO_QUERY: ChangeQuery = { lesson: null, at: null, week: null, said: null };
