/**
 * The page of drawing: crayons, thick and thin, the rubber, one line back, a fresh sheet. It is a
 * draft at each pause, which also says that somebody is still here; where none could be kept the
 * drawing goes with the form as a file would, which is what a browser without script sends.
 */
import { keepDrawing } from './draw-keeping.ts';
import { openDrawing, type Crayon, type DrawingSurface } from './drawing.ts';
import { putFile } from './put-file.ts';

const RUBBER_MORE = 2.5;

const studio = document.querySelector<HTMLFormElement>('[data-studio]');
const [done, live] = studio?.querySelectorAll('canvas') ?? [];
if (studio && done && live) {
  const drawing = openDrawing(done, live);
  studio.querySelectorAll<HTMLElement>('[data-instead]').forEach((one) => {
    one.hidden = true;
  });
  const before = studio.querySelector<HTMLImageElement>('[data-before]');
  if (before !== null) layBefore(drawing, before);
  hearHands(drawing, live, () => crayonOf(studio));
  hearButtons(studio, drawing);
  hearSending(studio, drawing);
}

/** What was drawn before one looked at it. */
function layBefore(drawing: DrawingSurface, before: HTMLImageElement): void {
  const lay = () => {
    drawing.lay(before);
    before.hidden = true;
  };
  if (before.complete && before.naturalWidth > 0) lay();
  else before.addEventListener('load', lay);
}

/** Which crayon is in the hand, by the buttons that are pressed. */
function crayonOf(form: HTMLFormElement): Crayon {
  const size = Number(pressed(form, 'size')?.dataset['size'] ?? 14);
  const colour = pressed(form, 'colour');
  return colour === null
    ? { ink: null, size: Math.max(40, size * RUBBER_MORE) }
    : { ink: getComputedStyle(colour).color, size };
}

const pressed = (form: HTMLFormElement, what: 'size' | 'colour'): HTMLElement | null =>
  form.querySelector<HTMLElement>(`[data-${what}][aria-pressed="true"]`);

/** Two children at a board draw at once; a pen, a finger and a mouse are the same. */
function hearHands(drawing: DrawingSurface, canvas: HTMLCanvasElement, crayon: () => Crayon): void {
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    drawing.begin(event.pointerId, drawing.at(event), crayon());
  });
  canvas.addEventListener('pointermove', (event) => drawing.go(event.pointerId, drawing.at(event)));
  for (const end of ['pointerup', 'pointercancel'] as const)
    canvas.addEventListener(end, (event) => drawing.end(event.pointerId));
}

function hearButtons(form: HTMLFormElement, drawing: DrawingSurface): void {
  form.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element
        ? event.target.closest<HTMLButtonElement>('button[type="button"]')
        : null;
    if (button === null) return;
    const { dataset } = button;
    if (dataset['colour'] !== undefined || dataset['rub'] !== undefined)
      press(form, button, '[data-colour], [data-rub]');
    if (dataset['size'] !== undefined) press(form, button, '[data-size]');
    if (dataset['undo'] !== undefined) drawing.undo();
    if (dataset['fresh'] !== undefined) drawing.fresh();
  });
}

function press(form: HTMLFormElement, button: HTMLElement, among: string): void {
  form.querySelectorAll(among).forEach((other) => {
    other.setAttribute('aria-pressed', String(other === button));
  });
}

/** « Voilà » shows at once that it was pressed; what is kept already is only to be looked at. */
function hearSending(form: HTMLFormElement, drawing: DrawingSurface): void {
  const field = form.querySelector<HTMLInputElement>('input[type="file"]');
  const done = form.querySelector<HTMLButtonElement>('.go');
  const settle = keepDrawing(form, drawing);
  const isGoing = (): boolean => done?.getAttribute('aria-busy') === 'true';
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // An empty sheet is no letter; a second press is one too many.
    if (isGoing() || field === null || drawing.isEmpty()) return;
    done?.setAttribute('aria-busy', 'true');
    void settle().then(async (letter) => {
      if (letter !== null) location.assign(`/write/letter/${letter}?made=draw`);
      else if (await putDrawing(drawing, field)) form.submit();
      else done?.removeAttribute('aria-busy');
    });
  });
  // One who comes back by the browser's own arrow may send again.
  addEventListener('pageshow', () => done?.removeAttribute('aria-busy'));
}

/** The drawing is put into the form's own field of files: then it is a form like others. */
async function putDrawing(drawing: DrawingSurface, field: HTMLInputElement): Promise<boolean> {
  const picture = await drawing.picture();
  if (picture === null) return false;
  putFile(field, new File([picture], field.dataset['name'] ?? '', { type: picture.type }));
  return true;
}
