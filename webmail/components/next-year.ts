import type { SchoolId } from '../../core/ground/ids.ts';
import { banner } from '../frame/said.ts';
import type { Visit } from '../frame/visit.ts';
import { wholeCalendarDay } from '../frame/when.ts';
import { html, NOTHING, type Html } from '../html.ts';

/** That next year's lists are there and wait for their day; nothing without such a day. */
export function nextYearBanner(visit: Visit, school: SchoolId, day: string | null): Html {
  const words = visit.texts.roster.imports;
  if (day === null) return NOTHING;
  const text = html`
    ${words.next(wholeCalendarDay(visit.viewer.language, day))}${' '}
    <a href="/roster/${school}/next">${words.seeNext}</a>
  `;
  return banner(visit, 'wait', text);
}
