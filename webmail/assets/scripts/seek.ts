import { getPage, swapParts } from './fragments.ts';

/** Rest after the last letter before the server is asked. */
const REST_MS = 120;
/** What a search replaces: the list, the chips, and which folder is open. */
const PARTS = ['#list', '#chips', '#places'] as const;

/**
 * Searches while one types: the page of the search is fetched and its list put in place. Without
 * this script the field is sent as a form.
 */
export function searchAsTyped(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-seek]');
  const field = form?.querySelector('input');
  if (!form || !field) return;
  let waiting = 0;
  const soon = (): void => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void show(form, field), REST_MS);
  };
  field.addEventListener('input', soon);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    window.clearTimeout(waiting);
    void show(form, field);
  });
}

let asked = 0;

async function show(form: HTMLFormElement, field: HTMLInputElement): Promise<void> {
  const text = field.value.trim();
  const wipe = form.querySelector<HTMLElement>('.wipe');
  if (wipe !== null) wipe.hidden = text === '';
  if (text === shown()) return;
  asked += 1;
  const mine = asked;
  const address = `/search?q=${encodeURIComponent(text)}`;
  const page = await getPage(address);
  if (mine !== asked) return;
  if (page === null) {
    location.assign(address);
    return;
  }
  // The first letter leaves the folder; those after it are the same search.
  if (shown() === null) history.pushState(null, '', address);
  else history.replaceState(null, '', address);
  swapParts(page, ...PARTS);
  document.title = page.title;
  const said = document.getElementById('said');
  if (said !== null)
    said.textContent = document.querySelector('#list h1, #list h2')?.textContent ?? '';
}

/** The search whose results are shown; null: a folder is. */
function shown(): string | null {
  return document.getElementById('list')?.dataset['found'] ?? null;
}
