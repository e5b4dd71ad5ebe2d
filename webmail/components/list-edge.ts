import type { Visit } from '../frame/visit.ts';
import { attributes, html, type Html } from '../html.ts';

/**
 * The edge between a list and what is read beside it, which a script has one draw; its place is
 * kept where the reader has said that the computer is theirs.
 */
export const listEdge = ({ texts, ownComputer }: Visit): Html => html`
  <div
    class="edge"
    role="separator"
    tabindex="0"
    aria-orientation="vertical"
    aria-controls="list"
    aria-label="${texts.box.edge}"
    title="${texts.box.edge}"
    ${attributes({ 'data-kept': ownComputer })}
    hidden
  ></div>
`;
