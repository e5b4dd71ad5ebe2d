import { heldTabs } from '../../components/held-tabs.ts';
import { narrowAnswer } from '../../components/narrow-page.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';
import { type Answer } from '../../http/answer.ts';

interface HeldPage {
  /** The tab that it is below. */
  readonly here: 'past' | 'refused';
  readonly words: { readonly title: string; readonly lead: string; readonly empty: string };
  /** A list item for each letter, the latest first. */
  readonly letters: readonly Html[];
}

/** The page of a tab on which there is nothing to decide: what was decided, or refused. */
export function heldPage(
  visit: Visit,
  surroundings: PageSurroundings,
  { here, words, letters }: HeldPage,
): Answer {
  const list =
    letters.length === 0
      ? nothingHere('shelves', words.empty)
      : html`
          <ol class="sheet past">
            ${letters}
          </ol>
        `;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead}</p>
    </div>
    ${heldTabs(visit, { here, ...surroundings })} ${list}
  `;
  return narrowAnswer(visit, surroundings, {
    title: words.title,
    section: 'held',
    content,
    styles: ['held.css'],
  });
}
