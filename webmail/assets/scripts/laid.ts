import type { Laid } from './drawing.ts';

/**
 * What a pad has on its sheet as it opens, once the browser has it: a drawing that came with a
 * letter, one's own that goes on, or one's own on that. Null where there is neither.
 */
export async function laidOn(pad: ParentNode): Promise<Laid | null> {
  const [theirs, own] = await Promise.all([loaded(pad, '[data-on]'), loaded(pad, '[data-before]')]);
  return theirs === null && own === null ? null : { theirs, own };
}

function loaded(pad: ParentNode, which: string): Promise<HTMLImageElement | null> {
  const picture = pad.querySelector<HTMLImageElement>(which);
  if (picture === null) return Promise.resolve(null);
  return new Promise((resolve) => {
    const settle = (): void => {
      picture.hidden = true; // the sheet shows it from now on
      resolve(picture.naturalWidth > 0 ? picture : null);
    };
    if (picture.complete) settle();
    else for (const event of ['load', 'error'] as const) picture.addEventListener(event, settle);
  });
}
