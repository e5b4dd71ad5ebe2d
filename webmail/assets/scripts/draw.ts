/**
 * The page of drawing: crayons, thick and thin, the rubber, one line back, a fresh sheet. It is a
 * draft at each pause, which also says that somebody is still here; where none could be kept the
 * drawing goes with the form as a file would, which is what a browser without script sends.
 */
import { keepDrawing } from './draw-keeping.ts';
import { openDrawing, type DrawingSurface } from './drawing.ts';
import { hearPad } from './hands.ts';
import { laidOn } from './laid.ts';
import { putFile } from './put-file.ts';

const studio = document.querySelector<HTMLFormElement>('[data-studio]');
const [done, live] = studio?.querySelectorAll('canvas') ?? [];
if (studio && done && live) {
  studio.querySelectorAll<HTMLElement>('[data-instead]').forEach((one) => {
    one.hidden = true;
  });
  void laidOn(studio).then((laid) => {
    const drawing = openDrawing(done, live, laid);
    hearPad(studio, drawing, live);
    hearSending(studio, drawing);
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
