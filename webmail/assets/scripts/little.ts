import { getPage } from './fragments.ts';
import { makeButtons, offerHearing } from './hear.ts';
import { keepOfflinePage } from './install.ts';
import { hearNews } from './news.ts';
import { wipeAtSignOut } from './unsent.ts';

/** Says that the page asks by itself: an open page is no visit, and its session ends in time. */
/** After so long the table is looked at again, where it was in use. */
const LATER_MS = 2_000;
let later = 0;

/** A new letter comes to the table by itself; without this script it is there at the next visit. */
function layNewLetters(): void {
  const table = document.getElementById('letters');
  if (table === null) return;
  window.clearTimeout(later);
  // What speaks, or is about to be pressed, stays under the finger.
  if (table.querySelector('[aria-pressed]') !== null) {
    later = window.setTimeout(layNewLetters, LATER_MS);
    return;
  }
  void getPage(window.location.href, 'live').then((page) => {
    const fresh = page?.getElementById('letters') ?? null;
    if (fresh === null) return;
    makeButtons(fresh);
    if (fresh.outerHTML === table.outerHTML || table.contains(document.activeElement)) return;
    table.replaceWith(document.importNode(fresh, true));
  });
}

hearNews(layNewLetters);
offerHearing();
wipeAtSignOut();
keepOfflinePage();
