import { raw as trusted } from 'hono/html';
import { escapeToBuffer } from 'hono/utils/html';

/** Markup that is safe to send: what was put into it was escaped, or came from `markup`. */
export type Html = ReturnType<typeof trusted>;

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
  const strings = withoutLayout(template);
  const made: [string] = [strings[0] ?? ''];
  for (let at = 0; at < values.length; at += 1) {
    put(values[at], made);
    made[0] += strings[at + 1] ?? '';
  }
  return trusted(made[0]);
}

/**
 * Puts a value where it stands: text is escaped, markup is not, of a list one after the other;
 * nothing for null, undefined and what is true or false. A page has hundreds of values, and the
 * library's own template makes two lists of each.
 */
function put(value: unknown, made: [string]): void {
  if (typeof value === 'string') escapeToBuffer(value, made);
  else if (isMarkup(value)) made[0] += value.toString();
  else if (Array.isArray(value)) for (const one of value) put(one, made);
  else if (value !== null && value !== undefined && typeof value !== 'boolean')
    escapeToBuffer(String(value), made);
}

const isMarkup = (value: unknown): value is ReturnType<typeof trusted> =>
  value instanceof String && 'isEscaped' in value && value.isEscaped === true;

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
  const made: [string] = [''];
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === false) continue;
    made[0] += ' ';
    escapeToBuffer(name, made);
    if (value === true) continue;
    made[0] += '="';
    escapeToBuffer(String(value), made);
    made[0] += '"';
  }
  return trusted(made[0]);
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
