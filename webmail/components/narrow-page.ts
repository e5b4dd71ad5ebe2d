import type { BoardSection } from '../frame/board.ts';
import { surroundingsOf, framed, type FramePart } from '../frame/frame.ts';
import type { PageSurroundings } from '../frame/mailbox-nav.ts';
import type { Visit } from '../frame/visit.ts';
import { html, type Html } from '../html.ts';
import { formPage, type Answer } from '../http/answer.ts';

interface NarrowPage {
  readonly title: string;
  readonly section: BoardSection;
  readonly content: Html;
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
  /** Something was typed wrongly, or could not be done. */
  readonly refused?: boolean;
}

/** An adult's page of sheets one below the other. */
export async function narrowPage(visit: Visit<FramePart>, page: NarrowPage): Promise<Answer> {
  return narrowAnswer(visit, await surroundingsOf(visit), page);
}

/** The same where what is around it was asked for already. */
export function narrowAnswer(
  visit: Visit,
  surroundings: PageSurroundings,
  { content, refused = false, ...sheet }: NarrowPage,
): Answer {
  const main = html`
    <main id="main" class="body narrow"><div class="stack wide">${content}</div></main>
  `;
  return formPage(framed(visit, surroundings, { ...sheet, shelf: null, main }), { refused });
}
