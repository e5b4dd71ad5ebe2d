import { dayAt } from '../../../core/ground/clock.ts';
import type { ClassId } from '../../../core/ground/ids.ts';
import type { Day } from '../../../core/roster/days.ts';
import { mondayOf } from '../../../core/roster/week/plan.ts';
import type { PaperLine, WithPapers } from '../../../core/school/papers/contract.ts';
import type { WeekDay, WeekDesk, WeekView, WithWeeks } from '../../../core/school/week/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import { classAnswer, type ClassPart } from '../../components/class-tabs.ts';
import { surroundingsOf } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import { alertBanner, saidBanner } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { dayOf } from '../../ids.ts';
import { beginning } from './beginning.ts';
import { weekGrid } from './grid.ts';
import {
  dayName,
  holidaysLine,
  needLine,
  noticeLink,
  standsOn,
  weekName,
  weekTurns,
} from './parts.ts';

/** What the pages of a class's week ask of core. */
export type ClassWeekPart = ClassPart & WithWeeks;
type ShownWeekPart = ClassWeekPart & WithPapers<'openOf'>;

/** What the address of such a page says. */
interface WeekQuery {
  readonly day: unknown;
  readonly said: unknown;
}

/** GET /classes/:class/week: the week of a class among its tabs, for who may change it. */
export async function classWeek(
  visit: Visit<ShownWeekPart>,
  id: ClassId,
  { day, said }: WeekQuery,
): Promise<Answer> {
  const papers = await visit.core.papers.openOf(visit.viewer, id);
  const asked = { id, day: dayOf(day), said, refused: false };
  return weekTab(visit, asked, (here, { view, sources }) =>
    view.head === null
      ? html`
          <p class="banner">
            ${icon(here, 'info')}
            <span class="grow">${here.texts.weeks.none}</span>
          </p>
          ${beginning(here, view, { sources, filled: null })}
        `
      : shownWeek(here, view, papers),
  );
}

interface WeekTabWish {
  readonly id: ClassId;
  readonly day: Day | null;
  readonly said: unknown;
  readonly refused: boolean;
  readonly scripts?: readonly string[];
}

/** A page of the tab of the week: `content` is what it shows of the desk. */
export async function weekTab(
  given: Visit<ClassWeekPart>,
  asked: WeekTabWish,
  content: (visit: Visit, desk: WeekDesk) => Html,
): Promise<Answer> {
  const [details, surroundings, desk] = await Promise.all([
    given.core.teaching.classDetails(given.viewer, asked.id),
    surroundingsOf(given),
    given.core.weeks.desk(given.viewer, asked.id, asked.day),
  ]);
  if (details === null || desk === null) return MISSING;
  const visit = atSchool(given, desk.view);
  const { weeks: words } = visit.texts;
  const lead = html`
    ${desk.view.teachers.length === 0 ? alertBanner(visit, 'wait', words.nobodyTeaches) : NOTHING}
    ${saidBanner(visit, visit.texts.weeks.said, asked.said)}
  `;
  return classAnswer(visit, surroundings, {
    tab: 'week',
    details,
    said: null,
    refused: asked.refused,
    scripts: asked.scripts ?? [],
    styles: ['week.css', 'grid.css'],
    content: html`
      ${lead} ${content(visit, desk)}
    `,
  });
}

function shownWeek(visit: Visit, view: WeekView, papers: readonly PaperLine[]): Html {
  const { weeks: words } = visit.texts;
  const at = tabPath(view.classId, 'week');
  const turn = view.days[0]?.week ?? null;
  return html`
    <div class="week-head">
      ${view.days[0] === undefined ? NOTHING : weekTurns(visit, at, view.days[0].day)}
      <h2>${weekName(visit, view.days)} ${turn === null ? NOTHING : turnBadge(visit, turn)}</h2>
      ${
        mondayOf(view.today) === view.days[0]?.day
          ? NOTHING
          : html`
              <a class="btn quiet" href="${at}">${words.thisWeek}</a>
            `
      }
      <div class="acts-w">
        <button class="btn" type="button" data-print hidden>
          ${icon(visit, 'print')}${words.print}
        </button>
        <a class="btn" href="${at}/special?day=${view.days[0]?.day}">
          ${icon(visit, 'bus')}${words.special}
        </a>
        <a class="btn" href="/agenda">${icon(visit, 'calendar')}${words.agenda}</a>
        <a class="btn main" href="${at}/change">${icon(visit, 'write')}${words.change}</a>
      </div>
    </div>
    ${weekGrid(visit, view, { changes: false, open: null, below: (day) => below(visit, view, { day, papers }) })}
    ${holidaysLine(visit, view)}
  `;
}

/** « semaine A ». */
const turnBadge = ({ texts }: Visit, turn: 'A' | 'B'): Html => html`
  <span class="badge">${texts.weeks.weekIs(turn)}</span>
`;

/**
 * What is needed on a day, what is on the board for it, which papers can be answered until then,
 * and where more is noted.
 */
function below(
  visit: Visit,
  view: WeekView,
  { day: shown, papers }: { readonly day: WeekDay; readonly papers: readonly PaperLine[] },
): Html {
  const { day, noClass, needs, notices } = shown;
  const { weeks: words } = visit.texts;
  const at = tabPath(view.classId, 'week');
  const add = html`
    <a class="btn mini quiet" href="${at}/need?day=${day}">
      ${icon(visit, 'plus')}${words.add}
      <span class="vh">${words.addFor(dayName(visit, day))}</span>
    </a>
  `;
  return html`
    <div class="needs-c">
      <ul>
        ${needs.map((need) => needLine(visit, need))}
        ${notices.map(
          (notice) => html`
            <li>${icon(visit, 'pin')}${noticeLink(visit, view, notice)}</li>
          `,
        )}
        ${papers
          .filter(({ until }) => standsOn(view.days, dayAt(until, view.timeZone)) === day)
          .map((paper) => paperLine(visit, paper))}
      </ul>
      ${noClass === null ? add : NOTHING}
    </div>
  `;
}

/** A paper on the last day on which families answer it, and how many have. */
const paperLine = (visit: Visit, { ref, subject, tally }: PaperLine): Html => html`
  <li>
    ${icon(visit, 'sign')}
    <span>
      <span class="vh">${visit.texts.weeks.paperEnds}${visit.texts.colon}</span>
      <a href="/papers/${ref.school}/${ref.paper}">${subject}</a>
      <small class="soft">
        ${`, ${visit.texts.papers.desk.answered(tally.answered, tally.asked)}`}
      </small>
    </span>
  </li>
`;
