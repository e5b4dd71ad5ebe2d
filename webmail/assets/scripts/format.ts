/**
 * A little formatting on an adult's writing page: bold, italic, two lists, links. Loaded once
 * somebody asks for it, or goes on with a letter that has some. The field of plain text stays
 * behind it, and has the same words.
 */
import Squire from 'squire-rte';
import { openLinkBox } from './format-link.ts';
import { tamed } from './format-paste.ts';
import { openPictures, withPictures } from './format-picture.ts';
import { openStrip, type FormatTool } from './format-strip.ts';
import { getPage } from './fragments.ts';
import { wear } from './wear.ts';

const FIELD = 'textarea[name="text"], textarea[name="signature"]';
const button = document.querySelector<HTMLButtonElement>('[data-format]');
const form = button?.form ?? null;
const field = form?.querySelector<HTMLTextAreaElement>(FIELD) ?? null;
if (button !== null && form !== null && field !== null && !button.hasAttribute('data-opened'))
  void open(button, form, field);

async function open(
  opener: HTMLButtonElement,
  letter: HTMLFormElement,
  plain: HTMLTextAreaElement,
): Promise<void> {
  opener.setAttribute('data-opened', '');
  const page = await getPage(opener.dataset['strip'] ?? '');
  const drawn = page?.querySelector<HTMLElement>('[data-fmt]') ?? null;
  opener.removeAttribute('aria-busy');
  if (drawn === null) {
    opener.removeAttribute('data-opened');
    return;
  }
  const strip = document.importNode(drawn, true);
  await wear(strip.dataset['look'] ?? '');
  const root = document.createElement('div');
  root.className = 'rich';
  root.setAttribute('role', 'textbox');
  root.setAttribute('aria-multiline', 'true');
  root.setAttribute('aria-label', plain.labels[0]?.textContent ?? '');
  root.setAttribute('lang', document.documentElement.lang);
  plain.before(strip, root);
  const editor = new Squire(root, { sanitizeToDOMFragment: tamed, didError: () => undefined });
  hold(editor, { root, strip, opener, letter, plain });
}

/** The parts of the page that the words stand in. */
interface Places {
  readonly root: HTMLElement;
  readonly strip: HTMLElement;
  readonly opener: HTMLButtonElement;
  readonly letter: HTMLFormElement;
  readonly plain: HTMLTextAreaElement;
}

function hold(editor: Squire, { root, strip, opener, letter, plain }: Places): void {
  let isOn = false;
  const html = document.createElement('input');
  html.type = 'hidden';
  html.name = 'html';
  letter.append(html);
  const show = (words: 'formatted' | 'plain'): void => {
    isOn = words === 'formatted';
    strip.hidden = root.hidden = !isOn;
    plain.hidden = isOn;
    opener.setAttribute('aria-pressed', String(isOn));
  };
  /** What stands in the field has changed since the form had it. */
  let isNewer = false;
  /** The form has what stands in the field. */
  const tell = (): void => {
    isNewer = false;
    html.value = isOn ? editor.getHTML() : '';
    if (isOn) plain.value = textOf(root);
  };
  const begin = (words: string): void => {
    show('formatted');
    editor.setHTML(words);
    tell();
    editor.moveCursorToStart();
  };
  const end = (): void => {
    tell();
    show('plain');
    tell();
    letter.dispatchEvent(new Event('input'));
    plain.focus();
  };
  editor.addEventListener('input', () => {
    isNewer = true;
    letter.dispatchEvent(new Event('input'));
  });
  tellWhenAsked(letter, [html, plain], () => {
    if (isNewer) tell();
  });
  const link = openLinkBox(editor, strip);
  const picture = openPictures(editor, { root, strip, letter });
  openStrip(editor, { root, strip, deeds: deedsOf(editor, { link, picture, end }) });
  opener.addEventListener('click', () => {
    if (isOn) end();
    else {
      begin(wordsIn(plain.value, strip));
      root.focus();
    }
    choose(opener, letter, isOn ? 'on' : '');
  });
  const kept = opener.dataset['html'] ?? '';
  begin(kept === '' ? wordsIn(plain.value, strip) : withPictures(kept, letter));
  if (opener.dataset['asked'] !== undefined) {
    root.focus();
    choose(opener, letter, 'on');
  }
}

/** A long letter is written out when it is kept or sent, and not with each key. */
function tellWhenAsked(
  letter: HTMLFormElement,
  fields: readonly (HTMLInputElement | HTMLTextAreaElement)[],
  tell: () => void,
): void {
  letter.addEventListener('formdata', ({ formData }) => {
    tell();
    fields.forEach(({ name, value }) => formData.set(name, value));
  });
}

