import { getPage } from './fragments.ts';
import { decideByKey } from './held-keys.ts';
import { keepPlaces } from './held-places.ts';

/** After its time a decision is carried out within so long, a few looks at a time. */
const LOOK_MS = [1_500, 4_000, 8_000, 15_000];

let last: HTMLInputElement | null = null;

offerChoosing();
goOnAfterDecision();
decideByKey();
keepPlaces();
tellWhatCame();

function boxes(): HTMLInputElement[] {
  return Array.from(document.querySelectorAll<HTMLInputElement>('#list [name="h"]')).filter(
    (box) => box.closest('details:not([open])') === null,
  );
}

/** The page of after a decision goes on at the next letter, for keys and for who listens. */
function goOnAfterDecision(): void {
  if (!new URLSearchParams(location.search).has('act')) return;
  document.querySelector<HTMLElement>('#list .held h2')?.focus({ preventScroll: true });
}

/** Boxes: a click ticks one, with Shift all from the last one; the bar is there while some are. */
function offerChoosing(): void {
  document.body.classList.add('chooses');
  document.querySelector('[data-picks]')?.removeAttribute('hidden');
  document.addEventListener('click', ({ target, shiftKey }) => {
    if (!(target instanceof HTMLInputElement) || target.name !== 'h') return;
    const all = boxes();
    if (shiftKey && last !== null && all.includes(last)) {
      const [from = 0, to = 0] = [all.indexOf(last), all.indexOf(target)].sort((a, b) => a - b);
      for (const box of all.slice(from, to + 1)) box.checked = target.checked;
    }
    last = target;
    refresh();
  });
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-pick]') : null;
    if (button === null) return;
    for (const box of boxes()) box.checked = button.dataset['pick'] === 'all';
    refresh();
  });
  document.addEventListener('change', refresh);
  refresh();
}

function refresh(): void {
  const count = boxes().filter(({ checked }) => checked).length;
  document.querySelector('.several')?.classList.toggle('picking', count > 0);
  document.querySelector('[data-picks]')?.removeAttribute('hidden');
  for (const box of boxes()) box.closest('.held')?.classList.toggle('picked', box.checked);
  const words = document.querySelector<HTMLElement>('[data-chosen]');
  if (words === null || count === 0) return;
  words.textContent =
    count === 1
      ? (words.dataset['one'] ?? '')
      : (words.dataset['many'] ?? '').replace('%', String(count));
}

/** Once a decision can't be taken back any more: what came of it, as a reload would say it. */
function tellWhatCame(): void {
  const toast = document.querySelector<HTMLElement>('[data-counts]');
  if (toast === null) return;
  const afterMs = Number(toast.dataset['counts']) * 1_000;
  for (const ms of LOOK_MS) window.setTimeout(() => void look(), afterMs + ms);
}

async function look(): Promise<void> {
  const old = document.getElementById('told');
  if (old === null || old.children.length > 0) return;
  const page = await getPage(location.href, 'live');
  for (const child of Array.from(page?.getElementById('told')?.children ?? []))
    old.append(document.importNode(child, true));
}
