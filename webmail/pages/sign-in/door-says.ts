import type { Language } from '../../../core/ground/ids.ts';
import { icon } from '../../frame/parts.ts';
import type { Yard } from '../../frame/yard.ts';
import { attributes, html, type Html } from '../../html.ts';
import { TEXTS } from '../../texts/texts.ts';

/** What the ears of the door say. */
const SAYINGS = ['classes', 'names', 'pictures', 'wrong', 'slow', 'too-old'] as const;
type DoorSaying = (typeof SAYINGS)[number];

/** Out of an address; null for nothing that the door says. */
export const doorSayingOf = (name: unknown): DoorSaying | null =>
  SAYINGS.find((one) => one === name) ?? null;

/** What an ear of the door says, in the language of its page. */
export function doorSentence(saying: DoorSaying, language: Language): string {
  const { who, pictures } = TEXTS[language].codes;
  switch (saying) {
    case 'classes':
      return `${who.which} ${who.touchClass}`;
    case 'names':
      return `${who.title} ${who.touch}`;
    case 'pictures':
      return pictures.touch;
    case 'too-old':
      return pictures.tooOld;
    case 'wrong':
    case 'slow':
      return pictures[saying];
  }
}

/** All of them, to be said once. */
export const doorSentences = (language: Language): readonly string[] =>
  SAYINGS.map((saying) => doorSentence(saying, language));

/**
 * An ear: what it says is a file, since nobody is known here. One that is `now` speaks as the page
 * comes, for who can't read what is wrong.
 */
export function doorEar(yard: Yard, saying: DoorSaying, { now = false } = {}): Html {
  return html`
    <a
      class="ear"
      href="/class/says/${saying}"
      data-hear
      data-text="${doorSentence(saying, yard.language)}"
      ${attributes({ 'data-now': now })}
    >
      ${icon(yard, 'sound')}
      <span class="vh">${TEXTS[yard.language].box.listen}</span>
    </a>
  `;
}
