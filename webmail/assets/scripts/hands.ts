/** What hands do on a pad: they draw, and press its crayons and tools. */
import type { Crayon, DrawingSurface } from './drawing.ts';

const RUBBER_MORE = 2.5;

/** Hears the hands on a pad: its live canvas, and its buttons. */
export function hearPad(pad: HTMLElement, drawing: DrawingSurface, live: HTMLCanvasElement): void {
  hearHands(drawing, live, () => crayonOf(pad));
  hearButtons(pad, drawing);
}

/** Which crayon is in the hand, by the buttons that are pressed. */
function crayonOf(pad: HTMLElement): Crayon {
  const size = Number(pressed(pad, 'size')?.dataset['size'] ?? 14);
  const colour = pressed(pad, 'colour');
  return colour === null
    ? { ink: null, size: Math.max(40, size * RUBBER_MORE) }
    : { ink: getComputedStyle(colour).color, size };
}

const pressed = (pad: HTMLElement, what: 'size' | 'colour'): HTMLElement | null =>
  pad.querySelector<HTMLElement>(`[data-${what}][aria-pressed="true"]`);

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

function hearButtons(pad: HTMLElement, drawing: DrawingSurface): void {
  pad.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element
        ? event.target.closest<HTMLButtonElement>('button[type="button"]')
        : null;
    if (button === null) return;
    const { dataset } = button;
    if (dataset['colour'] !== undefined || dataset['rub'] !== undefined)
      press(pad, button, '[data-colour], [data-rub]');
    if (dataset['size'] !== undefined) press(pad, button, '[data-size]');
    if (dataset['undo'] !== undefined) drawing.undo();
    if (dataset['fresh'] !== undefined) drawing.fresh();
  });
}

function press(pad: HTMLElement, button: HTMLElement, among: string): void {
  pad.querySelectorAll(among).forEach((other) => {
    other.setAttribute('aria-pressed', String(other === button));
  });
}
