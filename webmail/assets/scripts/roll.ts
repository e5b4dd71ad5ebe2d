import { getPage } from './fragments.ts';
import { joinRows, listOf } from './rows.ts';

/** How far before its end a list goes on. */
const MARGIN = '400px';
/** Rows that a list holds at most: an old PC should not carry a whole archive. */
const MOST = 1_200;

/** The list goes on by its links as one scrolls there; without a script they are pressed. */
export function goOn(): void {
  if (!('IntersectionObserver' in window)) return;
  const roll = document.getElementById('list');
  if (roll === null) return;
  const watcher = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen)
        if (isIntersecting && target instanceof HTMLElement) void follow(target, roll);
    },
    { root: getComputedStyle(roll).overflowY === 'auto' ? roll : null, rootMargin: MARGIN },
  );
  const watch = () => {
    for (const more of roll.querySelectorAll('[data-more]')) watcher.observe(more);
  };
  watch();
  roll.addEventListener('preau:rows', watch);
  // A list made around an open row has newer ones above: they come without moving what is seen.
  bringIntoView(roll);
}

/** The open row is in sight: after a reload, too. */
function bringIntoView(roll: HTMLElement): void {
  const open = roll.querySelector<HTMLElement>('.msg[aria-current]');
  if (open === null || open.offsetParent === null) return;
  const { top, bottom } = open.getBoundingClientRect();
  const { top: from, bottom: to } = roll.getBoundingClientRect();
  if (top < from || bottom > to) roll.scrollTop += top - from - roll.clientHeight / 3;
}

/** Fetches the page behind a link and puts its rows where the link stood. */
async function follow(more: HTMLElement, roll: HTMLElement): Promise<void> {
  const way = more.dataset['more'] === 'newer' ? 'newer' : 'older';
  const link = more.querySelector('a');
  const list = listOf(document);
  if (link === null || list === null || more.dataset['asked'] === '1') return;
  if (list.children.length > MOST) return;
  more.dataset['asked'] = '1';
  const page = await getPage(link.href);
  if (page === null) {
    delete more.dataset['asked'];
    return;
  }
  const rows = listOf(page);
  const next = page.querySelector<HTMLElement>(`#list [data-more="${way}"]`);
  const fromEnd = roll.scrollHeight - roll.scrollTop;
  if (rows !== null) joinRows(list, rows, way);
  if (next === null) more.remove();
  else more.replaceWith(document.importNode(next, true));
  if (way === 'newer') roll.scrollTop = roll.scrollHeight - fromEnd;
  roll.dispatchEvent(new Event('preau:rows'));
}
