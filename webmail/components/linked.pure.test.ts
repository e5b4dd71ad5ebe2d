import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normaliseLink } from '../../core/letters/message/links.ts';
import { readMessage } from '../../core/letters/message/parse.ts';
import { TIMES } from '../../tests/shared/slice.ts';
import { html } from '../html.ts';
import { paragraphs } from './linked.ts';

/** Where the links of a text lead that is shown to an adult. */
async function linkedOn(text: string): Promise<string[]> {
  const page = String(html`
    ${paragraphs(text, { links: true })}
  `);
  return [...page.matchAll(/href="([^"]*)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&').replaceAll('&#39;', "'"),
  );
}

/** What the rule asks of the same text. */
function askedOf(text: string): readonly string[] {
  const read = readMessage(Buffer.from(`Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`));
  return read.kind === 'read' ? read.message.links.links : [];
}

const PIECES = [
  ..."a.@/:|{}[]()«»'`^\\<>é?#&%,;! ",
  'https://',
  'HTTP://',
  'http:',
  'www.',
  'interdit.example',
  'é'.repeat(400),
  '\r\n',
];

it('the rule of forbidden links asks of every link that a page makes of a text', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }), async (pieces) => {
      const text = pieces.join('');
      const leads = (await linkedOn(text)).flatMap((href) => normaliseLink(href) ?? []);
      expect(askedOf(text)).toEqual(expect.arrayContaining(leads));
    }),
    { numRuns: 500 * TIMES },
  ));

it.each([
  { text: 'voirhttps://interdit.example', links: ['https://interdit.example'] },
  { text: '«https://interdit.example»', links: ['https://interdit.example'] },
  {
    text: 'Voir HTTPS://interdit.example/x?a=1&b=2.',
    links: ['HTTPS://interdit.example/x?a=1&b=2'],
  },
  { text: 'https://a|@interdit.example', links: ['https://a'] },
  { text: `https://${'é'.repeat(3_000)}@interdit.example`, links: [] },
  { text: 'www.interdit.example', links: [] },
])('a page makes links of $text: $links', async ({ text, links }) =>
  expect(await linkedOn(text)).toEqual(links),
);

it('shows all of a text, however many its paragraphs and lines', async () => {
  const words = Array.from({ length: 5_000 }, (_, at) => `mot${at}`);
  for (const between of ['\n\n', '\n'])
    for (const sought of [undefined, { words: [], phrases: [['mot3', 'mot4']] }]) {
      const options = { links: true, ...(sought === undefined ? {} : { sought }) };
      const page = String(html`
        ${paragraphs(words.join(between), options)}
      `);
      expect(page.match(/mot\d+/g)).toEqual(words);
      expect(page.includes('<mark>')).toBe(sought !== undefined && between === '\n');
    }
});
