import { toldIn } from './told.ts';

/** Pages of this browser have so long to say that somebody is looking at one of them. */
const LOOKING_MS = 200;
/** One notice at a time: the next takes the place of the one before. */
const TAG = 'preau-mail';

/**
 * Shows who has written, where the browser has been allowed to and nobody looks at a page of ours.
 * `others` are the pages that hear through this one.
 */
export function showArrival(text: string, others: BroadcastChannel | null): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  if (document.hasFocus()) return;
  const show = (): void => {
    const { title = '', body = '', to = '' } = toldIn(JSON.parse(text));
    const notice = new Notification(title, { body, tag: TAG });
    notice.addEventListener('click', () => {
      window.focus();
      notice.close();
      // What is being written stays where it is.
      if (document.querySelector('[data-write]') === null) location.assign(to);
      else window.open(to);
    });
  };
  const later = window.setTimeout(show, LOOKING_MS);
  others?.addEventListener('message', ({ data }) => {
    if (data === 'looking') window.clearTimeout(later);
  });
  others?.postMessage('is anybody looking');
}

/** Answers a page that is about to show a notice. */
export function sayWhetherLooking(others: BroadcastChannel): void {
  others.addEventListener('message', ({ data }) => {
    if (data === 'is anybody looking' && document.hasFocus()) others.postMessage('looking');
  });
}

/**
 * The settings: the browser is asked when somebody says that they wish notices, and never before.
 */
export function askForNotices(): void {
  const form = document.querySelector<HTMLElement>('[data-notices]');
  const box = form?.querySelector<HTMLInputElement>('[name="notices"]');
  if (!form || !box || !('Notification' in window)) return;
  const show = (): void => {
    const { permission } = Notification;
    for (const one of Array.from(form.querySelectorAll<HTMLElement>('[data-when]')))
      one.hidden = !box.checked || one.dataset['when'] !== permission;
  };
  const ask = (): void => void Notification.requestPermission().then(show, show);
  box.addEventListener('change', () => {
    if (box.checked && Notification.permission === 'default') ask();
    show();
  });
  form.querySelector('[data-ask]')?.addEventListener('click', ask);
  show();
}
