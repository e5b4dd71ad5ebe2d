/** How long what was done can be taken back by a word on the page. */
const TOAST_MS = 10_000;
let timer = 0;

/** What a page came with goes after ten seconds; not while it is pointed at or has the focus. */
export function endToast(): void {
  const place = document.getElementById('toasts');
  if (place === null) return;
  for (const name of ['mouseenter', 'focusin']) place.addEventListener(name, () => stop());
  for (const name of ['mouseleave', 'focusout']) place.addEventListener(name, () => start(place));
  start(place);
}

/** Puts what another page says into the place of this one, where it is read aloud. */
export function showToast(page: Document): void {
  const place = document.getElementById('toasts');
  const said = page.getElementById('toasts');
  if (place === null || said === null || said.children.length === 0) return;
  place.textContent = '';
  for (const child of Array.from(said.children)) place.append(document.importNode(child, true));
  start(place);
}

function start(place: HTMLElement): void {
  stop();
  timer = window.setTimeout(() => {
    place.textContent = '';
  }, TOAST_MS);
}

const stop = (): void => window.clearTimeout(timer);
