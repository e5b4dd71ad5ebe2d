/**
 * Keeps a drawing as a draft at each pause of the hand, so that neither the house, nor « Quitter »,
 * nor the browser's own arrow loses it. One save at a time, none without a change; a fresh sheet
 * takes the draft away. Nothing is kept in the browser, since the PCs are shared.
 */
import type { DrawingSurface } from './drawing.ts';
import { toldIn } from './told.ts';

/** A hand that rests for so long has paused: what is drawn is made a picture then. */
const REST_MS = 800;
/** Between two saves: each is scanned, and is a new message for a program that looks at drafts. */
const LEAST_MS = 5_000;
/** Who leaves waits no longer than this. */
const PATIENCE_MS = 3_000;
/** What a browser still sends for a page that is gone, with some room for the other fields. */
const BEACON_BYTES = 60_000;
/** Where the line is cut. */
const RETRY_MS = 10_000;

interface Keeping {
  readonly form: HTMLFormElement;
  readonly drawing: DrawingSurface;
  /** The picture of one moment, as light as it goes. */
  made: { readonly turn: number; readonly picture: Blob | null } | null;
  /** Up to which moment it is kept, and when that was. */
  kept: number;
  at: number;
  timer: number;
  busy: Promise<void> | null;
}

/**
 * Keeps the drawing of a form from now on. What is given keeps all that is drawn, and says the name
 * of its letter, or null where it could not be kept.
 */
export function keepDrawing(
  form: HTMLFormElement,
  drawing: DrawingSurface,
): () => Promise<string | null> {
  const keeping: Keeping = {
    form,
    drawing,
    made: null,
    kept: drawing.turn(),
    at: 0,
    timer: 0,
    busy: null,
  };
  for (const event of ['pointerup', 'pointercancel', 'click'] as const)
    form.addEventListener(event, () => plan(keeping, REST_MS));
  addEventListener('pagehide', () => throwAfter(keeping));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void settle(keeping);
  });
  keepOnWayOut(keeping);
  return () => settle(keeping);
}

function hidden(form: HTMLFormElement, name: 'letter' | 'turn'): HTMLInputElement {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) return field;
  throw new Error(`no field ${name}`);
}

const isChanged = ({ drawing, kept }: Keeping): boolean => drawing.turn() !== kept;

/** After a rest of the hand; who draws on is left alone. */
function plan(keeping: Keeping, waitMs: number): void {
  window.clearTimeout(keeping.timer);
  keeping.timer = window.setTimeout(() => {
    if (!isChanged(keeping)) return;
    if (keeping.drawing.isTouched()) plan(keeping, REST_MS);
    else void atPause(keeping);
  }, waitMs);
}

async function atPause(keeping: Keeping): Promise<void> {
  const turn = keeping.drawing.turn();
  await makePicture(keeping);
  if (turn !== keeping.drawing.turn()) return;
  const early = keeping.at + LEAST_MS - Date.now();
  if (early > 0) plan(keeping, early);
  else await save(keeping);
}

/** Makes the picture of now, where there is none. */
async function makePicture(keeping: Keeping): Promise<Blob | null> {
  const { drawing, made } = keeping;
  const turn = drawing.turn();
  if (made?.turn === turn) return made.picture;
  const picture = drawing.isEmpty() ? null : await drawing.picture();
  keeping.made = { turn, picture };
  return picture;
}

async function settle(keeping: Keeping): Promise<string | null> {
  window.clearTimeout(keeping.timer);
  await keeping.busy;
  if (isChanged(keeping)) await save(keeping);
  return isChanged(keeping) ? null : hidden(keeping.form, 'letter').value;
}

function save(keeping: Keeping): Promise<void> {
  keeping.busy ??= saveNow(keeping).finally(() => {
    keeping.busy = null;
  });
  return keeping.busy;
}

async function saveNow(keeping: Keeping): Promise<void> {
  const turn = keeping.drawing.turn();
  const picture = await makePicture(keeping);
  keeping.at = Date.now();
  const told = await ask(keeping, picture);
  if (told === null) {
    plan(keeping, RETRY_MS);
    return;
  }
  keeping.kept = turn;
  const { letter } = told;
  if (letter !== undefined) {
    hidden(keeping.form, 'letter').value = letter;
    // Whoever reloads, or comes back, finds the drawing.
    history.replaceState(null, '', `?letter=${letter}`);
  }
  if (isChanged(keeping)) plan(keeping, REST_MS);
}

async function ask(
  keeping: Keeping,
  picture: Blob | null,
): Promise<Readonly<Record<string, string>> | null> {
  try {
    const answer = await fetch(keeping.form.action, {
      method: 'POST',
      body: fieldsOf(keeping, picture),
      credentials: 'same-origin',
      redirect: 'error',
    });
    return answer.ok ? toldIn(await answer.json()) : null;
  } catch {
    return null;
  }
}

function fieldsOf({ form }: Keeping, picture: Blob | null): FormData {
  const file = form.querySelector<HTMLInputElement>('input[type="file"]');
  const turn = hidden(form, 'turn');
  turn.value = String(Number(turn.value) + 1);
  const fields = new FormData(form);
  fields.delete('file');
  fields.append('pause', '1');
  if (picture !== null) fields.append('file', picture, file?.dataset['name'] ?? '');
  return fields;
}

/** The page is gone: what was made a picture of still goes, where it is light enough. */
function throwAfter(keeping: Keeping): void {
  const { made, kept, form } = keeping;
  if (made === null || made.turn === kept || (made.picture?.size ?? 0) > BEACON_BYTES) return;
  if (navigator.sendBeacon(form.action, fieldsOf(keeping, made.picture))) keeping.kept = made.turn;
}

/** A link, and « Quitter », lead away once the last line is kept. */
function keepOnWayOut(keeping: Keeping): void {
  const thenGo = (event: Event, go: () => void): void => {
    if (!isChanged(keeping) && keeping.busy === null) return;
    event.preventDefault();
    const patience = new Promise((resolve) => window.setTimeout(resolve, PATIENCE_MS));
    void Promise.race([settle(keeping), patience]).then(go);
  };
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    thenGo(event, () => location.assign(link.href));
  });
  document.addEventListener('submit', (event) => {
    const form = event.target instanceof HTMLFormElement ? event.target : null;
    if (form === null || form === keeping.form) return;
    thenGo(event, () => form.submit());
  });
}
