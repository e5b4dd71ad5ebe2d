import { showBoard, showCount } from './counts.ts';
import { formsAnswered, getPage } from './fragments.ts';
import { hearNews } from './news.ts';
import { listOf, renewRows } from './rows.ts';

/**
 * New mail in place: when it is announced, the list and the mailboxes are fetched again and put
 * where they were. Without this script a reload shows the same.
 */
export function hearMail(): void {
  let asking = false;
  let again = false;
  let later = 0;
  let isLost = false;
  hearNews(() => {
    if (isOwnChange()) soon(LATER_MS);
    else if (document.hidden) soon(UNSEEN_MS);
    else look();
  });
  window.addEventListener('online', () => {
    if (isLost) look();
  });

  /**
   * A draft of this very page is announced too, again and again: the counts beside it may wait, and
   * so may a page that nobody sees.
   */
  function soon(afterMs: number): void {
    if (later === 0)
      later = window.setTimeout(() => {
        later = 0;
        look();
      }, afterMs);
  }

  function look(): void {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    const address =
      document.querySelector<HTMLElement>('[data-live]')?.dataset['live'] ?? '/mail/inbox';
    const before = formsAnswered();
    void getPage(address, 'live').then((page) => {
      asking = false;
      isLost = page === null;
      // What was put away while it came stands in it still: it is asked for again.
      if (before !== formsAnswered()) again = true;
      else if (page !== null) show(page);
      if (again) {
        again = false;
        look();
      }
    });
  }
}

const UNSEEN_MS = 2_000;
const OWN_RING_MS = 1_500;
const LATER_MS = 15_000;

const isOwnChange = (): boolean =>
  Date.now() - Number(document.querySelector<HTMLElement>('[data-write]')?.dataset['keptAt'] ?? 0) <
  OWN_RING_MS;

/**
 * Puts the new list and the new counts in place of the old; the focus stays on the same message.
 */
function show(fresh: Document): void {
  const current = document.querySelector('.msg[aria-current]')?.getAttribute('href');
  const open = document.querySelector('[data-live]') !== null;
  if (open && !isReadAmongUnread()) renew(fresh);
  swap(fresh, 'places', open ? 'whole' : 'counts');
  if (
    document.getElementById('own-class')?.textContent !==
    fresh.getElementById('own-class')?.textContent
  )
    void changeClass(fresh);
  if (current !== null && current !== undefined)
    document.querySelector(`.msg[href="${current}"]`)?.setAttribute('aria-current', 'true');
  showBoard(fresh);
  const { before, after } = showCount(fresh);
  const said = document.getElementById('said');
  if (said !== null && after > before) said.textContent = said.dataset['arrived'] ?? '';
  document.dispatchEvent(new Event('preau:news'));
}

/** What is read leaves a list of unread mail once one comes back to it, not under one's eyes. */
const isReadAmongUnread = (): boolean =>
  document.querySelector('.reading') !== null &&
  /unread/.test(document.getElementById('list')?.dataset['only'] ?? '');

/**
 * A child is in another class by now: its label on the board, and who can be picked on an open
 * page, whoever still can staying ticked.
 */
async function changeClass(fresh: Document): Promise<void> {
  swap(fresh, 'own-class');
  const picker = document.getElementById('picker');
  if (picker === null) return;
  const page = await getPage('/write', 'live');
  if (page === null) return;
  const ticked = Array.from(picker.querySelectorAll<HTMLInputElement>('input:checked')).map(
    ({ id }) => id,
  );
  swap(page, 'picker');
  const now = document.getElementById('picker');
  for (const id of ticked) {
    const box = document.getElementById(id);
    if (now !== null && box instanceof HTMLInputElement && now.contains(box)) box.checked = true;
  }
  now?.dispatchEvent(new Event('change', { bubbles: true }));
}

/**
 * The newest rows of a list in place of those that were; what was loaded further down stays. A list
 * of another kind, or one that was or is empty, is put in whole.
 */
function renew(fresh: Document): void {
  const list = listOf(document);
  if (list !== null && renewRows(list, fresh)) return;
  if (isInUse(document.getElementById('list'))) return;
  document.dispatchEvent(new Event('preau:redraw'));
  swap(fresh, 'list');
}

/** Somebody has ticked something there, or is writing. */
function isInUse(list: HTMLElement | null): boolean {
  return (list?.querySelector('input:checked, details[open] textarea') ?? null) !== null;
}

function swap(fresh: Document, id: string, what: 'whole' | 'counts' = 'whole'): void {
  const old = document.getElementById(id);
  const next = fresh.getElementById(id);
  if (old === null || next === null) return;
  if (what === 'counts') {
    const marked = old.querySelector('[aria-current]')?.getAttribute('href');
    next.querySelector('[aria-current]')?.removeAttribute('aria-current');
    if (marked) next.querySelector(`[href="${marked}"]`)?.setAttribute('aria-current', 'page');
  }
  const focused = old.contains(document.activeElement)
    ? document.activeElement?.getAttribute('href')
    : null;
  old.replaceWith(document.importNode(next, true));
  if (focused) document.querySelector<HTMLElement>(`#${id} [href="${focused}"]`)?.focus();
}
