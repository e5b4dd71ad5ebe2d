import { html, type Html } from '../../html.ts';

/** The field of one's address at the door; its label is `for="a"`. `more`: attributes besides. */
export const addressInput = (address: string, more: Html): Html => html`
  <input
    class="input"
    id="a"
    name="address"
    type="text"
    autocomplete="username"
    inputmode="email"
    autocapitalize="none"
    spellcheck="false"
    maxlength="254"
    required
    value="${address}"
    ${more}
  />
`;
