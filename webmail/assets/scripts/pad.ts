/**
 * A pad on the writing page of those who read: the drawing joins the files of the letter as one
 * that was chosen. Put away, it stays until the page is left. Loaded once it is asked for.
 */
import { openDrawing, type DrawingSurface } from './drawing.ts';
import { hearPad } from './hands.ts';
import { laidOn } from './laid.ts';
import { putMade } from './put-file.ts';
import { wear } from './wear.ts';

const button = document.querySelector<HTMLElement>('[data-pad-opens]');
const template = document.querySelector<HTMLTemplateElement>('[data-pad]');
const files = document.querySelector<HTMLInputElement>('[data-files]');
if (button !== null && template !== null && files !== null) void openPad(button, template, files);

async function openPad(
  opener: HTMLElement,
  drawn: HTMLTemplateElement,
  field: HTMLInputElement,
): Promise<void> {
  const holder = document.importNode(drawn.content, true);
  const pad = holder.querySelector<HTMLElement>('.pad-over');
  const [done, live] = holder.querySelectorAll('canvas');
  if (pad === null || done === undefined || live === undefined) return;
  await wear(pad.dataset['look'] ?? '');
  document.body.append(holder);
  const drawing = openDrawing(done, live, await laidOn(pad));
  hearPad(pad, drawing, live);
  const show = (): void => {
    pad.hidden = false;
    pad.querySelector<HTMLElement>('button')?.focus();
  };
  const hide = (): void => {
    pad.hidden = true;
    opener.focus();
  };
  opener.removeAttribute('aria-busy');
  opener.addEventListener('click', show);
  pad.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') hide();
  });
  pad.querySelector('[data-away]')?.addEventListener('click', hide);
  pad.querySelector('[data-take]')?.addEventListener('click', () => {
    void take(drawing, { field, name: pad.dataset['file'] ?? '' }).then(hide);
  });
  show();
}

/** An empty sheet is no file. */
async function take(
  drawing: DrawingSurface,
  { field, name }: { readonly field: HTMLInputElement; readonly name: string },
): Promise<void> {
  const picture = drawing.isEmpty() ? null : await drawing.picture();
  if (picture === null) return;
  putMade(field, new File([picture], name, { type: picture.type }));
  field.dispatchEvent(new Event('change'));
  drawing.fresh();
}
