import type { Laid } from './drawing.ts';

/**
 * What a pad has on its sheet as it opens, once the browser has it: a drawing that came with a
 * letter, or one's own that goes on. Null where there is none.
 */
export function laidOn(pad: ParentNode): Promise<Laid | null> {
  const picture = pad.querySelector<HTMLImageElement>('[data-on], [data-before]');
  if (picture === null) return Promise.resolve(null);
  return new Promise((resolve) => {
    const settle = (): void => {
      picture.hidden = true; // the sheet shows it from now on
      const isTheirs = picture.dataset['on'] !== undefined;
      resolve(picture.naturalWidth > 0 ? { picture, isTheirs } : null);
    };
    if (picture.complete) settle();
    else for (const event of ['load', 'error'] as const) picture.addEventListener(event, settle);
  });
}
