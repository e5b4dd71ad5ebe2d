import { html } from '../html.ts';

/**
 * First in a form of several acts: Enter in a field is none of them, since a form whose first
 * button is disabled isn't sent by it (HTML, implicit submission). A script that lets the buttons
 * of a form be pressed again leaves it out.
 */
export const NO_DEFAULT = html`
  <button disabled hidden data-no-default></button>
`;
