/**
 * What the words of a letter stand on. A sanitised letter loses backgrounds: pictures, gradients,
 * all that its style sheets say; the colour chosen for them would be white on white. So each
 * element is asked whether its words can still be read, and where they can't and something of them
 * or behind them was lost, they get a colour that can. What its writer made hard to read stays so.
 */
import type { Attributes } from 'sanitize-html';
import { contrastOf, INK, laidOn, LINK, readOldColour, WHITE, type Colour } from './colours.ts';
import type { KeptStyle } from './css.ts';

/** WCAG 2.2, 1.4.3, of large words: below, they are lost. */
const READABLE = 3;

interface Standing {
  readonly words: Colour;
  readonly behind: Colour;
  /** Whether what is kept of the letter is all that it says of either. */
  readonly knowsWords: boolean;
  readonly knowsBehind: boolean;
}

/** Follows a sanitiser through one letter, from tag to tag. */
export interface Ground {
  /** Every opening tag, kept or not, before `stands`. */
  opens(): void;
  closes(): void;
  /**
   * An element that is kept: its attributes as they were written and its style as it is kept.
   * Gives the declaration that makes its words readable; empty where they need none.
   */
  stands(name: string, written: Attributes, style: KeptStyle): string;
}

/** The ground of one letter; what its style sheets say isn't kept, and could be anything. */
export function groundOf(letter: string): Ground {
  const isPlain = !/<(?:style|link)\b/i.test(letter);
  const paper = { words: INK, behind: WHITE, knowsWords: isPlain, knowsBehind: isPlain };
  const stack: Standing[] = [paper];
  const here = (): Standing => stack.at(-1) ?? paper;
  let knowsLinks = isPlain;
  return {
    opens: () => stack.push(here()),
    closes: () => stack.pop(),
    stands(name, written, style) {
      if (name === 'body' && written['link'] !== undefined) knowsLinks = false;
      const isLink = name === 'a' && written['href'] !== undefined;
      const inherited = isLink ? { ...here(), words: LINK, knowsWords: knowsLinks } : here();
      const standing = {
        ...inherited,
        ...wordsOf(name, written, style),
        ...behindOf(name, inherited, written, style),
      };
      const mended = isLost(standing) ? readableOn(standing.behind) : null;
      stack[stack.length - 1] = mended
        ? { ...standing, words: mended, knowsWords: false }
        : standing;
      return mended === null ? '' : `color:${mended === INK ? '#1b1b1b' : '#fff'}`;
    },
  };
}

const isLost = ({ words, behind, knowsWords, knowsBehind }: Standing): boolean =>
  !(knowsWords && knowsBehind) && contrastOf(words, behind) < READABLE;

const readableOn = (behind: Colour): Colour =>
  contrastOf(INK, behind) >= contrastOf(WHITE, behind) ? INK : WHITE;

/** A style says more than an attribute, and counts of a body's what its attributes say. */
function wordsOf(name: string, { color }: Attributes, { colour }: KeptStyle): Partial<Standing> {
  const old = name === 'font' && color !== undefined ? (readOldColour(color) ?? 'lost') : null;
  const said = colour ?? old;
  if (said === null) return {};
  return said === 'lost' ? { knowsWords: false } : { words: said, knowsWords: true };
}

const PAINTED = /^(?:table|thead|tbody|tfoot|t[rdh])$/;

function behindOf(
  name: string,
  { behind, knowsBehind }: Standing,
  { bgcolor, background: picture }: Attributes,
  { background, losesBackground }: KeptStyle,
): Partial<Standing> {
  const old =
    PAINTED.test(name) && bgcolor !== undefined ? (readOldColour(bgcolor) ?? 'lost') : null;
  const said = background ?? old;
  if (losesBackground || picture !== undefined || said === 'lost')
    return {
      behind: said === null || said === 'lost' ? behind : laidOn(said, behind),
      knowsBehind: false,
    };
  return said === null
    ? {}
    : { behind: laidOn(said, behind), knowsBehind: said.alpha === 1 || knowsBehind };
}
