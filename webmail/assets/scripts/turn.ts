import { answerAt, type FetchedPage } from './ahead.ts';
import { swapParts } from './fragments.ts';
import { run } from './run.ts';
import { wear } from './wear.ts';

/** Where one begins to write: a new letter, an answer, a message passed on. */
const WRITING = /^\/write$|^\/mail\/[^/]+\/\d+\/(?:reply|reply-all|forward)$/;
/** What runs on every page already. */
const EVERYWHERE = /\/(?:page|mail)\.js$/;

export const leadsToWriting = ({ pathname }: HTMLAnchorElement): boolean => WRITING.test(pathname);

let asked = 0;

/**
 * The page turns to that of writing: its main part takes the place of the one that is there, the
 * board above stays, and an old computer has nothing to build anew. All ways out of it are the
 * browser's own, so that what is written is kept as on a page that was loaded.
 */
export async function turnTo(href: string): Promise<void> {
  asked += 1;
  const mine = asked;
  const answer = await answerAt(href);
  if (mine !== asked) return;
  const main = answer === null ? null : mainOf(answer);
  if (answer === null || main === null) {
    location.assign(href);
    return;
  }
  const { page } = answer;
  await wearSheets(page);
  if (mine !== asked) return;
  history.pushState(null, '', href);
  document.getElementById('main')?.replaceWith(document.importNode(main, true));
  document.title = page.title;
  swapParts(page, '.top .goto', '.skip');
  for (const field of document.querySelectorAll<HTMLInputElement>('.top [name="here"]'))
    field.value = new URL(href).pathname;
  runScripts(page);
  enter();
}

/** The main part of writing, or of the page that says why one can't write: under the same board. */
function mainOf({ page, isRefused }: FetchedPage): HTMLElement | null {
  const main = page.getElementById('main');
  if (main === null || page.querySelector('.top') === null) return null;
  return isRefused || main.querySelector('[data-write]') !== null ? main : null;
}

/** The sheets that the page has and this one doesn't. */
async function wearSheets(page: Document): Promise<void> {
  const missing = Array.from(
    page.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]'),
  ).filter(({ href }) => document.querySelector(`link[href="${new URL(href).pathname}"]`) === null);
  await Promise.all(missing.map(({ href }) => wear(href)));
}

/** Those of writing look at their page once, as they are loaded: each in its order. */
function runScripts(page: Document): void {
  for (const { src } of Array.from(page.scripts)) if (!EVERYWHERE.test(src)) run(src);
}

/** From its top on, also for whoever hears it; who goes by keyboard types where a letter begins. */
function enter(): void {
  window.scrollTo(0, 0);
  const field = document.querySelector<HTMLElement>('#main [autofocus]');
  const title = document.querySelector<HTMLElement>('#main h1');
  if (field === null) title?.setAttribute('tabindex', '-1');
  (field ?? title)?.focus({ preventScroll: true });
}
