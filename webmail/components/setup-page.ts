import { around, framed, type FramePart } from '../frame/frame.ts';
import type { Visit } from '../frame/visit.ts';
import { html, type Html } from '../html.ts';
import type { Answer } from '../http/answer.ts';

/** A page of the town's agents: of putting into service, or of themselves. */
export async function setupPage(
  visit: Visit<FramePart>,
  page: {
    readonly title: string;
    readonly section: 'setup' | 'school';
    readonly status?: number;
    readonly content: Html;
  },
): Promise<Answer> {
  const main = html`
    <main id="main" class="body narrow"><div class="stack wide">${page.content}</div></main>
  `;
  const body = framed(visit, await around(visit), {
    title: page.title,
    section: page.section,
    shelf: null,
    styles: ['setup.css'],
    main,
  });
  return { kind: 'page', status: page.status ?? 200, body };
}
