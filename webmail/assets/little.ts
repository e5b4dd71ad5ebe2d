import { offerHearing } from './hear.ts';
import { keepOfflinePage } from './install.ts';
import { hearNews } from './news.ts';
import { wipeAtSignOut } from './unsent.ts';

/** Says that the page asks by itself: an open page is no visit, and its session ends in time. */
const LIVE = { accept: 'text/html', 'x-preau-live': '1' };

/** A new letter comes to the table by itself; without this script it is there at the next visit. */
function layNewLetters(): void {
  const table = document.getElementById('letters');
  if (table === null) return;
  void fetch(window.location.href, { headers: LIVE, credentials: 'same-origin' })
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : ''))
    .then((text) => {
      const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('letters');
      // What one is about to press stays under the finger.
      if (fresh === null || fresh.outerHTML === table.outerHTML) return;
      if (table.contains(document.activeElement)) return;
      table.replaceWith(document.importNode(fresh, true));
    })
    .catch(() => {});
}

hearNews(layNewLetters);
offerHearing();
wipeAtSignOut();
keepOfflinePage();
