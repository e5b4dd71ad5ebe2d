import { answerAt, askAtPress, fetchPage } from './ahead.ts';
import { showCount } from './counts.ts';
import { swapParts } from './fragments.ts';
import { fitFrames } from './frames.ts';
import { offerPrinting } from './print.ts';
import { run } from './run.ts';
import { leadsToWriting, turnTo } from './turn.ts';

/** Three panes side by side; below that a message is a page of its own. */
const WIDE = '(min-width: 56.25rem) and (min-height: 30.01rem)';

/** What the pane of a message takes the place of: the pane beside a list, or a child's list. */
const PANE = '.three > .pane, .yard > .stack';

/**
 * A message opens in its pane and the list stays where it is; a child's takes the place of the
 * list; the page of writing takes the place of all but the board. Without this script each link
 * opens its page.
 */
export function openInPlace(): void {
  if (document.querySelector('.three > .pane, .yard') === null) return;
  askAtPress((event) => {
    const link = linkOf(event);
    if (link === null) return null;
    if (leadsToWriting(link)) return link.href;
    return isRow(link) ? paneOf(link.href) : null;
  });
  document.addEventListener('click', (event) => {
    const link = linkOf(event);
    if (link === null) return;
    event.preventDefault();
    if (leadsToWriting(link)) void turnTo(link.href);
    else void (isRow(link) ? openRow(link) : open(link.href, 'push'));
  });
  window.addEventListener('popstate', () => {
    // The skip link leads to a place of the same page.
    if (location.hash !== '') return;
    if (document.querySelector('.three > .pane') === null) location.reload();
    else void open(location.href, 'stay');
  });
}

const isChild = (): boolean => document.querySelector('.yard') !== null;

/** The link that was clicked as one clicks to go there, where what it leads to opens in place. */
function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  // What is being written is kept as its page is left: then it is left as a whole.
  if (link === null || isWriting()) return null;
  if (leadsToWriting(link)) return link;
  return link.matches('.msg, .three .openit') && opensInPane(link) ? link : null;
}

function opensInPane(link: HTMLAnchorElement): boolean {
  if (!/^\/mail\/[^/]+\/\d+$/.test(link.pathname)) return false;
  if (!isChild() && !window.matchMedia(WIDE).matches) return false;
  return !isRow(link) || isOfList(link);
}

const isRow = (link: HTMLAnchorElement): boolean => link.classList.contains('msg');

/** « Gardés » shows rows of other folders, whose own list then comes with their page. */
function isOfList({ pathname }: HTMLAnchorElement): boolean {
  const folder = document.querySelector('.places [aria-current]')?.getAttribute('href');
  return folder === null || folder === undefined || pathname.indexOf(`${folder}/`) === 0;
}

/** Where the message of a page lies alone. */
function paneOf(href: string): string {
  const { pathname, search } = new URL(href, location.href);
  return `${pathname}/pane${search}`;
}

/** Something was typed into the answer below a message, or the page itself is that of writing. */
function isWriting(): boolean {
  const answer = document.querySelector<HTMLTextAreaElement>('.answer textarea');
  const isBegun = answer !== null && answer.value !== answer.defaultValue;
  return isBegun || document.querySelector('.desk-write, .letter-desk') !== null;
}

let asked = 0;

/** Shows the message of a row. It was read from then on, which the server is told. */
async function openRow(row: HTMLAnchorElement): Promise<void> {
  asked += 1;
  const mine = asked;
  const { href } = row;
  const isNew = row.closest('.new') !== null;
  const answer = await answerAt(paneOf(href));
  if (mine !== asked) return;
  if (answer === null || answer.isRefused) {
    location.assign(href);
    return;
  }
  history.pushState(null, '', href);
  showPane(answer.page, '.pane, .stack');
  if (isNew) tellSeen(href);
  const list = document.getElementById('list');
  if (list === null) enter();
  else mark(list, href);
}

function tellSeen(href: string): void {
  const csrf = document.querySelector<HTMLInputElement>('[name="csrf"]')?.value ?? '';
  // What is lost of it is a bead that stays.
  void fetch(`${new URL(href).pathname}/seen`, {
    method: 'POST',
    body: new URLSearchParams({ csrf }),
    credentials: 'same-origin',
    keepalive: true,
  }).catch(() => null);
}

/** A child's page has turned: from its top on, also for whoever hears it or goes by keyboard. */
function enter(): void {
  window.scrollTo(0, 0);
  document.querySelector('.skip')?.setAttribute('href', '#letter');
  const title = document.querySelector<HTMLElement>('#t');
  if (title === null) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

/** Shows what lies at an address; a page that has no such panes is simply gone to. */
export async function open(href: string, how: 'push' | 'stay'): Promise<void> {
  asked += 1;
  const mine = asked;
  const list = document.getElementById('list');
  const page = await fetchPage(href);
  if (mine !== asked) return;
  if (page === null || !sameFolder(page)) {
    location.assign(href);
    return;
  }
  if (how === 'push') history.pushState(null, '', href);
  show(page);
  if (list !== null) mark(list, new URL(href, location.href).href);
}

/** Whether another page shows the same list: else its list must come too. */
function sameFolder(page: Document): boolean {
  return page.querySelector('.three > .pane') !== null && listOf(page) === listOf(document);
}

/** Which folder a list is of, or which search. */
function listOf(page: Document): string {
  const folder = page.querySelector('.places [aria-current]')?.getAttribute('href') ?? '';
  const { found = '', only = '' } = page.getElementById('list')?.dataset ?? {};
  return `${folder} ${found} ${only}`;
}

function show(page: Document): void {
  showPane(page);
  swapParts(page, '#places', '.top .goto');
}

/** The pane of another page in place of the one that was, and its title. */
export function showPane(page: Document, pane = '.three > .pane'): void {
  const next = page.querySelector(pane);
  if (next === null) return;
  document.querySelector(PANE)?.replaceWith(document.importNode(next, true));
  document
    .getElementById('main')
    ?.classList.toggle('reading', next.querySelector('.read') !== null);
  rankHeadings();
  document.title = page.title;
  showCount(page);
  offerPrinting();
  fitFrames();
  for (const { src } of Array.from(page.scripts)) if (src.endsWith('/write.js')) run(src);
  document.dispatchEvent(new Event('preau:pane'));
}

/** A page has one heading of the first rank: the open letter's, else the list's. */
function rankHeadings(): void {
  const old = document.getElementById('lt');
  const rank = document.querySelector('.three > .pane h1') === null ? 'h1' : 'h2';
  if (old === null || old.localName === rank) return;
  const next = document.createElement(rank);
  next.id = old.id;
  next.className = old.className;
  next.textContent = old.textContent;
  old.replaceWith(next);
}

/** Marks the row that is open; it is read now. */
function mark(list: HTMLElement, href: string): void {
  for (const row of list.querySelectorAll('.msg[aria-current]'))
    row.removeAttribute('aria-current');
  const row = Array.from(list.querySelectorAll<HTMLAnchorElement>('a.msg')).find(
    (one) => one.href === href,
  );
  if (row === undefined) return;
  row.setAttribute('aria-current', 'true');
  row.closest('li')?.classList.remove('new');
  for (const dot of row.querySelectorAll('.dot, .dot + .vh')) dot.remove();
}
