import type { ClassId, SchoolId } from '../../core/ground/ids.ts';
import { type FramePart } from '../frame/frame.ts';
import { alertBanner } from '../frame/said.ts';
import type { Visit } from '../frame/visit.ts';
import { html, NOTHING, type Html } from '../html.ts';
import type { Answer } from '../http/answer.ts';
import { narrowPage } from './narrow-page.ts';

/** The line that says what went wrong: a field that it speaks of names it (`wrongBy`). */
export const TROUBLE_LINE = 'trouble';

/** What went wrong, in words; nothing for what isn't known. */
export function troubleOf(visit: Visit, why: unknown): Html {
  const words: Readonly<Record<string, string>> = visit.texts.school.trouble;
  const sentence = typeof why === 'string' ? words[why] : undefined;
  if (sentence === undefined) return NOTHING;
  return html`
    <div id="${TROUBLE_LINE}">${alertBanner(visit, 'wait', sentence)}</div>
  `;
}

interface SchoolSheet {
  readonly title: string;
  readonly content: Html;
  readonly refused?: boolean;
}

/** A page of a school's classes. */
export function schoolPage(visit: Visit<FramePart>, page: SchoolSheet): Promise<Answer> {
  return narrowPage(visit, { ...page, section: 'school', styles: ['codes.css', 'school.css'] });
}

/** Where these pages lie. */
export const pathOf = (school: SchoolId, classId: ClassId | null = null): string =>
  classId === null ? `/school/${school}` : `/school/${school}/class/${classId}`;
