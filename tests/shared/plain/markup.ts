/** The markup of a page that was only parsed, and what a selector finds in it. */
import { selectAll } from 'css-select';
import {
  isTag,
  isText,
  type AnyNode,
  type ChildNode,
  type Document,
  type Element,
} from 'domhandler';
import { DomUtils, parseDocument } from 'htmlparser2';

/** Parts of a selector follow one another by `>>`, which may also stand within a text. */
const CHAIN = /\s*>>\s*(?=(?:[^"]*"[^"]*")*[^"]*$)/;
/** Characters that are there and not seen: a hyphen that may break, a place for it. */
const UNSEEN = /[\u00ad\u200b]/g;

/** What a `template` holds isn’t there, until a script makes something of it. */
const aside = new WeakMap<Element, ChildNode[]>();
const templatesOf = (page: Document): readonly Element[] =>
  selectAll<AnyNode, Element>('template', page);

/** A page as it is where no script runs. */
export function parsed(html: string): Document {
  const page = parseDocument(html);
  for (const one of templatesOf(page)) {
    aside.set(one, one.children);
    one.children = [];
  }
  return page;
}

/** A page written down again, with what a person has opened and filled in since. */
export function written(page: Document): string {
  const templates = templatesOf(page);
  for (const one of templates) one.children = aside.get(one) ?? [];
  const html = DomUtils.getOuterHTML(page, { encodeEntities: 'utf8' });
  for (const one of templates) one.children = [];
  return html;
}

/**
 * What a selector finds in a page, in the order of the page: CSS with `:has-text("…")`,
 * `:text-is("…")` and `:visible`, `text=…`, `nth=N`, `visible=true`, one within the other by `>>`.
 */
export function found(page: Document, selector: string): readonly Element[] {
  return selector
    .split(CHAIN)
    .reduce<readonly (Document | Element)[]>(within, [page])
    .filter(isTag);
}

function within(roots: readonly (Document | Element)[], part: string): readonly Element[] {
  const [, nth] = /^nth=(-?\d+)$/.exec(part) ?? [];
  if (nth !== undefined) return roots.filter(isTag).slice(Number(nth)).slice(0, 1);
  if (part === 'visible=true') return roots.filter(isTag).filter(isShown);
  const [, text] = /^text=(.*)$/s.exec(part) ?? [];
  const all = roots.flatMap((root) =>
    text === undefined
      ? selectAll<AnyNode, Element>(part, root, { pseudos: PSEUDOS })
      : saying(root, text),
  );
  return [...new Set(all)];
}

const PSEUDOS = {
  'has-text': (one: Element, text?: string | null) => says(one, unquoted(text)),
  'text-is': (one: Element, text?: string | null) => spaced(readIn(one)) === spaced(unquoted(text)),
  visible: (one: Element) => isShown(one),
};
const unquoted = (text: string | null | undefined): string =>
  (text ?? '').replace(/^(["'])(.*)\1$/s, '$2');

/** The smallest elements that say it, whatever its case: where no smaller one does, the root. */
function saying(root: Document | Element, text: string): readonly Element[] {
  if (isTag(root) && !says(root, text)) return [];
  const smaller = root.children.filter(isTag).flatMap((one) => saying(one, text));
  return smaller.length === 0 && isTag(root) ? [root] : smaller;
}

const says = (one: Element, text: string): boolean =>
  spaced(readIn(one)).toLowerCase().includes(spaced(text).toLowerCase());

const spaced = (text: string): string => text.replace(UNSEEN, '').trim().replace(/\s+/g, ' ');

/** The text in an element that somebody reads. */
function readIn(node: AnyNode): string {
  if (!isTag(node)) return textOf(node);
  return UNREAD.has(node.name) ? '' : node.children.map(readIn).join('');
}
const UNREAD: ReadonlySet<string> = new Set(['head', 'script', 'style']);

/** All text in an element. */
export function textOf(node: AnyNode): string {
  if (isText(node)) return node.data;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** The same, its lines broken where the page breaks them. */
export function linesOf(node: AnyNode): string {
  if (!isTag(node)) return textOf(node);
  return node.name === 'br' ? '\n' : node.children.map(linesOf).join('');
}

/** The nearest element around one, itself among them, of which something is so. */
export function closest(one: Element, is: (one: Element) => boolean): Element | null {
  for (let at: AnyNode | null = one; at !== null && isTag(at); at = at.parent)
    if (is(at)) return at;
  return null;
}

/**
 * Whether markup alone shows it: no part of it is hidden, and no `details` around it is closed.
 * What a sheet hides isn't known here.
 */
export function isShown(one: Element): boolean {
  if (one.name === 'input' && one.attribs['type'] === 'hidden') return false;
  return closest(one, (at) => 'hidden' in at.attribs || isFoldedAway(at)) === null;
}

/** Whether it stands in a closed `details` and isn't its summary. */
function isFoldedAway(one: Element): boolean {
  const around = one.parent;
  if (around === null || !isTag(around) || around.name !== 'details') return false;
  return !('open' in around.attribs) && one !== around.children.find(isSummary);
}

const isSummary = (node: AnyNode): boolean => isTag(node) && node.name === 'summary';
