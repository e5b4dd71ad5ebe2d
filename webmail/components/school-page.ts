import type { ClassId, SchoolId } from '../../core/ground/ids.ts';
import { around, framed, type FramePart } from '../frame/frame.ts';
import { alertBanner } from '../frame/said.ts';
import type { Visit } from '../frame/visit.ts';
import { html, NOTHING, type Html } from '../html.ts';
import type { Answer } from '../http/answer.ts';

/** What went wrong, in words; nothing for what isn't known. */
export function troubleOf(visit: Visit, why: unknown): Html {
  const words: Readonly<Record<string, string>> = visit.texts.school.trouble;
  const sentence = typeof why === 'string' ? words[why] : undefined;
  return sentence === undefined ? NOTHING : alertBanner(visit, 'wait', sentence);
}

/** A page of a school's classes. */
export async function schoolPage(
  visit: Visit<FramePart>,
  {
    title,
    content,
    status = 200,
  }: { readonly title: string; readonly content: Html; readonly status?: number },
): Promise<Answer> {
  const main = html`
    <main id="main" class="body narrow"><div class="stack wide">${content}</div></main>
  `;
  return {
    kind: 'page',
    status,
    body: framed(visit, await around(visit), {
      title,
      section: 'school',
      shelf: null,
      styles: ['codes.css', 'school.css'],
      main,
    }),
  };
}

/** Where these pages lie. */
export const pathOf = (school: SchoolId, classId: ClassId | null = null): string =>
  classId === null ? `/school/${school}` : `/school/${school}/class/${classId}`;
