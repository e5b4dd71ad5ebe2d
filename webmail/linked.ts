import { html, NOTHING, type Html } from './html.ts';

/**
 * Addresses of pages in plain text: no space, no quote, no angle bracket; closing marks stay
 * outside.
 */
const LINK = /https?:\/\/[^\s<>"'«»]{1,2000}/g;
const TRAILING = /[.,;:!?)\]}]+$/;

/**
 * Plain text as paragraphs and lines. Adults get links that open elsewhere and tell nobody where
 * they came from; children get the words.
 */
export function paragraphs(text: string, options: { readonly links: boolean }): Html[] {
  return text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n[ \t]*\n+/)
    .filter((block) => block !== '')
    .map((block) => {
      const lines = block.split('\n').map(
        (line, at) => html`
          ${
            at === 0
              ? NOTHING
              : html`
                  <br />
                `
          }
          ${options.links ? linked(line) : line}
        `,
      );
      return html`
        <p>${lines}</p>
      `;
    });
}

function linked(line: string): Html[] {
  const pieces: Html[] = [];
  let end = 0;
  for (const match of line.matchAll(LINK)) {
    const href = match[0].replace(TRAILING, '');
    pieces.push(html`
      ${line.slice(end, match.index)}
      <a href="${href}" target="_blank" rel="noopener noreferrer">${href}</a>
    `);
    end = match.index + href.length;
  }
  return [
    ...pieces,
    html`
      ${line.slice(end)}
    `,
  ];
}
