import { html as escaping, raw as trusted } from 'hono/html';
import { escapeToBuffer } from 'hono/utils/html';

/** Markup that is safe to send: what was put into it was escaped, or came from `markup`. */
export type Html = ReturnType<typeof escaping>;

/** What an attribute may be given: `true` is its name alone, `false` and null leave it out. */
type AttributeValue = string | number | boolean | null;

/**
 * The one way to make a page: a template whose values are escaped for text and for quoted
 * attributes.
 *
 * Templates are laid out as a page is, so white space counts beside text alone: between two words,
 * and between text and a value or a tag of running text, it is one space. Between tags and values
 * it is left out, however it is written; a space that a reader must see there is `${' '}`.
 */
export function html(template: TemplateStringsArray, ...values: readonly unknown[]): Html {
  return escaping(withoutLayout(template), ...values);
}

/** Lets trusted characters of our own through unescaped; never what a person or a peer wrote. */
export const markup = trusted;

/** A text as markup that says just it. */
export function escaped(text: string | number): Html {
  return html`
    ${text}
  `;
}

/** A text whose line ends are seen; quick for long ones. */
export function withLines(text: string): Html {
  const made: [string] = [''];
  escapeToBuffer(text, made);
  return trusted(made[0].replaceAll('\n', '<br>'));
}

/** Nothing at all. */
export const NOTHING: Html = trusted('');

/**
 * What follows a textarea's opening tag: HTML drops the first line break, which may be its text's.
 */
export const TEXT_BEGINS: Html = trusted('\n');

/** Attributes to stand in an opening tag, each with a space before it. */
export function attributes(given: Readonly<Record<string, AttributeValue>>): Html {
  return joined(
    Object.entries(given).map(([name, value]) => {
      if (value === null || value === false) return NOTHING;
      return value === true
        ? trusted(` ${name}`)
        : html`
            ${' '}${name}="${value}"
          `;
    }),
  );
}

/** Puts pieces one after the other, with `between` where words need a space. */
function joined(pieces: readonly Html[], between = ''): Html {
  return html`
    ${pieces.map((piece, index) =>
      index === 0
        ? piece
        : html`
            ${between}${piece}
          `,
    )}
  `;
}

const VALUE = '\0';
const TAG_VALUE_OR_TEXT = /<[a-z/!](?:"[^"]*"|'[^']*'|[^'">])*>|\0|(?:(?!<[a-z/!])[^\0])+/gi;
const OPENS_RUNNING_TEXT = /^<(?:a|b|code|em|i|kbd|small|span|strong)\b/i;
const CLOSES_RUNNING_TEXT = /^<\/(?:a|b|code|em|i|kbd|small|span|strong)\b/i;
const known = new WeakMap<TemplateStringsArray, TemplateStringsArray>();

/** The template without its layout; worked out when it is first seen. */
function withoutLayout(template: TemplateStringsArray): TemplateStringsArray {
  const before = known.get(template);
  if (before) return before;
  const parts = template.join(VALUE).match(TAG_VALUE_OR_TEXT) ?? [];
  const laidOut = parts.map((part, index) => {
    if (part === VALUE) return part;
    if (isTag(part)) return tagOnOneLine(part);
    return textOnOneLine(part, { before: parts[index - 1] ?? '', after: parts[index + 1] ?? '' });
  });
  const pieces = laidOut.join('').split(VALUE);
  const strings = Object.assign(pieces, { raw: pieces });
  known.set(template, strings);
  return strings;
}

const isTag = (part: string): boolean => part.startsWith('<') && part.endsWith('>');

/**
 * White space between attributes is one space, none before the end; what is quoted stays. A value
 * that stands where an attribute does brings its own space (`attributes`).
 */
function tagOnOneLine(tag: string): string {
  return tag.replace(
    /("[^"]*"|'[^']*')|\s+(\/?>|\0)|\s+/g,
    (_all, quoted?: string, next?: string) => quoted ?? next ?? ' ',
  );
}

function textOnOneLine(
  text: string,
  near: { readonly before: string; readonly after: string },
): string {
  if (text.trim() === '') return '';
  const words = text.trim();
  const begin = text.indexOf(words);
  const isClosing = /^[,.)]/.test(words);
  const follows = near.before === VALUE || CLOSES_RUNNING_TEXT.test(near.before);
  const goesOn = near.after === VALUE || OPENS_RUNNING_TEXT.test(near.after);
  return [
    spaceOnOneLine(text.slice(0, begin), follows && !isClosing ? ' ' : ''),
    words.replace(/\s+/g, (space) => spaceOnOneLine(space, ' ')),
    spaceOnOneLine(text.slice(begin + words.length), goesOn ? ' ' : ''),
  ].join('');
}

const spaceOnOneLine = (space: string, instead: string): string =>
  space.includes('\n') ? instead : space;
