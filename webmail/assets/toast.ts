/** How long what was done stays on the page once there is no way back from it any more. */
const STAY_MS = 6_000;
const SECOND_MS = 1_000;

/**
 * The toast of a letter that was handed in: counts its seconds, says when it has left, and goes. It
 * never takes the focus; whoever listens to the page hears it once.
 */
export function letToastGo(): void {
  const toast = document.querySelector<HTMLElement>('[data-toast]');
  const words = toast?.querySelector('span');
  if (!toast || !words) return;
  sayOnce(words.textContent ?? '');
  forgetInAddress();
  let left = Number(toast.dataset['toast']);
  // Why a letter waits is read by a child in its own time.
  if (Number.isNaN(left)) return;
  if (toast.tagName !== 'FORM' || left === 0) {
    hideLater(toast, toast.tagName === 'FORM' ? STAY_MS * 2 : STAY_MS);
    return;
  }
  const timer = window.setInterval(() => {
    left -= 1;
    if (left > 0) {
      words.textContent = (words.textContent ?? '').replace(/\d+(?=\D*$)/, String(left));
      return;
    }
    window.clearInterval(timer);
    toast.querySelector('button')?.remove();
    words.textContent = toast.dataset['gone'] ?? '';
    hideLater(toast, STAY_MS);
  }, SECOND_MS);
}

/** A page loaded again says nothing of an act of before. */
function forgetInAddress(): void {
  const query = new URLSearchParams(location.search);
  query.delete('sent');
  const rest = query.toString();
  history.replaceState(null, '', location.pathname + (rest === '' ? '' : `?${rest}`));
}

function sayOnce(words: string): void {
  window.setTimeout(() => {
    const said = document.getElementById('said');
    if (said !== null) said.textContent = words;
  }, SECOND_MS / 2);
}

/** Somebody who points at it, or is in it by keyboard, keeps it. */
function hideLater(toast: HTMLElement, afterMs: number): void {
  window.setTimeout(() => {
    if (toast.matches(':hover') || toast.contains(document.activeElement))
      hideLater(toast, STAY_MS);
    else toast.parentElement?.remove();
  }, afterMs);
}
