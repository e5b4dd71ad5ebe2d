import { dayAfter, type Day } from '../../../core/roster/days.ts';
import type { GivenDay } from '../../../core/school/week/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { dayName, lessonName, time, weekName, weekTurns } from './parts.ts';

const FRIDAY = 4;

/** A specialist's hours in the week of this Monday, day by day, over all classes. */
export function givenWeek(visit: Visit, days: readonly GivenDay[], monday: Day): Html {
  const { weeks: words } = visit.texts;
  return html`
    <section class="sheet pad" aria-labelledby="given">
      <div class="week-head">
        ${weekTurns(visit, '/week', monday)}
        <h2 id="given">${words.mineElsewhere}</h2>
        <span class="soft">
          ${weekName(visit, [{ day: monday }, { day: dayAfter(monday, FRIDAY) }])}
        </span>
      </div>
      ${
        days.length === 0
          ? html`
              <p class="soft">${words.noneOfMine}</p>
            `
          : NOTHING
      }
      ${days.map((one) => givenDay(visit, one))}
    </section>
  `;
}

const givenDay = (visit: Visit, { day, lessons }: GivenDay): Html => html`
  <h3>${dayName(visit, day)}</h3>
  <ul class="plain-l">
    ${lessons.map(
      ({ hours, lesson, className }) => html`
        <li>
          <span class="soft">
            ${visit.texts.weeks.between(time(visit, hours.from), time(visit, hours.to))}
          </span>
          ${' '}
          <b>${className}</b>
          ${` ${lessonName(visit, lesson)}${lesson.place === '' ? '' : `, ${lesson.place}`}`}
        </li>
      `,
    )}
  </ul>
`;
