/**
 * What is brought into the field, typed or pasted out of a word processor, a web page, another
 * letter: bold, italic, lists and links stay, all else goes. It is read in a document that loads
 * and runs nothing, and built anew. The service reads it once more in its own way.
 */
export function tamed(html: string): DocumentFragment {
  const source = new DOMParser().parseFromString(html, 'text/html');
  layCellsOut(source);
  const made = document.createDocumentFragment();
  Array.from(source.body.childNodes).forEach((node) => bring(node, made));
  return made;
}

const GONE =
  /^(?:script|style|title|head|template|noscript|svg|math|object|iframe|video|audio|canvas|select|option|textarea)$/;
const BLOCK =
  /^(?:div|p|h[1-6]|tr|table|tbody|thead|blockquote|pre|section|article|header|footer|main|dl|dt|dd|hr|figure|figcaption|address|center)$/;
const BESIDE = '\u00a0\u00a0 ';
/** Around these a page shows an empty line. */
const SPACED = /^(?:p|h[1-6]|blockquote)$/;
const BLOCKS = 'div,p,h1,h2,h3,h4,h5,h6,table,tr,blockquote,pre,section,article,ul,ol,li';

/**
 * A row of a table is a line, its cells apart from one another as by three spaces. A cell that is
 * one paragraph, as of a word processor, is its words.
 */
function layCellsOut(source: Document): void {
  source
    .querySelectorAll(
      'td > p:only-child, th > p:only-child, td > div:only-child, th > div:only-child',
    )
    .forEach((one) => {
      one.replaceWith(...Array.from(one.childNodes));
    });
  source.querySelectorAll('td + td, td + th, th + td, th + th').forEach((cell) => {
    const before = cell.previousElementSibling;
    const isLine = [cell, before].every(
      (one) => one?.querySelector(BLOCKS) === null && one.textContent?.trim() !== '',
    );
    if (isLine) cell.prepend(BESIDE);
  });
}

function bring(node: Node, into: Node): void {
  if (node instanceof Text) {
    into.appendChild(document.createTextNode(node.data));
    return;
  }
  if (!(node instanceof HTMLElement)) return;
  const name = node.nodeName.toLowerCase();
  if (GONE.test(name)) return;
  if (node instanceof HTMLImageElement) {
    bringPicture(node, into);
    return;
  }
  const made = elementFor(node, name);
  if (made !== null) into.appendChild(made);
  const within = isHeading(node) ? boldIn(made ?? into) : (made ?? into);
  Array.from(node.childNodes).forEach((child) => bring(child, within));
  if (SPACED.test(name) && hasSpace(node) && node.nextElementSibling !== null) {
    const empty = document.createElement('div');
    empty.appendChild(document.createElement('br'));
    into.appendChild(empty);
  }
}

/** A heading of words alone is a line of bold ones, as the service reads it. */
const isHeading = (element: HTMLElement): boolean =>
  /^h[1-6]$/i.test(element.nodeName) &&
  element.querySelector(`${BLOCKS},b,strong`) === null &&
  !/^(?:normal|400)$/.test(styleOf(element, 'font-weight'));

function boldIn(line: Node): Node {
  const bold = document.createElement('b');
  line.appendChild(bold);
  return bold;
}

/** What stands in an element's place; null: its words alone. */
function elementFor(element: HTMLElement, name: string): HTMLElement | null {
  const [fontWeight, fontStyle] = [styleOf(element, 'font-weight'), styleOf(element, 'font-style')];
  const isHeavy = /^bold/.test(fontWeight) || Number(fontWeight) >= 600;
  if (name === 'a') return linkFor(element);
  if (name === 'b' || name === 'strong')
    return fontWeight === 'normal' || fontWeight === '400' ? null : document.createElement('b');
  if (name === 'i' || name === 'em')
    return fontStyle === 'normal' ? null : document.createElement('i');
  if (name === 'ul' || name === 'ol' || name === 'li' || name === 'br')
    return document.createElement(name);
  if (BLOCK.test(name))
    return element.querySelector(BLOCKS) === null ? document.createElement('div') : null;
  if (isHeavy) return document.createElement('b');
  return fontStyle === 'italic' ? document.createElement('i') : null;
}

/**
 * What an element's own style says. It is read as it is written: our pages let no style of a
 * document's own be applied, not even in one that is only read.
 */
function styleOf(element: HTMLElement, name: string): string {
  const lines = (element.getAttribute('style') ?? '').toLowerCase().split(';');
  const found = lines.map((line) => line.split(':')).filter(([key = '']) => key.trim() === name);
  return (found[found.length - 1]?.[1] ?? '').trim();
}

/** A picture of the letter itself; what is pasted from elsewhere isn't fetched. */
function bringPicture(source: HTMLImageElement, into: Node): void {
  const id = source.dataset['cid'];
  const address = source.getAttribute('src') ?? '';
  if (id === undefined || !/^\/mail\/drafts\/\d+\/picture\/[\d.]+$/.test(address)) return;
  const picture = document.createElement('img');
  picture.setAttribute('src', address);
  picture.setAttribute('alt', source.alt);
  picture.dataset['cid'] = id;
  into.appendChild(picture);
}

function linkFor(element: HTMLElement): HTMLElement | null {
  const leads = element.getAttribute('href') ?? '';
  if (!/^(?:https?:\/\/|mailto:)/i.test(leads)) return null;
  const link = document.createElement('a');
  link.setAttribute('href', leads);
  return link;
}

/** Word processors write each line as a paragraph without a space around it. */
const hasSpace = (element: HTMLElement): boolean =>
  !/\bMso/.test(element.className) &&
  !/margin(?:-top|-bottom)?\s*:\s*0/.test(element.getAttribute('style') ?? '');
