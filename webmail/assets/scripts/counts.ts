/**
 * What is new, as a page that was fetched just now says it, in the title and the icon of the tab
 * and for the next comparison. Gives how much is new by now, and how much was.
 */
export function showCount(fresh: Document): { readonly before: number; readonly after: number } {
  const said = document.getElementById('said');
  const before = Number(said?.dataset['unseen'] ?? 0);
  const after = Number(fresh.getElementById('said')?.dataset['unseen'] ?? before);
  if (said !== null) said.dataset['unseen'] = String(after);
  const title = document.title.replace(/^\(\d+\) /, '');
  document.title = after === 0 ? title : `(${after}) ${title}`;
  const icon = (page: Document): HTMLLinkElement | null =>
    page.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const [old, next] = [icon(document), icon(fresh)?.getAttribute('href')];
  if (old !== null && next && old.getAttribute('href') !== next) old.setAttribute('href', next);
  return { before, after };
}

/** What waits, in the places of the board, unless somebody is just there. */
export function showBoard(fresh: Document): void {
  const old = document.querySelector('.top .goto');
  const next = fresh.querySelector('.top .goto');
  if (old === null || next === null) return;
  if (old.contains(document.activeElement) || old.querySelector('details[open]') !== null) return;
  const here = old.querySelector('[aria-current]')?.getAttribute('href');
  const copy = document.importNode(next, true);
  for (const link of Array.from(copy.querySelectorAll('a'))) {
    if (link.getAttribute('href') === here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  old.replaceWith(copy);
}
