/** How long what was done can be taken back by a word on the page. */
const UNDO_MS = 10_000;
/** How long it stays once there is no way back from it any more. */
const STAY_MS = 6_000;
const SECOND_MS = 1_000;
/** What an address says of the act before its page. */
const SAID_ONCE = ['sent', 'act', 'said'] as const;

let timer = 0;

/**
 * The toast that a page came with: it goes when its time is over, one of a letter that leaves
 * counts its seconds and then says so. It never takes the focus; whoever listens to the page hears
 * it once.
 */
export function letToastGo(): void {
  const toast = toastIn(document);
  if (toast === null) return;
  sayOnce(toast.querySelector('span')?.textContent ?? '');
  if (toast.dataset['address'] !== 'stays') forgetInAddress();
  start(toast);
}

/** Puts what another page says into the place of this one, where it is read aloud. */
export function showToast(page: Document): void {
  const place = document.getElementById('toasts');
  const said = toastIn(page);
  if (place === null || said === null) return;
  const toast = document.importNode(said, true);
  place.textContent = '';
  place.append(toast);
  start(toast);
}

const toastIn = (page: Document): HTMLElement | null =>
  page.querySelector<HTMLElement>('#toasts > [data-toast]');

function start(toast: HTMLElement): void {
  window.clearTimeout(timer);
  // Why a letter waits is read by a child in its own time.
  if (toast.dataset['toast'] === 'stays') return;
  if (toast.dataset['counts'] !== undefined) count(toast, Number(toast.dataset['counts']));
  else hideAfter(toast, toast.tagName === 'FORM' ? UNDO_MS : STAY_MS);
}

function count(toast: HTMLElement, seconds: number): void {
  const words = toast.querySelector('span');
  if (words === null) return;
  timer = window.setTimeout(() => {
    const left = seconds - 1;
    if (left > 0) {
      // That somebody reads it first is said as it will stay.
      const isSaid = words.textContent === toast.dataset['gone'];
      if (!isSaid) words.textContent = withLastNumber(words.textContent ?? '', left);
      count(toast, left);
      return;
    }
    toast.querySelector('button')?.remove();
    words.textContent = toast.dataset['gone'] ?? '';
    hideAfter(toast, STAY_MS);
  }, SECOND_MS);
}

/** A sentence with another number in place of its last one. */
function withLastNumber(sentence: string, number: number): string {
  const parts = sentence.split(/(\d+)/);
  if (parts.length > 1) parts.splice(-2, 1, String(number));
  return parts.join('');
}

/** Somebody who points at it, or is in it by keyboard, keeps it. */
function hideAfter(toast: HTMLElement, ms: number): void {
  timer = window.setTimeout(() => {
    if (toast.matches(':hover') || toast.contains(document.activeElement))
      hideAfter(toast, STAY_MS);
    else toast.remove();
  }, ms);
}

/** A page loaded again says nothing of an act of before. */
function forgetInAddress(): void {
  const query = new URLSearchParams(location.search);
  for (const name of SAID_ONCE) query.delete(name);
  const rest = query.toString();
  history.replaceState(null, '', location.pathname + (rest === '' ? '' : `?${rest}`));
}

function sayOnce(words: string): void {
  window.setTimeout(() => {
    const said = document.getElementById('said');
    if (said !== null) said.textContent = words;
  }, SECOND_MS / 2);
}
