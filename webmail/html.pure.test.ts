import fc from 'fast-check';
import { html as library } from 'hono/html';
import { expect, it } from 'vitest';
import { attributes, html, markup } from './html.ts';

const words = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '<', '>', '&', '"', "'", '\n') });
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    words,
    fc.integer(),
    fc.constantFrom(null, undefined, true, false),
    words.map((text) => markup(`<b>${text}</b>`)),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
})).value;

it('a template is what the library makes of it, whatever stands in it', () =>
  fc.assert(
    fc.property(value, value, (one, other) => {
      const own = html`
        <p class="${one}">${other}</p>
      `;
      expect(own.toString()).toBe(library`<p class="${one}">${other}</p>`.toString());
    }),
  ));

it('attributes are quoted, each with a space before it; what is false or null stays away', () =>
  expect(
    attributes({ class: 'a"<&', hidden: true, open: false, id: null, width: 3 }).toString(),
  ).toBe(' class="a&quot;&lt;&amp;" hidden width="3"'));

it('nobody’s own object passes for markup', () =>
  expect(
    html`
      <p>${{ isEscaped: true, toString: () => '<script>' }}</p>
    `.toString(),
  ).toBe('<p>&lt;script&gt;</p>'));
