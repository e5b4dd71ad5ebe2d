/** The links of an HTML text with the words that a reader sees of each. */
import { parseHtml } from './html-parser.ts';
import { BODY_CHARACTERS } from './limits.ts';

/** Where a link leads, and what is written on it. */
export interface Anchor {
  readonly href: string;
  readonly text: string;
}

/** Links of a letter that are looked at; one that lies is among the first. */
const MOST_ANCHORS = 500;
/** Characters of what is written on one. */
const MOST_WRITTEN = 300;

/** The first links of a text, in their order. */
export function anchorsIn(html: string): readonly Anchor[] {
  const anchors: Anchor[] = [];
  let open: { href: string; text: string } | null = null;
  const close = (): void => {
    if (open !== null && anchors.length < MOST_ANCHORS) anchors.push(open);
    open = null;
  };
  parseHtml(html.slice(0, BODY_CHARACTERS), {
    onopentag(name, { href }) {
      if (name !== 'a') return;
      close();
      open = href === undefined ? null : { href, text: '' };
    },
    ontext(text) {
      if (open !== null) open.text = `${open.text}${text}`.slice(0, MOST_WRITTEN);
    },
    onclosetag(name) {
      if (name === 'a') close();
    },
  });
  close();
  return anchors;
}
