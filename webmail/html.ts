import { html as tag, raw as trusted } from 'hono/html';

/** Markup that is safe to send: everything put into it was escaped, or came from `markup` with a reason. */
export type Html = ReturnType<typeof tag>;

/** The one way to make a page: a template whose values are escaped for text and for quoted attributes. */
export const html = tag;

/** Lets trusted characters of our own through unescaped; never what a person or a peer wrote. */
export const markup = trusted;

/** Nothing at all. */
export const NOTHING: Html = trusted('');

/** Puts pieces one after the other, with `between` where words need a space. */
export function joined(pieces: readonly Html[], between = ''): Html {
  return html`${pieces.map((piece, at) => (at === 0 ? piece : html`${between}${piece}`))}`;
}
