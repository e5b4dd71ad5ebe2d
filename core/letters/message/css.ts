/**
 * Inline styles of mail: properties that colour and space, with values that can't load, cover or
 * hide the page around.
 */
import { readColour, type Colour } from './colours.ts';

const PROPERTIES = new Set(
  `color background-color font font-family font-size font-style font-weight font-variant line-height letter-spacing
  text-align text-decoration text-indent text-transform vertical-align white-space word-break overflow-wrap direction
  margin margin-top margin-right margin-bottom margin-left padding padding-top padding-right padding-bottom padding-left
  border border-top border-right border-bottom border-left border-color border-style border-width border-radius border-collapse border-spacing
  width max-width min-width height max-height list-style-type display table-layout`.split(/\s+/),
);
/** No backslash (escapes hide words), no colon or slash (addresses), no `<`, `@`, `!`, `*`. */
const VALUE = /^[#%.,'"()\w\s-]{1,200}$/u;
/**
 * The only functions: colours. Anything else could load (url, image-set), read (attr, var, env) or
 * compute.
 */
const FUNCTIONS = /^(?:rgb|rgba|hsl|hsla)$/i;
const DISPLAY =
  /^(?:none|block|inline|inline-block|list-item|table|table-row|table-cell|table-row-group)$/i;
/** Declarations read of one attribute; characters too. */
const MAX_DECLARATIONS = 60;
const MAX_CHARACTERS = 4_096;

/** What is kept of a `style` attribute, and what stands on what by it. */
export interface KeptStyle {
  /** The declarations, or an empty string. */
  readonly css: string;
  /** Of its words; null where it says none, « lost » where it said one that isn't kept. */
  readonly colour: Colour | 'lost' | null;
  /** What stands behind them, and whether something stood there, a picture, that isn't kept. */
  readonly background: Colour | null;
  readonly losesBackground: boolean;
}

/** What is kept of a `style` attribute. One that is not plain is dropped whole. */
export function keptStyle(style: string): KeptStyle {
  const isPlain = style.length <= MAX_CHARACTERS && !/[\\@<>{}]|\/\*/.test(style);
  const said = (isPlain ? style.split(';') : []).slice(0, MAX_DECLARATIONS).map(partsOf);
  const kept = said.map(({ property, value }) =>
    property === 'background'
      ? keptDeclaration('background-color', plainColour(value))
      : keptDeclaration(property, value),
  );
  const last = (property: string): string | undefined =>
    kept.findLast((one) => one?.property === property)?.value;
  const lost = !isPlain || said.some(({ property }) => property === 'color') ? 'lost' : null;
  const [colour, background] = [last('color'), last('background-color')];
  return {
    css: kept.flatMap((one) => (one ? [`${one.property}:${one.value}`] : [])).join(';'),
    colour: colour === undefined ? lost : readColour(colour),
    background: background === undefined ? null : readColour(background),
    losesBackground: !isPlain || said.some(paints),
  };
}

interface Declaration {
  readonly property: string;
  readonly value: string;
}

function partsOf(declaration: string): Declaration {
  const colon = declaration.indexOf(':');
  return {
    property: declaration.slice(0, Math.max(0, colon)).trim().toLowerCase(),
    value: declaration
      .slice(colon + 1)
      .replace(/\s{0,9}!\s{0,9}important\s{0,9}$/i, '')
      .trim(),
  };
}

/** What stands in a value one after the other, each call whole. */
function wordsOf(value: string): readonly string[] {
  const words = [''];
  let depth = 0;
  for (const character of value) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth <= 0 && /[\s,/]/.test(character)) words.push('');
    else words[words.length - 1] += character;
  }
  return words;
}

/** What the short `background` says of colour alone: it may also name a picture and its place. */
function plainColour(value: string): string {
  if (value === 'none') return 'transparent';
  return wordsOf(value).find((word) => readColour(word) !== null) ?? '';
}

/** Whether more stood behind the words than a plain colour: a picture, a gradient. */
function paints({ property, value }: Declaration): boolean {
  return (
    /^background(?:-color|-image)?$/.test(property) &&
    wordsOf(value).some((word) => word.includes('(') && readColour(word) === null)
  );
}

/** As it is kept; null where it isn't. */
function keptDeclaration(property: string, value: string): Declaration | null {
  if (!PROPERTIES.has(property) || !VALUE.test(value)) return null;
  const functions = value
    .split('(')
    .slice(0, -1)
    .map((before) => /(?<![\w-])[\w-]*$/.exec(before.trimEnd())?.[0] ?? '');
  if (functions.some((name) => !FUNCTIONS.test(name))) return null;
  // a negative margin covers what stands beside
  if (property.startsWith('margin') && /-\d/.test(value)) return null;
  if (property === 'display' && !DISPLAY.test(value)) return null;
  return { property, value: value.replaceAll('"', "'") };
}
