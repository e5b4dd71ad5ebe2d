import { showCount } from './counts.ts';
import { fitFrames } from './frames.ts';
import { offerPrinting } from './print.ts';

/** Three panes side by side; below that a message is a page of its own. */
const WIDE = '(min-width: 48rem)';

/**
 * A message opens in its pane and the list stays where it is: the page of the message is fetched,
 * and its pane put in place of the one that was. Without this script the link opens that page,
 * whose list is made around the message.
 */
export function openInPlace(): void {
  if (document.querySelector('.three .pane') === null) return;
  document.addEventListener('click', (event) => {
    const link = linkOf(event);
    if (link === null || isWriting() || !window.matchMedia(WIDE).matches) return;
    event.preventDefault();
    void open(link.href, 'push');
  });
  window.addEventListener('popstate', () => {
    // The skip link leads to a place of the same page.
    if (location.hash === '') void open(location.href, 'stay');
  });
}

/** The link to a message that was clicked as one clicks to go there. */
function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link =
    event.target instanceof Element
      ? event.target.closest<HTMLAnchorElement>('.three .msg, .three .openit')
      : null;
  return link !== null && /^\/mail\/[^/]+\/\d+$/.test(link.pathname) ? link : null;
}

/** What is being written is kept as the page is left: then it is left as a whole. */
function isWriting(): boolean {
  return (document.querySelector<HTMLTextAreaElement>('.answer textarea')?.value ?? '') !== '';
}

let asked = 0;

/** Shows what lies at an address; a page that has no such panes is simply gone to. */
export async function open(href: string, how: 'push' | 'stay'): Promise<void> {
  asked += 1;
  const mine = asked;
  const list = document.getElementById('list');
  const answer = await fetch(href, {
    headers: { accept: 'text/html' },
    credentials: 'same-origin',
  }).catch(() => null);
  if (mine !== asked) return;
  const page =
    answer !== null && answer.ok && !answer.redirected
      ? new DOMParser().parseFromString(await answer.text(), 'text/html')
      : null;
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
  for (const part of ['#places', '.top .goto']) {
    const next = page.querySelector(part);
    if (next !== null) document.querySelector(part)?.replaceWith(document.importNode(next, true));
  }
  showCount(page);
}

/** The pane of another page in place of the one that was, and its title. */
export function showPane(page: Document): void {
  const next = page.querySelector('.three > .pane');
  if (next === null) return;
  document.querySelector('.three > .pane')?.replaceWith(document.importNode(next, true));
  document
    .getElementById('main')
    ?.classList.toggle('reading', page.querySelector('.reading') !== null);
  document.title = page.title;
  offerPrinting();
  fitFrames();
  for (const { src } of Array.from(page.scripts)) bring(src);
  document.dispatchEvent(new Event('preau:pane'));
}

/** The answer's script looks at the answer of its page once: a new one needs it anew. */
function bring(src: string): void {
  if (!src.endsWith('/write.js')) return;
  const script = document.createElement('script');
  script.src = src;
  document.head.append(script);
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