/** What the page does where the editor has no deed for it. */
interface EditorActs {
  link(): void;
  picture(): void;
  end(): void;
}

function deedsOf(
  editor: Squire,
  { link, picture, end }: EditorActs,
): Readonly<Record<string, FormatTool>> {
  const either = (tag: 'B' | 'I'): void => {
    if (tag === 'B') editor.hasFormat('B') ? editor.removeBold() : editor.bold();
    else editor.hasFormat('I') ? editor.removeItalic() : editor.italic();
  };
  const list = (tag: 'UL' | 'OL'): void => {
    if (isIn(editor, tag)) editor.removeList();
    else if (tag === 'UL') editor.makeUnorderedList();
    else editor.makeOrderedList();
  };
  return {
    bold: { does: () => either('B'), isOn: () => editor.hasFormat('B') },
    italic: { does: () => either('I'), isOn: () => editor.hasFormat('I') },
    list: { does: () => list('UL'), isOn: () => isIn(editor, 'UL') },
    numbers: { does: () => list('OL'), isOn: () => isIn(editor, 'OL') },
    link: { does: link, isOn: () => editor.hasFormat('A') },
    clear: { does: () => void editor.removeAllFormatting(), isOn: () => false },
    picture: { does: picture, isOn: () => false },
    plain: { does: end, isOn: () => false },
  };
}

/** Whether the words where one writes are in such a list. */
const isIn = (editor: Squire, tag: 'UL' | 'OL'): boolean =>
  editor.getPath().split('>').indexOf(tag) !== -1;

/** Whoever once chose it finds it so the next time, and whoever put it away doesn't. */
function choose(opener: HTMLElement, letter: HTMLFormElement, on: 'on' | ''): void {
  const fields = new URLSearchParams();
  fields.set('csrf', letter.querySelector<HTMLInputElement>('input[name="csrf"]')?.value ?? '');
  fields.set('on', on);
  void fetch(opener.dataset['strip'] ?? '', {
    method: 'POST',
    body: fields,
    credentials: 'same-origin',
    redirect: 'manual',
    keepalive: true, // also of who leaves the page at once
  }).catch(() => undefined);
}

/** Plain words as the field's own HTML, their writer's signature with its formatting. */
function wordsIn(text: string, { dataset }: HTMLElement): string {
  const { signed = '', signature = '' } = dataset;
  const at = signed === '' ? -1 : text.indexOf(signed);
  const above = text.slice(0, at);
  if (at === -1 || !/^$|\n$/.test(above)) return linesIn(text);
  const below = text.slice(at + signed.length);
  const before = above === '' ? '' : linesIn(above.slice(0, -1));
  return before + signature + (below === '' ? '' : linesIn(below.slice(1)));
}

/** Plain lines as the field's own HTML. */
const linesIn = (text: string): string =>
  text
    .split('\n')
    .map((line) => `<div>${line === '' ? '<br>' : escaped(line)}</div>`)
    .join('');

const escaped = (line: string): string =>
  line
    .split('&')
    .join('&amp;')
    .split('<')
    .join('&lt;')
    .replace(/^ | (?= )|^-- $/g, (found) => (found === ' ' ? '\u00a0' : '--\u00a0'));

/** The words as plain text, an item after its sign. The service makes its own of what is kept. */
function textOf(root: HTMLElement): string {
  const lines: string[] = [];
  const read = (block: Element): void => {
    const items = Array.from(block.children);
    if (block.tagName === 'UL' || block.tagName === 'OL')
      items.forEach((item, at) =>
        lines.push(`${block.tagName === 'UL' ? '-' : `${at + 1}.`} ${said(item)}`),
      );
    else lines.push(said(block).replace(/^--\s$/, '-- '));
  };
  Array.from(root.children).forEach(read);
  return lines.join('\n').split('\u200b').join('').trim();
}

/** A link has its address behind it where its words don't say it, a picture what it shows. */
function said(node: Node): string {
  if (node instanceof HTMLImageElement) return node.alt === '' ? '' : `[${node.alt}]`;
  if (!(node instanceof HTMLElement)) return node.nodeValue ?? '';
  const words = Array.from(node.childNodes).map(said).join('');
  const address = node.getAttribute('href') ?? '';
  return address === '' || bare(words.trim()) === bare(address)
    ? words
    : `${words} <${address.replace(/^mailto:/, '')}>`;
}

const bare = (address: string): string =>
  address.replace(/^(?:https?:\/\/|mailto:)/, '').replace(/\/$/, '');
