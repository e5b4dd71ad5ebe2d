import { icon } from '../frame/parts.ts';
import type { Visit } from '../frame/visit.ts';
import { html, type Html } from '../html.ts';

/** Whose day it is: teachers, and heads who are. */
export const hasDay = ({ viewer }: Pick<Visit, 'viewer'>): boolean =>
  viewer.role === 'teacher' || viewer.role === 'head';

/** Whether what is left of the day is offered at the end of it. */
export const offersDay = (visit: Pick<Visit, 'viewer' | 'habits'>): boolean =>
  hasDay(visit) && visit.habits.ownDay !== false;

/** Above the inbox, once school is over; without a number. */
export function dayBanner(visit: Visit): Html {
  const words = visit.texts.ownDay;
  return html`
    <p class="banner">
      ${icon(visit, 'sun')}
      <span class="grow">
        ${words.offer}${' '}
        <a href="/own-day">${words.see}</a>
      </span>
    </p>
  `;
}
