/**
 * What an adult typed and no draft holds yet, in the storage of a computer that they said is
 * theirs: nowhere else, and nothing of it is ever sent by itself. The next page of theirs puts it
 * into its draft. Signing out wipes it, and so does a page of anybody else.
 */

import { toldIn } from './told.ts';

const PREFIX = 'preau-unsent ';
/** Letters that may wait here; the page itself holds what does not fit. */
const MOST = 20;
const KEEP = '/write/keep';
/** What only the session of its time can use. */
const SECRET = 'csrf';

/** The element of every page that says whose text may be here. */
const said = (): HTMLElement | null => document.getElementById('said');
const ownerOf = (): string => said()?.dataset['unsent'] ?? '';
const names = (): string[] =>
  Object.keys(localStorage).filter((name) => name.indexOf(PREFIX) === 0);

/** Keeps the fields of a letter here, where its writer may. */
export function keepHere(letter: string, fields: URLSearchParams): void {
  if (ownerOf() === '') return;
  fields.delete(SECRET);
  const name = PREFIX + letter;
  if (names().length >= MOST && localStorage.getItem(name) === null) return;
  try {
    localStorage.setItem(name, `${ownerOf()}\n${fields.toString()}`);
  } catch {
    // Full, or switched off: the text stays on its page.
  }
}

/** A draft holds it now. */
export function forgetHere(letter: string): void {
  if (ownerOf() !== '') localStorage.removeItem(PREFIX + letter);
}

/** Takes everything away when its owner signs out. */
export function wipeAtSignOut(): void {
  for (const form of document.querySelectorAll('form[action="/signout"]'))
    form.addEventListener('submit', wipe);
}

function wipe(): void {
  try {
    names().forEach((name) => localStorage.removeItem(name));
  } catch {
    // Storage is switched off: nothing is there.
  }
}

/** Puts what is here into its drafts, or wipes it where the page is not its writer's. */
export function bringIntoDrafts(): void {
  const owner = ownerOf();
  if (owner === '') {
    if (said() !== null) wipe();
    return;
  }
  const token = document.querySelector<HTMLInputElement>('input[name="csrf"]')?.value;
  for (const name of names()) {
    const [whose = '', text = ''] = (localStorage.getItem(name) ?? '').split('\n');
    if (whose !== owner) localStorage.removeItem(name);
    else if (token !== undefined) void bring(name, text, token);
  }
}

async function bring(name: string, text: string, token: string): Promise<void> {
  const fields = new URLSearchParams(text);
  fields.set(SECRET, token);
  const answer = await fetch(KEEP, {
    method: 'POST',
    body: fields,
    credentials: 'same-origin',
    redirect: 'manual',
  }).catch(() => null);
  if (answer === null || !answer.ok) return;
  const { is, letter } = toldIn(await answer.json());
  localStorage.removeItem(name);
  if ((is === 'kept' || is === 'apart') && letter !== undefined) tell(letter);
}

/** Says so, with the way to it; the page of that very letter shows it. */
function tell(letter: string): void {
  const path = `/write/letter/${letter}`;
  if (location.pathname === path) {
    location.reload();
    return;
  }
  const { brought = '', seeBrought = '' } = said()?.dataset ?? {};
  const banner = document.createElement('p');
  banner.className = 'banner ok';
  banner.setAttribute('role', 'status');
  const words = document.createElement('span');
  words.className = 'grow';
  words.textContent = brought;
  const link = document.createElement('a');
  link.className = 'btn mini';
  link.href = path;
  link.textContent = seeBrought;
  banner.append(words, link);
  document.getElementById('main')?.before(banner);
}
